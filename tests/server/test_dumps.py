"""What can be taken away of a small world: each file says what its graphs do, to the last byte."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests.server.conftest import SMALL
from tests.server.sheets import read_book
from tests.server.test_quad_table import read_back

from contrats.distributions import DISTRIBUTIONS
from contrats.dumps import DUMPS, GRAPH_FORMS, compress_bytes, write_rdf
from contrats.exports import BOOKS
from contrats.parts import PARTS
from contrats.release import build
from contrats.rooms import find_rooms
from contrats.vocabulary import BASE, EXTERNAL, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from contrats.dumps import Dump

HERE = f"{PREFIXES['graph']}contract/here-2019"
VOID = EXTERNAL["void"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a release of the small world."""
    return build(find_rooms(SMALL), tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="module")
def quads(folder: Path) -> set[ox.Quad]:
    return set(ox.parse(path=folder / "contrats.nq"))


def of_graph(quads: set[ox.Quad], graph: str) -> set[ox.Quad]:
    return {quad for quad in quads if quad.graph_name == ox.NamedNode(graph)}


def triples_of(quads: set[ox.Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in quads}


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.suffix)
def test_each_form_holds_the_same_whole_and_of_one_contract(
    folder: Path, quads: set[ox.Quad], dump: Dump
) -> None:
    for name, own in (("contrats", quads), ("contract/here-2019", of_graph(quads, HERE))):
        read = set(ox.parse(path=folder / "dumps" / f"{name}.{dump.suffix}", format=dump.format))
        if dump in GRAPH_FORMS:
            assert read == own
        else:
            assert triples_of(read) == triples_of(own)


def test_every_compressed_file_is_the_other_one(folder: Path) -> None:
    compressed = sorted((folder / "dumps").glob("*.gz"))

    assert len(compressed) == 7
    for path in compressed:
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()
        assert path.read_bytes()[3:8] == bytes(5)  # no name, no time


def test_the_lines_of_a_contract_are_those_that_the_manifest_speaks_of(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    stated = {entry["graph"]: entry["sha256"] for entry in manifest["graphs"]}

    own = (folder / "dumps" / "contract" / "here-2019.nq").read_bytes()

    assert hashlib.sha256(own).hexdigest() == stated[HERE]


def test_tables_of_statements_hold_them_all(folder: Path, quads: set[ox.Quad]) -> None:
    for name, own in (("contrats", quads), ("contract/here-2019", of_graph(quads, HERE))):
        text = (folder / "dumps" / f"{name}.csv").read_bytes().decode()
        assert set(read_back(text)) == own


def test_a_table_has_a_row_a_contract_and_nothing_for_silence(folder: Path) -> None:
    with (folder / "dumps" / "contracts.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))

    contract = PREFIXES["contract"]
    assert [(row["contract"], row["succeeds"]) for row in rows] == [
        (f"{contract}here-2012", ""),
        (f"{contract}here-2019", f"{contract}here-2012"),
    ]


def test_workbooks_hold_the_tables_and_say_what_their_columns_are(folder: Path) -> None:
    whole = read_book((folder / "dumps" / "contrats.xlsx").read_bytes())
    one = read_book((folder / "dumps" / "contract" / "here-2019.xlsx").read_bytes())

    assert list(whole) == ["à lire - read me", "contracts"]
    said = [[cell.text for cell in row] for row in whole["à lire - read me"]]
    assert ["contracts", "succeeds", "Contrat précédent", "Former contract"] in said
    assert [row[0].text for row in whole["contracts"]] == [
        "contract",
        f"{PREFIXES['contract']}here-2012",
        f"{PREFIXES['contract']}here-2019",
    ]
    assert len(one["contracts"]) == 2
    assert len(one["statements"]) == 1 + len(
        (folder / "dumps/contract/here-2019.nq").read_bytes().splitlines()
    )


def test_every_file_of_a_real_release_has_its_place_in_the_catalogues_table(
    folder: Path,
) -> None:
    listed = [each.file for each in DISTRIBUTIONS]
    there = [path.name for path in (folder / "dumps").iterdir() if path.is_file()]

    assert len(set(listed)) == len(listed)
    assert set(there) <= set(listed)
    tables = {path.stem for path in (find_rooms().queries / "exports").glob("*.rq")}
    assert set(BOOKS["contrats"]) == tables
    made = {f"{name}.csv" for name in tables} | {f"{name}.xlsx" for name in BOOKS}
    made |= {f"{part.name}.{suffix}" for part in PARTS for suffix in part.suffixes}
    assert made | set(there) | {"alignments.sssom.tsv"} == set(listed)


def test_void_states_how_much_each_file_holds_and_has_no_blank_node(
    folder: Path, quads: set[ox.Quad]
) -> None:
    stated = list(ox.parse(path=folder / "void.ttl"))
    numbers = {
        q.subject: int(q.object.value) for q in stated if q.predicate.value == f"{VOID}triples"
    }
    files = {
        q.object.value.removeprefix(f"{BASE}dump/"): numbers[q.subject]
        for q in stated
        if q.predicate.value == f"{VOID}dataDump"
    }

    assert not any(isinstance(t, ox.BlankNode) for q in stated for t in (q.subject, q.object))
    assert {*files} == {
        path.relative_to(folder / "dumps").as_posix()
        for path in (folder / "dumps").rglob("*.*")
        if path.suffix.removeprefix(".") in {dump.suffix for dump in DUMPS}
    }
    for name, triples in files.items():
        assert len(set(ox.parse(path=folder / "dumps" / name))) == triples, name
    graphs = {q.object for q in stated if q.predicate.value == f"{VOID}subset"} & {
        quad.graph_name for quad in quads
    }
    assert sum(numbers[graph] for graph in graphs) == len(quads)


def test_void_counts_what_each_property_has(folder: Path, quads: set[ox.Quad]) -> None:
    store = ox.Store()
    store.load(path=folder / "void.ttl")
    union = triples_of(quads)

    found = store.query(
        "SELECT ?p ?n ?s ?o { ?d void:propertyPartition ?x . ?x void:property ?p ;"
        " void:triples ?n ; void:distinctSubjects ?s ; void:distinctObjects ?o }",
        prefixes={"void": VOID},
    )

    assert isinstance(found, ox.QuerySolutions)
    stated = {row[0]: [int(value.value) for value in list(row)[1:]] for row in found}
    assert stated == {
        predicate: [len(own), len({t.subject for t in own}), len({t.object for t in own})]
        for predicate in {t.predicate for t in union}
        if (own := [t for t in union if t.predicate == predicate])
    }


def test_a_carriage_return_is_kept_in_every_form(tmp_path: Path) -> None:
    value = ox.Literal("a\r\nb\rc\td")
    quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:x#p"), value, ox.NamedNode("urn:g"))

    for dump in DUMPS:
        given = [quad] if dump in GRAPH_FORMS else [quad.triple]
        write_rdf(given, tmp_path / dump.file, dump.format, {})
        assert [q.triple for q in ox.parse(path=tmp_path / dump.file)] == [quad.triple]


def test_what_is_compressed_is_the_same_bytes_each_time() -> None:
    content = b"les contrats\n" * 1000

    assert compress_bytes(content) == compress_bytes(content)
    assert gzip.decompress(compress_bytes(content)) == content
    assert len(compress_bytes(content)) < len(content) / 10
