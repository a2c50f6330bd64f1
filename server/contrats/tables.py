"""CSV and SSSOM/TSV files -> rows as quads, as TARQL does: what they mean is left to a mapping."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.errors import SourceError
from contrats.form import check_cells, check_columns, check_key, check_width
from contrats.sssom import ENTITY_REFERENCES, MappingSet, expand, read_header, split_header
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from contrats.form import TableForm

COLUMN: Final = f"{BASE}column#"
"""Namespace of the rows' properties, `col:` in a mapping: one a column; never published."""

LINE: Final = ox.NamedNode(f"{COLUMN}_line")
"""The line that a row begins on."""
_FILE = ox.NamedNode(f"{COLUMN}_file")
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line that it begins on, counted from 1, and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows, with the SSSOM header of a `.tsv`."""

    name: str
    text: str = field(repr=False)
    rows: tuple[Row, ...] = field(repr=False)
    mapping_set: MappingSet | None = None


def read_table(path: Path, name: str, form: TableForm) -> Table:
    """Return the table at `path`, called `name` in errors, checked against `form`.

    `.tsv` is SSSOM/TSV, anything else CSV (https://www.rfc-editor.org/rfc/rfc4180).
    """
    text = _decode(path.read_bytes(), name)
    if path.suffix == ".tsv":
        comment, skipped = split_header(text)
        rows = tuple(_read_rows(text, name, form, skipped))
        return Table(name, text, rows, read_header(comment, name))
    return Table(name, text, tuple(_read_rows(text, name, form, None)))


def table_quads(table: Table, form: TableForm) -> Iterator[ox.Quad]:
    """Yield the rows of `table`: one subject a row, one predicate a column, no empty cell.

    A column of lists gives one value a part on `col:<name>`, and on `col:<name>_1`, `_2`… by place;
    a slot of the header is `col:_header_<slot>` on each row.
    """
    slots = table.mapping_set.slots if table.mapping_set else {}
    shared = [(_FILE, ox.Literal(table.name))] + [
        (ox.NamedNode(f"{COLUMN}_header_{slot}"), ox.Literal(value))
        for slot, values in slots.items()
        for value in values
    ]
    for row in table.rows:
        subject = ox.NamedNode(f"{COLUMN}row/{table.name}/{row.line}")
        yield ox.Quad(subject, LINE, ox.Literal(str(row.line), datatype=_INTEGER))
        for predicate, term in [*shared, *_cell_terms(table, row, form)]:
            yield ox.Quad(subject, predicate, term)


def _cell_terms(
    table: Table, row: Row, form: TableForm
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """Yield the predicates and values of one row's cells."""
    for column, cell in row.cells.items():
        parts = cell.split("|") if column in form.lists else [cell]
        values = [part.strip() for part in parts if part.strip()]
        for place, value in enumerate(values, start=1):
            term = _term(table, row.line, column, value)
            yield ox.NamedNode(COLUMN + column), term
            if column in form.lists:
                yield ox.NamedNode(f"{COLUMN}{column}_{place}"), term


def _term(table: Table, line: int, column: str, value: str) -> ox.NamedNode | ox.Literal:
    """Return `value` as a literal, or as an IRI when its column holds CURIEs."""
    if table.mapping_set is None or column not in ENTITY_REFERENCES:
        return ox.Literal(value)
    return expand(value, table.mapping_set.prefixes, f"{table.name}:{line} ({column})")


def _read_rows(text: str, name: str, form: TableForm, header: int | None) -> Iterator[Row]:
    """Yield the rows of `text`, each checked; `header` counts the lines above an SSSOM table."""
    skipped = header or 0
    lines = islice(io.StringIO(text, newline=""), skipped, None)
    delimiter = "," if header is None else "\t"
    records = _read_records(lines, name, skipped, delimiter)
    line, columns = next(records, (skipped + 1, []))
    check_columns(name, line, columns, form)
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in records:
        check_width(name, line, cells, len(columns))
        row = Row(line, {c: cell.strip() for c, cell in zip(columns, cells, strict=True)})
        check_cells(name, line, row.cells, form)
        key = {column: row.cells[column] for column in form.key}
        if key:
            check_key(name, line, key, seen.setdefault(tuple(key.values()), line))
        yield row


def _read_records(
    lines: Iterable[str], name: str, skipped: int, delimiter: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield the records with the line where each begins; a quoted cell may run over several."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = skipped + 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        raise SourceError(
            f"{name}:{line} : ligne mal formée ({error}) ; vérifiez les guillemets.",
            f"{name}:{line}: malformed row ({error}); check the quotation marks.",
        ) from error


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SourceError(
            f"{name}:{line} : octets illisibles ; enregistrez le fichier en UTF-8.",
            f"{name}:{line}: undecodable bytes; save the file as UTF-8.",
        ) from error
