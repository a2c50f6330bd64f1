"""A difference turns one set of statements into another, exactly, for our engine and for others."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from contrats.canonical import canonical_lines, join_lines
from contrats.difference import GONE, differences, refuse_blank
from contrats.errors import ReleaseError
from contrats.patch import write_patch, write_update

SPACE: Final = "https://exemple.test/"
TEXTS: Final = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.lists(st.sampled_from(["\\", "u", "U", "0041", "é", '"', "\n", "t", " . "]), max_size=6).map(
        "".join
    ),
)
NAMES: Final = st.sampled_from("abc").map(lambda name: ox.NamedNode(SPACE + name))
LITERALS: Final = st.one_of(
    TEXTS.map(ox.Literal),
    st.builds(ox.Literal, TEXTS, language=st.sampled_from(["fr", "en"])),
)
QUADS: Final = st.builds(ox.Quad, NAMES, NAMES, NAMES | LITERALS, NAMES)
FEW: Final = settings(max_examples=60, deadline=None)
SETS: Final = st.lists(QUADS, max_size=12)


def lines_of(quads: list[ox.Quad]) -> list[bytes]:
    return [line.encode() for line in canonical_lines(quads)]


def stored(store: ox.Store) -> list[bytes]:
    return lines_of(list(store))


def as_rdflib(lines: list[bytes]) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(data=b"".join(lines), format="nquads")
    return dataset


def quads_in(dataset: rdflib.Dataset) -> set[tuple[object, ...]]:
    return {tuple(quad) for quad in dataset.quads()}


@settings(FEW)
@given(SETS, SETS)
def test_the_rows_of_a_patch_turn_one_release_into_the_next(
    old: list[ox.Quad], new: list[ox.Quad]
) -> None:
    before, after = lines_of(old), lines_of(new)
    found = set(before)

    patch = b"".join(write_patch(differences(before, after), f"{SPACE}2", f"{SPACE}1"))

    header, _, rows = patch.partition(b"TX .\n")
    assert header == f"H id <{SPACE}2> .\nH prev <{SPACE}1> .\n".encode()
    body = rows.removesuffix(b"TC .\n")
    assert rows != body
    for row in body.split(b"\n")[:-1]:
        line = row[2:] + b"\n"
        assert (line in found) == (row[:1] == GONE)  # each row does something
        found ^= {line}
    assert found == set(after)


@settings(FEW)
@given(SETS, SETS)
def test_an_update_turns_one_release_into_the_next_for_our_engine(
    old: list[ox.Quad], new: list[ox.Quad]
) -> None:
    before, after = lines_of(old), lines_of(new)
    store = ox.Store()
    store.extend(old)

    store.update(b"".join(write_update(list(differences(before, after)))).decode())

    assert stored(store) == after


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@settings(FEW, max_examples=25)
@given(SETS, SETS)
def test_an_update_turns_one_release_into_the_next_for_rdflib(
    old: list[ox.Quad], new: list[ox.Quad]
) -> None:
    before, after = lines_of(old), lines_of(new)
    dataset = as_rdflib(before)
    update = b"".join(write_update(list(differences(before, after)))).decode()

    if update:
        dataset.update(update)

    assert quads_in(dataset) == quads_in(as_rdflib(after))


@settings(FEW, max_examples=15)
@given(SETS)
def test_nothing_tells_a_release_from_itself(quads: list[ox.Quad]) -> None:
    lines = lines_of(quads)

    assert list(differences(lines, lines)) == []
    assert b"".join(write_update([])) == b""


@settings(FEW)
@given(SETS, SETS)
def test_a_difference_read_backwards_goes_back(old: list[ox.Quad], new: list[ox.Quad]) -> None:
    before, after = lines_of(old), lines_of(new)
    store = ox.Store()
    store.extend(new)

    store.update(b"".join(write_update(list(differences(after, before)))).decode())

    assert stored(store) == before


def test_a_blank_node_is_refused_where_it_would_have_to_be_named() -> None:
    quad = ox.Quad(
        ox.NamedNode(f"{SPACE}a"),
        ox.NamedNode(f"{SPACE}b"),
        ox.BlankNode("x"),
        ox.NamedNode(f"{SPACE}g"),
    )
    line = join_lines(canonical_lines([quad]))

    with pytest.raises(ReleaseError, match="anonyme"):
        list(refuse_blank(differences([], [line])))


def test_words_that_look_like_a_blank_node_are_none() -> None:
    literal = ox.Literal("_:x <https://exemple.test/> _:y")
    quad = ox.Quad(ox.NamedNode(f"{SPACE}a"), ox.NamedNode(f"{SPACE}b"), literal)

    assert len(list(refuse_blank(differences([], lines_of([quad]))))) == 1
