"""How much is known of the contracts: of how many each kind of value, in all and by region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from contrats.values import bind_in_text
from contrats.web import address, behind, page_query
from contrats.web.findings import Severity, findings_of
from contrats.web.parts import Link
from contrats.web.site import this_site
from contrats.web.tongue import _, mark
from contrats.web.wording import limit_of

if TYPE_CHECKING:
    from contrats.library import SavedQuery
    from contrats.web.behind import Behind

_QUERY: Final = "coverage"
_BY_REGION: Final = "coverage-regions"
_COLUMNS: Final = {
    "signatories": mark("Signataires"),
    "wholeSignatories": mark("Tous les signataires"),
    "priorities": mark("Priorités"),
    "wholePriorities": mark("Toutes les priorités"),
    "signatureDay": mark("Signature au jour"),
    "startAndEnd": mark("Début et fin"),
    "predecessor": mark("Contrat précédent"),
    "plan": mark("Lien au PRS"),
    "diagnosis": mark("Diagnostic"),
    "evaluation": mark("Évaluation"),
}


_TITLES: Final = frozenset(
    {
        mark("signataires nommés"),
        mark("liste des signataires entière"),
        mark("liste des signataires partielle"),
        mark("priorités"),
        mark("liste des priorités entière"),
        mark("liste des priorités partielle"),
        mark("date de signature"),
        mark("date de signature au jour près"),
        mark("date de signature annoncée"),
        mark("début"),
        mark("début et fin"),
        mark("porteur"),
        mark("communes du territoire"),
        mark("contrat précédent décrit ici"),
        mark("contrat précédent décrit ou seulement nommé"),
        mark("mention d’un projet régional de santé"),
        mark("mention d’un projet régional de santé reconnu"),
        mark("lien avec un autre cadre"),
        mark("diagnostic"),
        mark("nombre d’actions annoncé"),
        mark("évaluation"),
        mark("chiffre d’une évaluation"),
        mark("population qu’énonce une source"),
    }
)
"""The kinds of values that the saved query counts, whose names it has in French alone."""


@dataclass(frozen=True, slots=True)
class Share:
    """Of how many acts one kind of value is known, and of how many of them that are signed."""

    title: str
    signed: int
    preparatory: int
    total: int
    behind: Behind

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
    behind: Behind


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the template shows; `limit` is that of the saved query that gives `shares`."""

    shares: tuple[Share, ...]
    limit: str
    run: Behind
    columns: tuple[tuple[str, str], ...]
    regions: tuple[RegionShare, ...]
    run_regions: Behind
    severities: tuple[Severity, ...]


def coverage_page() -> Coverage:
    """Return the figures, each with the address that runs the query it comes from."""
    site = this_site()
    query = next((each for each in site.library if each.name == _QUERY), None)
    return Coverage(
        _shares(query) if query else (),
        limit_of(query) if query else "",
        behind.saved(_QUERY),
        tuple((name, _(title)) for name, title in _COLUMNS.items()),
        tuple(_region_share(row) for row in site.queries.rows(site.store, _BY_REGION)),
        page_query.asked(_BY_REGION),
        findings_of(site.release),
    )


def _region_share(row: ox.QuerySolution) -> RegionShare:
    return RegionShare(
        _region(row),
        int(row["contracts"].value),
        tuple(int(row[name].value) for name in _COLUMNS),
        page_query.asked(_BY_REGION, code=row["code"]),
    )


def _shares(query: SavedQuery) -> tuple[Share, ...]:
    """Return the rows of the saved query."""
    found = this_site().store.answer(query.text)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"queries/{_QUERY}.rq is no SELECT")
    return tuple(
        Share(
            _(row["title"].value) if row["title"].value in _TITLES else row["title"].value,
            *(int(row[name].value) for name in ("signed", "preparatory", "total")),
            behind.written(bind_in_text(query.body, {"subject": row["subject"]})),
        )
        for row in found
    )


def _region(row: ox.QuerySolution) -> Link:
    asked = urlencode({"region": row["code"].value, "stage": "signed"})
    return Link(row["name"].value, f"{address.local('/contracts')}?{asked}")
