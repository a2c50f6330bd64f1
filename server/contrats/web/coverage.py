"""How much is known of the contracts: of how many each kind of value, in all and by region."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urlencode

from contrats.search import stem
from contrats.web import address, behind
from contrats.web.findings import Severity, findings_of
from contrats.web.kept import keep_for_all
from contrats.web.parts import Link
from contrats.web.site import this_site
from contrats.web.tongue import _, mark
from contrats.web.wording import limit_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.library import SavedQuery
    from contrats.web.behind import Behind

    Known: TypeAlias = Mapping[tuple[str, str, str], int]
    """Signed contracts by the code of their region, its name and the kind of value."""

_QUERY: Final = "coverage"
_CONTRACTS: Final = "contracts-with-a-value"
"""The saved query that names the contracts that `coverage` counts."""
_DESCRIBED: Final = "described"
_COLUMNS: Final = {
    "signatories": mark("Signataires"),
    "signatories-whole": mark("Tous les signataires"),
    "priorities": mark("Priorités"),
    "priorities-whole": mark("Toutes les priorités"),
    "signature-day": mark("Signature au jour"),
    "start-and-end": mark("Début et fin"),
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
class Count:
    """A number of contracts, and the query that names them."""

    number: int
    behind: Behind


@dataclass(frozen=True, slots=True)
class Share:
    """Of how many acts one kind of value is known, signed ones and others."""

    title: str
    signed: Count
    preparatory: Count
    total: int

    @property
    def percent(self) -> int:
        """Return the part of all acts, for the small bar."""
        known = self.signed.number + self.preparatory.number
        return round(100 * known / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class RegionShare:
    """The signed contracts of one region, and of how many each kind of value is known."""

    region: Link
    contracts: Count
    known: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the template shows; `limit` is that of the saved query that gives `shares`."""

    shares: tuple[Share, ...]
    limit: str
    run: Behind
    columns: tuple[str, ...]
    regions: tuple[RegionShare, ...]
    run_regions: Behind
    severities: tuple[Severity, ...]


def coverage_page() -> Coverage:
    """Return the figures, each with the address of the query that names its contracts."""
    queries = {each.name: each for each in this_site().library}
    query, contracts = queries.get(_QUERY), queries.get(_CONTRACTS)
    known = _known(contracts) if contracts else {}
    return Coverage(
        _shares(query) if query else (),
        limit_of(query) if query else "",
        behind.saved(_QUERY),
        tuple(map(_, _COLUMNS.values())),
        tuple(_region(code, name, known) for code, name in _regions(known)),
        behind.saved(_CONTRACTS, signed="true"),
        findings_of(this_site().release),
    )


def _shares(query: SavedQuery) -> tuple[Share, ...]:
    """Return the rows of the saved query."""
    return tuple(
        Share(
            _(title) if (title := row["title"].value) in _TITLES else title,
            Count(int(row["signed"].value), _behind(row["subject"].value, signed="true")),
            Count(int(row["preparatory"].value), _behind(row["subject"].value, signed="false")),
            int(row["total"].value),
        )
        for row in this_site().answers(query.name)
    )


def _known(query: SavedQuery) -> Known:
    """Return how many signed contracts of each region are known by each kind of value."""
    return keep_for_all("known by region", lambda: _count(query.name))


def _count(question: str) -> Known:
    found: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in this_site().answers(question):
        if row["signed"].value == "true":
            place = (row["code"].value, row["region"].value, row["subject"].value)
            found[place].add(row["contract"].value)
    return {place: len(contracts) for place, contracts in found.items()}


def _regions(known: Known) -> list[tuple[str, str]]:
    """Return the codes and names of the regions, by name."""
    found = {(code, name) for code, name, _subject in known}
    return sorted(found, key=lambda each: (stem(each[1]), each[0]))


def _region(code: str, name: str, known: Known) -> RegionShare:
    """Return the row of one region, whose name leads to the list of its contracts."""
    counts = tuple(
        Count(known.get((code, name, subject), 0), _behind(subject, signed="true", code=code))
        for subject in (_DESCRIBED, *_COLUMNS)
    )
    asked = urlencode({"region": code, "stage": "signed"})
    link = Link(name, f"{address.local('/contracts')}?{asked}")
    return RegionShare(link, counts[0], counts[1:])


def _behind(subject: str, **fields: str) -> Behind:
    return behind.saved(_CONTRACTS, subject=subject, **fields)
