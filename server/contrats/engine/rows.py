"""The first rows of an answer as N-Triples: how they go from a worker to a page, term by term."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.store import Answer, Term

SHOWN: Final = 1000
"""Rows that a page shows; the forms beside it are whole."""
_ROW: Final = "row:"
_COLUMN: Final = "column:"
_HEAD: Final = ox.NamedNode("row:head")
_HERE: Final = ox.NamedNode("column:here")
_TRIPLE_COLUMNS: Final = ("sujet", "propriété", "objet")

Row = dict[str, "Term"]


def write_first_rows(found: Answer | Iterable[ox.Triple]) -> tuple[bytes, int]:
    """Return the first rows of `found` and how many it has; of a graph, its first triples."""
    if isinstance(found, ox.QueryBoolean):
        return _write(("boolean",), [{"boolean": ox.Literal(bool(found))}]), 1
    if not isinstance(found, ox.QuerySolutions):
        triples = sorted(set(found), key=str)
        shown = [dict(zip(_TRIPLE_COLUMNS, triple, strict=True)) for triple in triples[:SHOWN]]
        return _write(_TRIPLE_COLUMNS, shown), len(triples)
    names = tuple(variable.value for variable in found.variables)
    rows: list[Row] = []
    count = 0
    for solution in found:
        count += 1
        if count <= SHOWN:
            rows.append({name: term for name in names if (term := solution[name]) is not None})
    return _write(names, rows), count


def read_rows(body: bytes) -> tuple[tuple[str, ...], list[Row]]:
    """Return the columns and rows that `write_first_rows` wrote; what is not bound is not there."""
    columns: list[str] = []
    rows: dict[str, Row] = {}
    for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES):
        if quad.subject == _HEAD:
            columns.append(quad.object.value)
        else:
            row = rows.setdefault(quad.subject.value, {})
            if quad.predicate != _HERE:
                row[columns[int(quad.predicate.value.removeprefix(_COLUMN))]] = quad.object
    return tuple(columns), list(rows.values())


def _write(names: tuple[str, ...], rows: list[Row]) -> bytes:
    """Return the names of the columns in their order, then each row, even one without a value."""
    triples = [ox.Triple(_HEAD, _HERE, ox.Literal(name)) for name in names]
    columns = {name: ox.NamedNode(f"{_COLUMN}{number}") for number, name in enumerate(names)}
    for number, row in enumerate(rows):
        subject = ox.NamedNode(f"{_ROW}{number}")
        triples.append(ox.Triple(subject, _HERE, ox.Literal(True)))  # noqa: FBT003 -- a term
        triples += [ox.Triple(subject, columns[name], term) for name, term in row.items()]
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
