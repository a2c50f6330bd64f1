"""The files of the rooms become named graphs, and a bad file is told at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contrats.errors import SourceError
from contrats.rooms import find_rooms
from contrats.sources import read_sources
from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

HERE = "data/contracts/here-2019.ttl"


def break_file(root: Path, name: str, old: str, new: str) -> None:
    """Replace a text that must be there."""
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def refusal(root: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_sources(find_rooms(root))
    return caught.value


def test_each_file_is_one_named_graph(small: Path) -> None:
    sources = read_sources(find_rooms(small))

    graphs = {s.path: s.graph.value.removeprefix(PREFIXES["graph"]) for s in sources}
    assert graphs == {
        "data/contracts/here-2012.ttl": "contract/here-2012",
        "data/contracts/here-2019.ttl": "contract/here-2019",
        "data/dataset.ttl": "dataset",
        "data/themes.csv": "themes",
        "ontology/small.ttl": "ontology/small",
    }
    assert all(quad.graph_name == s.graph for s in sources for quad in s.quads)


def test_the_order_of_the_files_is_that_of_their_paths(small: Path) -> None:
    sources = read_sources(find_rooms(small))

    assert [s.path for s in sources] == sorted(s.path for s in sources)


def test_broken_turtle_is_told_with_line_and_column(small: Path) -> None:
    break_file(small, HERE, "cls:generation 2 ;", "cls:generation ; ;")

    error = refusal(small)

    assert f"{HERE}:7:" in error.fr
    assert "ce n’est pas du Turtle" in error.fr
    assert "this is not Turtle" in error.en


def test_bytes_that_are_not_utf_8_are_told(small: Path) -> None:
    (small / HERE).write_bytes(b'<a> <b> "sant\xe9" .')

    assert HERE in refusal(small).fr


def test_a_blank_node_is_refused_at_its_line(small: Path) -> None:
    break_file(small, HERE, "cls:succeeds contract:here-2012", "cls:succeeds []")

    assert f"{HERE}:8 : nœud anonyme" in refusal(small).fr


def test_a_triple_term_is_refused(small: Path) -> None:
    with (small / HERE).open("a") as file:
        file.write("contract:here-2019 cls:succeeds <<( contract:a a cls:b )>> .\n")

    assert "nœud anonyme" in refusal(small).fr


def test_an_unknown_prefix_is_refused(small: Path) -> None:
    break_file(
        small, HERE, "@prefix dcterms:", "@prefix x: <https://x.example/> .\n@prefix dcterms:"
    )

    assert f"{HERE}:3 : préfixe « x: <https://x.example/> » inconnu" in refusal(small).fr


@pytest.mark.parametrize(
    ("declared", "mend"),
    [
        ("dc: <http://purl.org/dc/terms/>", "s’écrit dcterms:"),
        ("schema: <http://schema.org/>", "écrivez schema: <https://schema.org/>"),
    ],
)
def test_a_prefix_with_another_meaning_is_refused_with_ours(
    small: Path, declared: str, mend: str
) -> None:
    break_file(small, HERE, "@prefix cls:", f"@prefix {declared} .\n@prefix cls:")

    assert mend in refusal(small).fr


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("02", '"2"'),
        ('"2"^^<http://www.w3.org/2001/XMLSchema#int>', "XMLSchema#integer"),
        ("2.50", '"2.5"'),
    ],
)
def test_a_number_in_another_spelling_is_refused_with_the_canonical_one(
    small: Path, written: str, canonical: str
) -> None:
    break_file(small, HERE, "cls:generation 2", f"cls:generation {written}")

    error = refusal(small)

    assert canonical in error.fr
    assert f"{HERE}:" in error.fr


@pytest.mark.parametrize("written", ["\x0b", "\\u000B", "\x02", "\ufffe"])
def test_a_character_that_xml_does_not_have_is_refused_at_its_line(
    small: Path, written: str
) -> None:
    """Text that is copied from a PDF or a word processor brings them along."""
    break_file(small, HERE, 'dcterms:title "', f'dcterms:title "Un titre{written} ')

    error = refusal(small)

    assert f"{HERE}:" in error.fr
    assert f"{HERE}:1 " not in error.fr
    assert "après « Un titre »" in error.fr
    assert "U+" in error.en


@pytest.mark.parametrize("name", ["Actors", "acteurs.2", "a_b", "é", "derived", "report"])
def test_a_file_name_that_makes_no_graph_is_refused(small: Path, name: str) -> None:
    (small / "data" / f"{name}.ttl").write_text("", "utf-8")

    assert f"data/{name}.ttl" in refusal(small).fr


def test_two_files_for_one_graph_are_refused(small: Path) -> None:
    (small / "data" / "places").mkdir()
    (small / "data" / "places" / "here.ttl").write_text("", "utf-8")
    (small / "data" / "places.ttl").write_text("", "utf-8")

    error = refusal(small)

    assert "data/places/here.ttl" in error.fr
    assert "data/places.ttl" in error.fr


def test_the_files_of_a_folder_fill_one_graph(small: Path) -> None:
    (small / "data" / "places").mkdir()
    for name in ("here", "there"):
        (small / "data" / "places" / f"{name}.ttl").write_text("", "utf-8")

    found = {source.path: source.graph.value for source in read_sources(find_rooms(small))}

    assert found["data/places/here.ttl"] == f"{PREFIXES['graph']}places"
    assert found["data/places/there.ttl"] == f"{PREFIXES['graph']}places"


def test_a_file_for_the_graph_of_a_table_is_refused(small: Path) -> None:
    (small / "data" / "themes.ttl").write_text("", "utf-8")

    assert "data/themes.csv" in refusal(small).fr


@pytest.mark.parametrize(
    "name",
    ["data/contracts/lyon-2020.ttl.txt", "data/notes.docx", "ontology/x.owl", "data/other.csv"],
)
def test_a_file_that_nothing_reads_is_refused(small: Path, name: str) -> None:
    (small / name).write_text("", "utf-8")

    error = refusal(small)

    assert error.fr.startswith(f"{name} : ")
    assert ".ttl" in error.fr


def test_every_file_that_nothing_reads_is_named_at_once(small: Path) -> None:
    (small / "data" / "a.docx").write_text("", "utf-8")
    (small / "data" / "b.TTL").write_text("", "utf-8")

    assert refusal(small).fr.startswith("data/a.docx, data/b.TTL : ")


def test_notices_and_hidden_files_state_nothing(small: Path) -> None:
    before = read_sources(find_rooms(small))
    (small / "data" / ".git").mkdir()
    for name in ("LICENSE", "contracts/README.md", ".DS_Store", ".#x.ttl", ".git/config"):
        (small / "data" / name).write_text("?", "utf-8")

    assert read_sources(find_rooms(small)) == before
