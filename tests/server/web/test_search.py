"""The index of names ignores accents, case, apostrophes, plurals and feminines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats import search
from contrats.errors import ReleaseError
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from contrats.release import Release
    from contrats.store import EmbeddedStore


@pytest.mark.parametrize(
    "words", ["Santé des aînés", "sante des aines", "SANTE AINE", "aînés", "sante ainee"]
)
def test_a_priority_is_found_without_accents_or_case(release: Release, words: str) -> None:
    found = search.find(release.folder, words)

    assert f"{BASE}id/priority/valence-2019-12" in [hit.iri for hit in found]


@given(st.text(alphabet="abcdefghijklmnopqrtuvwyzàâçéèêëîïôûù", min_size=3))
def test_a_word_and_its_plural_have_one_stem(singular: str) -> None:
    assert search.stem(f"{singular}s") == search.stem(singular)


def test_contracts_come_first(release: Release) -> None:
    found = search.find(release.folder, "Valence")

    assert [hit.kind for hit in found[:2]] == ["contract", "contract"]


def test_another_name_finds_the_thing_too(release: Release) -> None:
    found = search.find(release.folder, "CHDV")

    assert found[0].iri == f"{BASE}id/actor/ch-drome-vivarais"


@pytest.mark.parametrize("words", ["", "  ", '"', "* OR NEAR(", "'; DROP TABLE names; --", "\0"])
def test_no_words_break_the_search(release: Release, words: str) -> None:
    assert isinstance(list(search.find(release.folder, words)), list)


def test_two_indexes_of_the_same_quads_are_the_same_bytes(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    quads = list(store.quads)
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()

    search.write_index(first, quads)
    search.write_index(second, reversed(quads))

    assert (first / search.NAME).read_bytes() == (second / search.NAME).read_bytes()


def test_a_damaged_index_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / search.NAME).write_bytes(b"this is no database" * 100)

    with pytest.raises(ReleaseError, match="contrats build"):
        search.find(tmp_path, "Valence")


def test_only_things_of_ours_with_a_french_name_are_indexed(tmp_path: Path) -> None:
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    graph = ox.NamedNode(f"{BASE}graph/x")
    ours, theirs = ox.NamedNode(f"{BASE}id/theme/a"), ox.NamedNode("http://x/a")
    names = [ox.Literal("chose", language="fr"), ox.Literal("thing", language="en")]

    search.write_index(
        tmp_path, [ox.Quad(s, label, n, graph) for s in (ours, theirs) for n in names]
    )

    assert [hit.iri for hit in search.find(tmp_path, "chose")] == [ours.value]
    assert not search.find(tmp_path, "thing")


def test_names_that_hold_more_of_the_words_come_first(release: Release) -> None:
    words = "contrat local Valence introuvable"

    nothing = search.find(release.folder, words)
    found = search.find(release.folder, words, some=True)

    assert not nothing
    held = [
        sum(
            any(word.startswith(each) for word in search.stem(hit.name))
            for each in ("local", "valenc")
        )
        for hit in found[:2]
    ]
    assert held == [2, 2]
    assert len(found) > 2


def test_little_words_alone_find_no_part_of_a_name(release: Release) -> None:
    assert not search.find(release.folder, "le introuvable de la", some=True)


@pytest.mark.parametrize("words", ["", '"', "% _ * OR NEAR(", "'; DROP TABLE names; --", "\0"])
def test_no_words_break_the_search_for_some(release: Release, words: str) -> None:
    assert isinstance(list(search.find(release.folder, words, some=True)), list)


def test_the_page_says_when_names_hold_only_some_of_the_words(client: FlaskClient) -> None:
    sentence = "voici ceux qui en contiennent une partie."

    some = client.get("/search?q=Valence+introuvable").text
    whole = client.get("/search?q=Valence").text
    none = client.get("/search?q=introuvable").text

    assert sentence in some
    assert "/contract/valence-2019" in some
    assert sentence not in whole
    assert sentence not in none
    assert "Aucun nom ne contient tous ces mots" in some
    assert "Aucun nom ne contient tous ces mots" in none
