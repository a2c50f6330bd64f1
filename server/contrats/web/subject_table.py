"""Themes and populations: how many signed contracts have a priority on each, at least.

By region and by year of start; counted once for a release, by IRI, and kept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.vocabulary import BASE
from contrats.web.kept import keep_for_all
from contrats.web.stages import is_contract

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Kind:
    """Themes, or populations: the property of a priority, the facet of the list of contracts."""

    facet: str
    scheme: str
    property: str
    other: str
    """The property of the other kind."""


THEMES: Final = Kind("theme", f"{BASE}id/scheme/themes", "cls:hasTheme", "cls:targetsPopulation")
POPULATIONS: Final = Kind(
    "population", f"{BASE}id/scheme/populations", "cls:targetsPopulation", "cls:hasTheme"
)
_ANY: Final = ""
"""Stands for any subject of both kinds: the contracts of which a priority is classified."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The signed contracts with a priority on each subject, and where and when they lie."""

    contracts: Mapping[str, frozenset[str]]
    """By subject."""
    regions: Mapping[str, tuple[str, ...]]
    """Of each contract."""
    years: Mapping[str, str]
    """The year in which a contract starts, or the first in which it may start, where known."""

    def in_region(self, subject: str, region: str) -> int:
        """Return how many contracts of `region` have a priority on `subject`."""
        return sum(region in self.regions[each] for each in self.contracts[subject])

    def in_year(self, subject: str, year: str) -> int:
        """Return how many contracts that start in `year` have a priority on `subject`."""
        return sum(self.years.get(each) == year for each in self.contracts[subject])

    def described_in_region(self, region: str) -> int:
        """Return how many contracts of `region` have a priority that is classified."""
        return self.in_region(_ANY, region)

    def described_in_year(self, year: str) -> int:
        """Return how many contracts that start in `year` have a priority that is classified."""
        return self.in_year(_ANY, year)

    def described(self) -> frozenset[str]:
        """Return the contracts of which a priority is classified."""
        return self.contracts[_ANY]


def tally(d: Description) -> Tally:
    """Return what is counted of both kinds, once for an application."""
    return keep_for_all("tally", lambda: _count(d))


def subjects_of(d: Description, kind: Kind) -> tuple[str, ...]:
    """Return the subjects of `kind`, those of most contracts first, then by name."""
    contracts = tally(d).contracts
    found = d.leading_to(kind.scheme, "skos:inScheme")
    return tuple(sorted(found, key=lambda each: (-len(contracts[each]), d.label(each))))


def contracts_with(d: Description, priority: str) -> tuple[str, ...]:
    """Return the acts that have `priority`, preparatory ones too."""
    return d.leading_to(priority, "cls:hasPriority")


def _count(d: Description) -> Tally:
    contracts: dict[str, set[str]] = defaultdict(set)
    for kind in (THEMES, POPULATIONS):
        for subject in d.leading_to(kind.scheme, "skos:inScheme"):
            contracts[subject] = {
                contract
                for priority in d.leading_to(subject, kind.property)
                for contract in contracts_with(d, priority)
                if is_contract(d, contract)
            }
    contracts[_ANY] = set().union(*contracts.values())
    every = contracts[_ANY]
    starts = {each: d.text(each, "cls:earliestStart") for each in every}
    return Tally(
        {subject: frozenset(each) for subject, each in contracts.items()},
        {each: d.iris(each, "cls:inRegion") for each in every},
        {each: start[:4] for each, start in starts.items() if start},
    )
