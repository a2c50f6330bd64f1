"""How much is known of the contracts: of how many each kind of value, in all and by region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from contrats.web import address
from contrats.web.findings import Severity, findings_of
from contrats.web.parts import Link
from contrats.web.site import this_site

if TYPE_CHECKING:
    from contrats.library import SavedQuery

_QUERY: Final = "coverage"
_BY_REGION: Final = "coverage-regions"
_COLUMNS: Final = {
    "signatories": "Signataires",
    "wholeSignatories": "Tous les signataires",
    "priorities": "Priorités",
    "wholePriorities": "Toutes les priorités",
    "signatureDay": "Signature au jour",
    "startAndEnd": "Début et fin",
    "predecessor": "Contrat précédent",
    "plan": "Lien au PRS",
    "diagnosis": "Diagnostic",
    "evaluation": "Évaluation",
}


@dataclass(frozen=True, slots=True)
class Share:
    """Of how many acts one kind of value is known, and of how many of them that are signed."""

    title: str
    signed: int
    preparatory: int
    total: int

    @property
    def percent(self) -> int:
        """Return the part of all acts, for the small bar."""
        return round(100 * (self.signed + self.preparatory) / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class RegionShare:
    """The signed contracts of one region, and of how many each kind of value is known."""

    region: Link
    contracts: int
    known: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the template shows; `query` is the saved one that gives `shares`, with its limits."""

    shares: tuple[Share, ...]
    query: SavedQuery | None
    run: str
    columns: tuple[str, ...]
    regions: tuple[RegionShare, ...]
    run_regions: str
    severities: tuple[Severity, ...]


def coverage_page() -> Coverage:
    """Return the figures, each with the address that runs the query it comes from."""
    site = this_site()
    query = next((each for each in site.library if each.name == _QUERY), None)
    return Coverage(
        _shares(query) if query else (),
        query,
        address.local(f"/queries/{_QUERY}"),
        tuple(_COLUMNS.values()),
        tuple(
            RegionShare(
                _region(row),
                int(row["contracts"].value),
                tuple(int(row[n].value) for n in _COLUMNS),
            )
            for row in site.queries.rows(site.store, _BY_REGION)
        ),
        f"{address.local('/sparql')}?{urlencode({'query': site.queries.texts[_BY_REGION]})}",
        findings_of(site.release),
    )


def _shares(query: SavedQuery) -> tuple[Share, ...]:
    """Return the rows of the saved query."""
    found = this_site().store.answer(query.text)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"queries/{_QUERY}.rq is no SELECT")
    return tuple(
        Share(
            row["title"].value,
            *(int(row[name].value) for name in ("signed", "preparatory", "total")),
        )
        for row in found
    )


def _region(row: ox.QuerySolution) -> Link:
    asked = urlencode({"region": row["code"].value, "stage": "signed"})
    return Link(row["name"].value, f"{address.local('/contracts')}?{asked}")
