"""One row a contract: what the lists of contracts show of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.search import stem
from contrats.web import address
from contrats.web.behind import Behind
from contrats.web.dates import as_year, in_words, span
from contrats.web.description import Description
from contrats.web.facet_panel import name_of
from contrats.web.kept import keep
from contrats.web.parts import Link
from contrats.web.selection import LIST, facets
from contrats.web.site import this_site
from contrats.web.tongue import FRENCH, _, is_english

if TYPE_CHECKING:
    from collections.abc import Mapping

_LATE: Final = 9999
"""Where a contract of unknown start stands among those of its territory."""


@dataclass(frozen=True, slots=True)
class Known:
    """How many things of a list are known; `whole` when it is known to be all of them.

    `declared` is how many a source announces; `column` that of the rows behind `number`.
    """

    number: int
    whole: bool
    declared: int | None
    column: str


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract of the list; what is None is not stated."""

    link: Link
    slug: str
    place: str | None
    territories: str
    """Where it lies: départements, or the collectivity overseas that has none."""
    generation: int | None
    period: str | None
    start: float | None
    end: float | None
    """On an axis of years; an end year runs to its 31 December."""
    signature: str | None
    signed_on: str
    """The date as it is stated, for sorting; empty when it is not."""
    stage: str
    stage_name: str | None
    signatories: Known
    priorities: Known
    behind: Behind
    """The row itself, as CSV."""

    @property
    def language(self) -> str | None:
        """Return the language of names and titles, None when it is that of the page."""
        return FRENCH if is_english() else None


def contract_rows() -> Mapping[str, ContractRow]:
    """Return every contract by IRI, in the order of the names of territories."""
    return keep("rows of contracts", _read_rows)


def _read_rows() -> dict[str, ContractRow]:
    site = this_site()
    places = _places()
    found: dict[str, ContractRow] = {}
    for row in site.queries.rows(site.store, "contracts"):
        iri = row["contract"].value
        found.setdefault(iri, _contract(row, places.get(iri, "")))
    order = sorted(found.items(), key=lambda each: _by_place(each[1]))
    return dict(order)


def _places() -> dict[str, str]:
    """Return where each contract lies, in words."""
    pairs = facets().pairs
    found: defaultdict[str, list[str]] = defaultdict(list)
    for field in ("departement", "region"):
        names = {name_of(field, term)[0]: having for term, having in pairs[field].items()}
        before = set(found)
        for name in sorted(names, key=stem):
            for contract in names[name] - before:
                found[contract].append(name)
    return {contract: ", ".join(names) for contract, names in found.items()}


def _contract(row: ox.QuerySolution, territories: str) -> ContractRow:
    def text(name: str) -> str | None:
        term = row[name]
        return term.value if isinstance(term, ox.Literal | ox.NamedNode) else None

    def known(column: str) -> Known:
        declared = text(f"declared{column.capitalize()}")
        whole = text(f"{column}Complete") == "true"
        number = int(text(column) or 0)
        return Known(number, whole, int(declared) if declared else None, f"={column}")

    iri, generation, signature = text("contract") or "", text("generation"), text("signature")
    slug, start, end, act = iri.rpartition("/")[2], text("start"), text("end"), text("act")
    d = Description(iri, this_site().statements)
    return ContractRow(
        Link(text("title") or iri, address.path_of(iri), iri=iri),
        slug,
        text("place"),
        territories,
        int(generation) if generation else None,
        _period(start, end),
        as_year(start) if start else None,
        as_year(end, end=True) if end else None,
        in_words(signature) if signature else None,
        signature or "",
        (act or "").rpartition("/")[2],
        d.label(act) if act else None,
        known("signatories"),
        known("priorities"),
        Behind(address.path_of(iri) or "", address.data(f"{LIST}.csv?c={slug}")),
    )


def _period(start: str | None, end: str | None) -> str | None:
    if start and not end:
        return _("depuis %(date)s, fin non précisée", date=in_words(start))
    return span(start, end)


def _by_place(row: ContractRow) -> tuple[list[str], float, str]:
    return stem(row.place or row.link.text), row.start or _LATE, row.link.iri
