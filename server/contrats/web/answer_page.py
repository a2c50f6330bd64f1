"""The endpoint for people: a form, and the answer as a table whose links stay on this site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from contrats.vocabulary import BASE, compact
from contrats.web import address, views
from contrats.web.media import GRAPHS, RESULTS
from contrats.web.parts import Head, Link
from contrats.web.site import this_site

if TYPE_CHECKING:
    from contrats.library import SavedQuery
    from contrats.store import Answer, Term

SHOWN: Final = 1000
"""Rows in the table; the files beside it are always whole."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One term of the answer: its text, its link, its language or datatype."""

    text: str
    path: str | None = None
    external: bool = False
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The answer as it is shown; `total` counts all rows, of which `rows` may be the first."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    total: int


def show_form(query: str) -> str:
    """Return the page with the form alone."""
    return views.render(
        "sparql.html", "queries", head=_head(None), query=query, asked=False, saved=None
    )


def show_answer(query: str, found: Answer) -> str:
    """Return the page with the form and the answer `found`."""
    verdict = bool(found) if isinstance(found, ox.QueryBoolean) else None
    tabular = isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
    forms = [
        (v.name, f"{address.local('/sparql')}?{urlencode({'query': query, 'as': v.suffix})}")
        for v in (RESULTS if tabular else GRAPHS)
    ]
    table = None if isinstance(found, ox.QueryBoolean) else _table(found)
    saved = _saved(query)
    return views.render(
        "sparql.html", "queries", head=_head(saved), query=query, asked=True,
        verdict=verdict, table=table, forms=forms, shown=SHOWN, saved=saved,
    )  # fmt: skip


def _saved(query: str) -> SavedQuery | None:
    """Return the saved query whose text is `query`, however its lines end."""
    asked = "\n".join(query.split("\r\n")).strip()
    return next((each for each in this_site().library if each.text.strip() == asked), None)


def _table(found: ox.QuerySolutions | list[ox.Triple]) -> Table:
    if isinstance(found, list):
        ordered = sorted(set(found), key=str)
        rows = [tuple(map(_cell, (t.subject, t.predicate, t.object))) for t in ordered[:SHOWN]]
        return Table(("sujet", "propriété", "objet"), tuple(rows), len(ordered))
    names = [variable.value for variable in found.variables]
    shown: list[tuple[Cell | None, ...]] = []
    total = 0
    for row in found:
        total += 1
        if total <= SHOWN:
            shown.append(tuple(_cell(row[name]) for name in names))
    return Table(tuple(names), tuple(shown), total)


def _cell(term: Term | None) -> Cell | None:
    """Return how `term` is shown, None when the variable is not bound."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        path = address.path_of(term.value)
        ours = address.is_ours(term.value)
        return Cell(compact(term.value), path, path is not None and not ours)
    if isinstance(term, ox.Literal):
        datatype = compact(term.datatype.value)
        kind = term.language or (None if datatype == "xsd:string" else datatype)
        return Cell(term.value, kind=kind)
    return Cell(str(term))


def _head(saved: SavedQuery | None) -> Head:
    """Return the banner: the question itself when it is a saved one."""
    crumbs = (
        Link(views.HOME, address.local("/")),
        Link("Requêtes", address.local("/queries")),
    )
    lede = (
        "Toutes les données répondent ici en SPARQL 1.1 : chaque page de ce site est faite des "
        "mêmes énoncés."
    )
    iri = f"{BASE}sparql"
    if saved:
        return Head(saved.summary_fr, "Question prête", None, iri, iri, (), crumbs, saved.summary)
    return Head("Point d’accès SPARQL", "Interroger", lede, iri, iri, (), crumbs)
