"""What is counted of a theme or population: by region, by year, with those of the other kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.parameter import short_name
from contrats.search import stem
from contrats.web.backing import listed, question, region_question
from contrats.web.behind import saved
from contrats.web.parts import Link, link_to
from contrats.web.stages import is_contract
from contrats.web.subject_table import THEMES, Kind, contracts_with, tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.web.behind import Behind
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Count:
    """How many contracts, or priorities, lie on a line, at least; percent of the most."""

    link: Link
    number: int
    percent: float
    path: str | None
    behind: Behind


def by_region(d: Description, kind: Kind, subject: str) -> tuple[Count, ...]:
    """Return how many signed contracts of each region have a priority on `subject`."""
    counts = tally(d)
    places = {r for each in counts.contracts[subject] for r in counts.regions[each]}
    rows = []
    for region in sorted(places, key=lambda each: stem(d.label(each))):
        code = d.text(region, "igeo:codeINSEE") or short_name(region)
        path = listed(**{kind.facet: short_name(subject), "region": code})
        behind = region_question("contracts-on-a-subject", region, subject=subject)
        rows.append((link_to(d, region), counts.in_region(subject, region), path, behind))
    return _scaled(rows)


def by_year(d: Description, subject: str) -> tuple[Count, ...]:
    """Return how many signed contracts of each year of start have a priority on `subject`."""
    counts = tally(d)
    years = {counts.years[each] for each in counts.contracts[subject] if each in counts.years}
    name = short_name(subject)
    return _scaled(
        (
            Link(year, None),
            counts.in_year(subject, year),
            None,
            saved("contracts-on-a-subject-by-year", subject=name, year=year),
        )
        for year in sorted(years)
    )


def with_others(
    d: Description, kind: Kind, subject: str, priorities: tuple[str, ...]
) -> tuple[Count, ...]:
    """Return how many priorities of signed contracts are on each subject of the other kind."""
    met: dict[str, set[str]] = {}
    for priority in priorities:
        if any(is_contract(d, act) for act in contracts_with(d, priority)):
            for other in d.iris(priority, kind.other):
                met.setdefault(other, set()).add(priority)
    ranked = sorted(met, key=lambda other: (-len(met[other]), d.label(other)))
    names = ("theme", "population") if kind is THEMES else ("population", "theme")
    return _scaled(
        (
            link_to(d, other),
            len(met[other]),
            None,
            question(
                "priorities-on-a-theme-for-a-population",
                **dict(zip(names, (subject, other), strict=True)),
            ),
        )
        for other in ranked
    )


def _scaled(rows: Iterable[tuple[Link, int, str | None, Behind]]) -> tuple[Count, ...]:
    """Return `rows` with the width of their bars."""
    found = list(rows)
    most = max((number for _link, number, _path, _behind in found), default=1)
    return tuple(
        Count(link, number, round(100 * number / most, 1), path, behind)
        for link, number, path, behind in found
    )
