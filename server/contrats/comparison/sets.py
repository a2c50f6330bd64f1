"""Many contracts at once: how often a thing occurs, and how sizes are spread."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from contrats.comparison.acts import Act
    from contrats.comparison.matrix import Matrix

_FOUR = 4
"""Values from which quartiles say more than the values themselves."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many contracts have a thing: known to, and among those whose list is whole."""

    thing: str
    name: str
    contracts: int
    among_whole: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How a size is spread over the contracts of which it is known exactly, greatest first.

    `quartiles` are the lower one, the median and the upper one; None of fewer than four values.
    """

    ranked: tuple[tuple[int, Act], ...]
    quartiles: tuple[float, float, float] | None

    @property
    def least(self) -> int:
        """Return the smallest value."""
        return self.ranked[-1][0]

    @property
    def most(self) -> int:
        """Return the greatest value."""
        return self.ranked[0][0]


def tallies(matrix: Matrix) -> tuple[Tally, ...]:
    """Return how often each thing occurs, the most frequent first."""
    found = (
        Tally(
            row.things[0],
            row.names[0],
            row.count,
            sum(matrix.whole[place] for place in row.known),
        )
        for row in matrix.rows
    )
    return tuple(sorted(found, key=lambda each: (-each.contracts, -each.among_whole, each.thing)))


def spread(acts: Iterable[Act], measure: Callable[[Act], int | None]) -> Spread | None:
    """Return how `measure` is spread over `acts`, None when it is known of none."""
    held = [(value, act) for act in acts if (value := measure(act)) is not None]
    if not held:
        return None
    ranked = tuple(sorted(held, key=lambda each: (-each[0], each[1].iri)))
    values = [value for value, _act in ranked]
    if len(values) < _FOUR:
        return Spread(ranked, None)
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(ranked, (low, middle, high))
