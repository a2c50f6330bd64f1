"""From the table of statements the very same statements are read, whatever is in a literal."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pyoxigraph as ox
from hypothesis import example, given
from hypothesis import strategies as st

from contrats.canonical import canonical_lines
from contrats.quad_table import HEADER, quad_rows, write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

A, GRAPH = ox.NamedNode("urn:a"), ox.NamedNode("urn:g,é")
XSD = "http://www.w3.org/2001/XMLSchema#"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
OBJECTS = st.one_of(
    st.builds(ox.Literal, TEXTS),
    st.builds(ox.Literal, TEXTS, language=st.sampled_from(["fr", "en-gb", "x-y"])),
    st.builds(ox.Literal, TEXTS, datatype=st.just(ox.NamedNode(f"{XSD}date"))),
    st.sampled_from([A, ox.NamedNode("http://x/a,b'c#é"), ox.BlankNode("b0")]),
)
HARD = [
    ox.Literal(text)
    for text in ('"', '""', '"^^<urn:x>', '"@fr', "\r\n", "\r", "\n", "=1", ",", "\u2028",
                 "\\u0041", "\x00\x01\x0b\x7f\x85", "<urn:a>", "_:b", "a <urn:g> .", " ", "")
]  # fmt: skip


def read_back(text: str) -> Iterator[ox.Quad]:
    """Yield what a table states, read as its module says it is to be read."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == HEADER
    for graph, subject, predicate, value, datatype, language in rows:
        found = _literal(value, datatype, language) if datatype else _name(value)
        yield ox.Quad(_name(subject), ox.NamedNode(predicate), found, _name(graph))


def _name(text: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(text.removeprefix("_:")) if text.startswith("_:") else ox.NamedNode(text)


def _literal(value: str, datatype: str, language: str) -> ox.Literal:
    tag, _, direction = language.partition("--")
    if direction:
        return ox.Literal(value, language=tag, direction=ox.BaseDirection(direction))
    return (
        ox.Literal(value, language=tag)
        if tag
        else ox.Literal(value, datatype=ox.NamedNode(datatype))
    )


def table_of(quads: Iterable[ox.Quad]) -> str:
    out = io.StringIO(newline="")
    write_csv((HEADER, *quad_rows(canonical_lines(quads))), out)
    return out.getvalue()


@given(st.lists(OBJECTS, max_size=5))
@example(HARD)
@example([ox.Literal("من", language="ar", direction=ox.BaseDirection.RTL)])
def test_the_same_statements_are_read_from_the_table(
    values: list[ox.NamedNode | ox.BlankNode | ox.Literal],
) -> None:
    quads = {ox.Quad(A, A, value, GRAPH) for value in values}

    assert set(read_back(table_of(quads))) == quads


def test_each_line_of_the_table_ends_as_rfc_4180_has_it() -> None:
    text = table_of([ox.Quad(A, A, ox.Literal('dit "a", puis\nb'), GRAPH)])

    assert text.split("\r\n")[1] == (f'"urn:g,é",urn:a,urn:a,"dit ""a"", puis\nb",{XSD}string,')
    assert text.endswith("\r\n")
