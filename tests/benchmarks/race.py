"""Two that do the same, in turn, so that whatever else the machine does falls on both."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.benchmarks.connection import Response

T = TypeVar("T")

FEWEST: Final = 5
MOST: Final = 400
SECONDS: Final = 4.0
"""How long two race, unless so few rounds are done that a median means little."""
COMPARED: Final = 3
"""Rounds of which the answers are counted and compared: beyond them the same code runs."""


@dataclass(frozen=True, slots=True)
class Race:
    """The milliseconds of each round of both, and how many rows the last answer had."""

    ours: Sequence[float]
    theirs: Sequence[float]
    rows: int
    worked: tuple[float, float] | None = None
    """Milliseconds of processors that a round took of each, where it is known."""

    @property
    def ratio(self) -> float:
        """Return the median, over the rounds, of ours divided by theirs."""
        return median(our / their for our, their in zip(self.ours, self.theirs, strict=True))

    @property
    def difference(self) -> float:
        """Return the median, over the rounds, of ours less theirs."""
        return median(our - their for our, their in zip(self.ours, self.theirs, strict=True))

    def __str__(self) -> str:
        """Return medians, p99, ratio and difference in one line."""
        told = (f"{median(x):8.2f} ms (p99 {p99(x):7.1f})" for x in (self.ours, self.theirs))
        sums = f"{self.ratio:7.3f}x  {self.difference:+8.2f} ms"
        work = f"  |  {self.worked[0]:.2f} | {self.worked[1]:.2f} ms of cpu" if self.worked else ""
        return f"{'  |'.join(told)}  |{sums}{work}  ({self.rows} rows, {len(self.ours)} rounds)"


def race(
    ours: Callable[[int], T], theirs: Callable[[int], T], count: Callable[[T], int],
    seconds: float = SECONDS, fewest: int = FEWEST,
) -> Race:  # fmt: skip
    """Return what both take; each is given the number of the round. Other rows are an error.

    The one that begins is another in each round. What `count` takes is not measured.
    """
    times: tuple[list[float], list[float]] = ([], [])
    rows = [0, 0]
    end = time.perf_counter() + seconds
    for number in range(MOST):
        if number >= fewest and time.perf_counter() > end:
            break
        for which in ((0, 1), (1, 0))[number % 2]:
            began = time.perf_counter()
            answer = (ours, theirs)[which](number)
            times[which].append(1000 * (time.perf_counter() - began))
            if number < COMPARED:
                rows[which] = count(answer)
        if rows[0] != rows[1]:
            raise SystemExit(f"round {number}: {rows[0]} rows here, {rows[1]} there")
    return Race(*times, rows[0])


def count_rows(response: Response) -> int:
    """Return how many rows or statements an answer has; a yes counts as one."""
    if response.status != 200:
        raise SystemExit(f"status {response.status}: {response.body[:300]!r}")
    if "json" in response.headers["content-type"]:
        found = json.loads(response.body)
        return int(found["boolean"]) if "boolean" in found else len(found["results"]["bindings"])
    return len({line for line in response.body.split(b"\n") if line})


def p99(values: Sequence[float]) -> float:
    """Return the value that 99 % stay under."""
    return sorted(values)[min(len(values) - 1, int(0.99 * len(values)))]
