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
