"""Every document that was read: who published it, of what kind it is, how much was read in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.parameter import short_name
from contrats.search import stem
from contrats.web import address, behind, page_query
from contrats.web.dates import in_words
from contrats.web.description import Description
from contrats.web.kept import keep_for_all
from contrats.web.parts import Link, link_to
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site
from contrats.web.tongue import _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from contrats.store import Term
    from contrats.web.behind import Behind

QUERY: Final = "sources"
_OF: Final = "sources-of"
NONE: Final = "-"
"""The choice of what is not stated."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the saved question; what is empty is not stated."""

    source: str
    publisher: str
    date: str
    kind: str
    contracts: int
    values: int


@dataclass(frozen=True, slots=True)
class Source:
    """One document as the list shows it; `behind` gives its numbers."""

    link: Link
    publisher: str
    date: str
    kind: Link | None
    address: str | None
    contracts: int
    values: int
    behind: Behind


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of the form."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SourceList:
    """What the template shows; `behind` gives as many rows as there are `sources`."""

    sources: tuple[Source, ...]
    total: int
    kinds: tuple[Option, ...]
    publishers: tuple[Option, ...]
    behind: Behind
    all_behind: Behind
    filtered: bool


def source_list(kind: str, publisher: str) -> SourceList:
    """Return the documents of `kind` and of `publisher`, all where they are empty."""
    rows, d = saved_sources(), Description("", this_site().statements)
    kinds = {short_name(row.kind) or NONE: row.kind for row in rows}
    publishers = {row.publisher or NONE: row.publisher for row in rows}
    _refuse_unknown("kind", kind, kinds)
    _refuse_unknown("publisher", publisher, publishers)
    shown = [
        row
        for row in rows
        if (not kind or row.kind == kinds[kind])
        and (not publisher or row.publisher == publishers[publisher])
    ]
    found = (_source(d, row) for row in shown)
    return SourceList(
        tuple(sorted(found, key=lambda each: (stem(each.link.text), each.link.iri))),
        len(rows),
        _options({name: d.label(iri) for name, iri in kinds.items() if iri}, kind),
        _options({name: name for name in publishers if name != NONE}, publisher),
        _behind(kinds.get(kind), publishers.get(publisher)),
        behind.saved(QUERY, source=""),
        bool(kind or publisher),
    )


def saved_sources() -> tuple[Row, ...]:
    """Return the rows of the saved question, asked once."""
    return keep_for_all("sources", lambda: tuple(map(_row, this_site().answers(QUERY))))


def _row(row: ox.QuerySolution) -> Row:
    texts = {n: row[n].value if row[n] else "" for n in ("source", "publisher", "date", "kind")}
    return Row(**texts, contracts=int(row["contracts"].value), values=int(row["values"].value))


def _source(d: Description, row: Row) -> Source:
    """Return how one row is shown."""
    original = d.iri_of(row.source, "schema:url")
    return Source(
        link_to(d, row.source),
        row.publisher,
        in_words(row.date),
        link_to(d, row.kind) if row.kind else None,
        original if original and address.is_web(original) else None,
        row.contracts,
        row.values,
        behind.saved(QUERY, source=short_name(row.source)),
    )


def _options(names: Mapping[str, str], chosen: str) -> tuple[Option, ...]:
    """Return the choices of one list by name, and last those that state none."""
    ordered = sorted(names.items(), key=lambda each: (stem(each[1]), each[0]))
    return tuple(
        Option(value, text, value == chosen)
        for value, text in [*ordered, (NONE, _("non précisé dans les sources"))]
    )


def _behind(kind: str | None, publisher: str | None) -> Behind:
    """Return what gives one row a document of the list."""
    terms: dict[str, Term] = {}
    if kind is not None:
        terms["kind"] = ox.NamedNode(kind) if kind else ox.Literal("")
    if publisher is not None:
        terms["publisher"] = ox.Literal(publisher)
    return page_query.asked(_OF, **terms) if terms else behind.saved(QUERY, source="")


def _refuse_unknown(field: str, value: str, known: Collection[str]) -> None:
    """Refuse a choice that the form does not offer."""
    if value and value not in known:
        raise RefusalError(
            400,
            f"« {value[:80]} » n’est pas un choix de « {field} ». La liste : /sources",
            f'"{value[:80]}" is no choice of "{field}". The list: /sources',
        )
