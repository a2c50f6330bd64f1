"""An axis of years on which periods and dates lie, in percent of its width."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Tick:
    """One year of the axis; one that is not `always` shown may hide on a phone."""

    x: float
    middle: float
    year: int
    always: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """Years from the first to the end of the last."""

    first: int
    last: int

    def at(self, year: float) -> float:
        """Return where `year` lies, in percent."""
        return round((year - self.first) / (self.last + 1 - self.first) * 100, 2)

    def ticks(self) -> tuple[Tick, ...]:
        """Return one line a year, at most some twenty labels."""
        years = range(self.first, self.last + 1)
        step = max(1, len(years) // 9)
        return tuple(
            Tick(self.at(y), self.at(y + 0.5), y, (y - self.first) % (2 * step) == 0)
            for y in years
            if (y - self.first) % step == 0
        )


def axis_over(years: Iterable[float]) -> Axis:
    """Return the axis that holds all of `years`, at least one."""
    found = list(years)
    first = math.floor(min(found))
    return Axis(first, max(first, math.ceil(max(found)) - 1))
