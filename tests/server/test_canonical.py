"""Canonical bytes depend on the statements alone."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats.canonical import canonical_lines, canonical_literals, hash_graphs, join_lines

if TYPE_CHECKING:
    from pathlib import Path

NAMES = st.sampled_from("abcdefgh").map(lambda name: ox.NamedNode(f"https://example.org/{name}"))
VALUES = st.one_of(NAMES, st.text(st.characters(exclude_categories=["Cs"])).map(ox.Literal))
QUADS = st.lists(st.builds(ox.Quad, NAMES, NAMES, VALUES, NAMES))


@given(QUADS, st.randoms())
def test_canonical_lines_ignore_order_and_repetition(quads: list[ox.Quad], random: object) -> None:
    shuffled = quads + quads
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert canonical_lines(shuffled) == canonical_lines(quads)


@given(QUADS)
def test_canonical_lines_are_read_back_as_the_same_statements(quads: list[ox.Quad]) -> None:
    text = join_lines(canonical_lines(quads))

    assert set(ox.parse(text, format=ox.RdfFormat.N_QUADS)) == set(quads)


@given(QUADS)
def test_canonical_lines_are_the_rdfc_form(quads: list[ox.Quad]) -> None:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    assert canonical_lines(dataset) == canonical_lines(quads)


def test_the_hash_of_a_graph_is_that_of_its_lines(tmp_path: Path) -> None:
    a = ox.NamedNode("https://example.org/a")
    line = b'<https://example.org/a> <https://example.org/a> "\xc3\xa9" <https://example.org/a> .\n'

    (tmp_path / "two.nq").write_bytes(line + line)

    found = hash_graphs(tmp_path / "two.nq")

    assert found == {a.value: (2, hashlib.sha256(line + line).hexdigest())}


@pytest.mark.parametrize(
    ("written", "kept"),
    [("0.40", "0.4"), ("01.0", "1"), ("12", None), ("0.5", None)],
)
def test_a_spelling_that_a_store_would_change_is_found(written: str, kept: str | None) -> None:
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    literal = ox.Literal(written, datatype=decimal)

    found = canonical_literals([literal])

    assert found == ({literal: ox.Literal(kept, datatype=decimal)} if kept else {})
