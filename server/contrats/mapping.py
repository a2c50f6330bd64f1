"""`queries/tables/*.rq`: what the tables mean, one CONSTRUCT over their rows each."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.errors import QueryFileError, SourceError
from contrats.form import TableForm
from contrats.header import (
    GRAPH,
    Declaration,
    one_value,
    parse_query,
    read_declarations,
    read_query,
)
from contrats.tables import LINE, Table, read_table, table_quads
from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FORM: Final = frozenset(each.name for each in fields(TableForm))
_KEYS: Final = frozenset({"summary", "graph", "table"}) | _FORM


@dataclass(frozen=True, slots=True)
class Mapping:
    """A CONSTRUCT, the graph that it fills and the tables it reads: `data/…` pattern and form."""

    name: str
    text: str = field(repr=False)
    graph: ox.NamedNode
    tables: tuple[tuple[str, TableForm], ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a mapping gave: its quads, in its graph, and the names of the tables that were read.

    `text` is that of the first, `lines` tells on which line of it a thing is described; `written`
    are the quads as canonical N-Quads, when that is known.
    """

    graph: ox.NamedNode
    names: tuple[str, ...]
    text: str = field(repr=False)
    quads: tuple[ox.Quad, ...] = field(repr=False)
    lines: dict[str, int] = field(repr=False)
    written: bytes = field(repr=False, default=b"")


def read_mapping(path: Path) -> Mapping:
    """Return the mapping at `path`.

    `#+ graph:` names the graph; each `#+ table:` is followed by its `#+ columns:`, and if need be
    by `#+ lists:` (columns of values separated by `|`), `#+ key:` (columns unique together),
    `#+ required:` (never empty), `#+ integers:`, `#+ decimals:` or `#+ dates:`.
    What it gives a `col:_line` is found again at that line, which is not published.
    """
    name = f"queries/tables/{path.name}"
    text = read_query(path)
    declared = read_declarations(name, text, _KEYS)
    graph = ox.NamedNode(PREFIXES["graph"] + one_value(name, declared, "graph"))
    if parse_query(name, text).gives != GRAPH:
        raise QueryFileError(
            f"{name} : une table se lit par un CONSTRUCT.",
            f"{name}: a table is read by a CONSTRUCT.",
        )
    return Mapping(name, text, graph, _tables(name, declared))


def _tables(name: str, declared: tuple[Declaration, ...]) -> tuple[tuple[str, TableForm], ...]:
    """Return the tables declared, each with the lines that follow it."""
    tables: list[tuple[str, TableForm]] = []
    for each in declared:
        words = tuple(each.value.split())
        if each.key == "table":
            tables.append((each.value, TableForm(())))
        elif each.key in _FORM:
            if not tables:
                raise QueryFileError(
                    f"{name}:{each.line} : écrivez d’abord « #+ table: … ».",
                    f'{name}:{each.line}: write "#+ table: …" first.',
                )
            pattern, form = tables.pop()
            tables.append((pattern, replace(form, **{each.key: words})))
    if all(form.columns for _, form in tables) and tables:
        return tuple(tables)
    raise QueryFileError(
        f"{name}:1 : il faut au moins une ligne « #+ table: … », suivie de « #+ columns: … ».",
        f'{name}:1: at least one "#+ table: …" line is needed, followed by "#+ columns: …".',
    )


def run_mapping(mapping: Mapping, data: Path) -> Mapped:
    """Return what `mapping` constructs from its tables in the room `data`."""
    rows = ox.Store()
    tables: list[Table] = []
    for name, path, form in find_tables(mapping, data):
        table = read_table(path, name, form)
        rows.bulk_extend(table_quads(table, form))
        tables.append(table)
    triples = list(dict.fromkeys(rows.query(mapping.text)))  # type: ignore[arg-type]
    return Mapped(
        graph=mapping.graph,
        names=tuple(table.name for table in tables),
        text=tables[0].text,
        quads=tuple(
            ox.Quad(t.subject, t.predicate, t.object, mapping.graph)
            for t in triples
            if t.predicate != LINE
        ),
        lines=_lines(triples),
    )


def find_tables(mapping: Mapping, data: Path) -> Iterator[tuple[str, Path, TableForm]]:
    """Yield the files that `mapping` reads in the room `data`, each with its name and form."""
    for pattern, form in mapping.tables:
        for path in _files(mapping, data, pattern):
            yield str(PurePosixPath("data") / path.relative_to(data).as_posix()), path, form


def _lines(triples: list[ox.Triple]) -> dict[str, int]:
    """Return the first line of each subject that a mapping gives a `col:_line`, never published."""
    lines: dict[str, int] = {}
    for triple in triples:
        if triple.predicate == LINE and isinstance(triple.subject, ox.NamedNode):
            line = int(triple.object.value)  # type: ignore[union-attr]
            lines[triple.subject.value] = min(line, lines.get(triple.subject.value, line))
    return lines


def _files(mapping: Mapping, data: Path, pattern: str) -> list[Path]:
    """Return the files that `pattern` names, at least one."""
    room, _, below = pattern.partition("/")
    found = sorted(data.glob(below)) if room == "data" and below else []
    if found:
        return found
    raise SourceError(
        f"{pattern} : aucun fichier de ce nom, que lit {mapping.name} ; ajoutez la table, "
        "ou retirez ce qui la lit.",
        f"{pattern}: no file of that name, which {mapping.name} reads; add the table, "
        "or remove what reads it.",
    )
