"""The page of a territory: its contracts first, then what is known of the place itself."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from contrats.web import address
from contrats.web.dates import span
from contrats.web.parts import Link
from contrats.web.site import this_site


@dataclass(frozen=True, slots=True)
class Act:
    """One contract or preparatory act of the territory; `stage` is None for a signed contract."""

    link: Link
    period: str | None
    stage: str | None


def acts_of_territory(iri: str) -> tuple[Act, ...]:
    """Return the contracts and acts that are of `iri`, or lie in it, by their beginning."""
    site = this_site()
    found: dict[str, Act] = {}
    for row in site.queries.rows(site.store, "territory-contracts", {"iri": ox.NamedNode(iri)}):
        contract = row["contract"].value
        start, end = (row[n].value if row[n] is not None else None for n in ("start", "end"))
        stage = None if row["act"].value.endswith("/signed") else row["stage"].value
        link = Link(row["title"].value, address.path_of(contract), iri=contract)
        found.setdefault(contract, Act(link, span(start, end), stage))
    return tuple(found.values())
