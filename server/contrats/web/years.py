"""Years of contracts: where a period lies on an axis, how many were in force in each year."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.web.dates import as_year
from contrats.web.selection import facets, selection
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contrats.facets import Term
    from contrats.web.behind import Behind
    from contrats.web.contract_row import ContractRow
    from contrats.web.selection import Selection

_FIELD: Final = "inforce"
_SHORTEST: Final = 3.0
"""Percent of the axis that a period of unknown end takes."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a period lies, in percent; `open` when no source says its end."""

    x: float
    width: float
    open: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """Years from the first to the end of the last; `now` is the day of the data."""

    first: int
    last: int
    now: float

    def at(self, year: float) -> float:
        """Return where `year` lies, in percent."""
        return round((year - self.first) / (self.last + 1 - self.first) * 100, 2)

    def bar(self, row: ContractRow) -> Bar | None:
        """Return the bar of a contract, None when its start is not known."""
        if row.start is None:
            return None
        x = self.at(row.start)
        if row.end is None:
            return Bar(x, min(_SHORTEST, 100 - x), open=True)
        return Bar(x, round(self.at(row.end) - x, 2), open=False)

    @property
    def ticks(self) -> list[tuple[int, float]]:
        """Return every fifth year with its place."""
        return [(y, self.at(y)) for y in range(self.first, self.last + 1) if y % 5 == 0]


@dataclass(frozen=True, slots=True)
class Year:
    """How many contracts were in force in a year: of the selection, and of all."""

    year: str
    count: int
    behind: Behind
    path: str
    every: int
    of_every: Behind
    x: float
    width: float
    height: float
    height_of_every: float


@dataclass(frozen=True, slots=True)
class Years:
    """The chart and its table; `narrowed` when the selection is not all contracts."""

    years: tuple[Year, ...]
    most: int
    narrowed: bool


def axis_of(rows: Iterable[ContractRow]) -> Axis:
    """Return the axis on which every contract of the release lies."""
    found = [row for row in rows if row.start is not None]
    starts = [row.start for row in found if row.start is not None]
    ends = [row.end for row in found if row.end is not None]
    now = as_year(this_site().release.issued) or 0.0
    first = math.floor(min([*starts, now]))
    return Axis(first, math.ceil(max([*ends, now])) - 1, now)


def years_of(chosen: Selection, counts: Mapping[Term, int]) -> Years:
    """Return the years of `counts`, which is how many contracts have each value of `inforce`."""
    known = facets()
    every = {term.value: len(having) for term, having in known.pairs[_FIELD].items()}
    mine = {term.value: count for term, count in counts.items()}
    years = sorted(value for value in every if value.isdigit())
    most = max([every[year] for year in years], default=1)
    step = 100 / max(len(years), 1)
    found = tuple(
        Year(
            year, mine.get(year, 0), chosen.having(_FIELD, year).behind,
            chosen.having(_FIELD, year).path(), every[year], selection((_FIELD, year)).behind,
            round(place * step, 2), round(step * 0.86, 2),
            round(mine.get(year, 0) / most * 100, 1), round(every[year] / most * 100, 1),
        )
        for place, year in enumerate(years)
    )  # fmt: skip
    return Years(found, most, mine != every)
