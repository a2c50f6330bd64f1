"""The endpoint for people: a form, and the answer as a table whose links stay on this site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from contrats.engine.normal import normalise
from contrats.engine.rows import SHOWN, read_rows
from contrats.vocabulary import BASE, compact
from contrats.web import address, views
from contrats.web.media import CITATIONS, GRAPHS, RESULTS
from contrats.web.parts import Head, Link
from contrats.web.site import this_site
from contrats.web.tongue import _
from contrats.web.wording import limit_of, summary_of
from contrats.web.words import duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.engine.asked import Answered
    from contrats.engine.rows import Row
    from contrats.library import SavedQuery
    from contrats.store import Term
    from contrats.web.passport import Passport


_TRUE: Final = ox.Literal(True)  # noqa: FBT003 -- a term


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
    return views.render("sparql.html", "queries", head=_head(None), query=query, asked=False)


def show_answer(query: str, kind: str, answered: Answered, passport: Passport) -> str:
    """Return the page with the form and the answer, whose rows are in the form `ROWS`.

    `kind` is SELECT, ASK, CONSTRUCT or DESCRIBE.
    """
    columns, rows = read_rows(answered.body) if isinstance(answered.body, bytes) else ((), [])
    verdict = rows[0]["boolean"] == _TRUE if kind == "ASK" else None
    forms = [
        (v.name, f"{address.data('/sparql')}?{urlencode({'query': query, 'as': v.suffix})}")
        for v in (RESULTS if kind in {"SELECT", "ASK"} else GRAPHS)
    ]
    saved = _saved(query)
    table = None if kind == "ASK" else make_table(columns, rows, answered.count or 0)
    return views.render(
        "sparql.html", "queries", head=_head(saved), query=query, asked=True, verdict=verdict,
        table=table, forms=forms, shown=SHOWN, limit=limit_of(saved) if saved else "",
        passport=passport, again=address.local(passport.again.removeprefix(address.public(""))),
        took=duration(passport.seconds), cited=_citations(query),
    )  # fmt: skip


def _citations(query: str) -> list[tuple[str, str]]:
    """Return the forms of a citation, each with its address."""
    fields = urlencode({"query": query})
    return [(v.name, f"{address.local('/sparql/cite')}.{v.suffix}?{fields}") for v in CITATIONS]


def _saved(query: str) -> SavedQuery | None:
    """Return the saved query that `query` asks, however it is laid out."""
    asked = normalise(query)
    return next((each for each in this_site().library if normalise(each.text) == asked), None)


def make_table(columns: Sequence[str], rows: Sequence[Row], total: int) -> Table:
    """Return the table that shows `rows`, the first of `total`."""
    shown = [tuple(_cell(row.get(name)) for name in columns) for row in rows]
    return Table(tuple(columns), tuple(shown), total)


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
        Link(_(views.HOME), address.local("/")),
        Link(_("Requêtes"), address.local("/queries")),
    )
    lede = _(
        "Toutes les données répondent ici en SPARQL 1.1 : chaque page de ce site est faite des "
        "mêmes énoncés."
    )
    iri = f"{BASE}sparql"
    if saved:
        return Head(summary_of(saved), _("Question prête"), None, iri, (), crumbs, saved.summary)
    return Head(_("Point d’accès SPARQL"), _("Interroger"), lede, iri, (), crumbs)
