"""Actions on a line of years, numbered as in the table beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.web.axis import Axis, Tick, axis_over
from contrats.web.dates import as_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.web.description import Description

_APART: Final = 7.0
"""Percent of the width that a mark takes with its number, on a phone."""
_LANE: Final = 28
_TOP: Final = 14
_YEAR: Final = 4
"""Letters of a date of which only the year is known."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One action: "point" for a known month, "year" for a year, "since" for a beginning."""

    number: int
    kind: str
    x: float
    width: float
    y: int

    @property
    def middle(self) -> float:
        """Return where its number stands."""
        return round(self.x + self.width / 2, 2) if self.kind == "year" else self.x


@dataclass(frozen=True, slots=True)
class DeedLine:
    """What the figure is drawn from."""

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    bottom: int
    first: int
    last: int
    undated: tuple[int, ...]
    """The numbers of those whose date is not known."""


def deed_line_of(d: Description, contract: str, actions: Sequence[str]) -> DeedLine | None:
    """Return the line of `actions` over the period of `contract`; None when none is dated."""
    dates = {action: as_year(d.text(action, "dcterms:date") or "") for action in actions}
    known = [date for date in dates.values() if date is not None]
    if not known:
        return None
    axis = axis_over(
        [*known, *(date + 1 for date in known if date.is_integer()), *_period(d, contract)]
    )
    ends: list[float] = []
    marks = []
    for number, action in enumerate(actions, 1):
        date = dates[action]
        if date is not None:
            marks.append(_mark(d, action, number, axis, ends))
    return DeedLine(
        tuple(marks),
        axis.ticks(),
        _TOP + _LANE * len(ends),
        axis.first,
        axis.last,
        tuple(n for n, action in enumerate(actions, 1) if dates[action] is None),
    )


def _mark(d: Description, action: str, number: int, axis: Axis, ends: list[float]) -> Mark:
    """Return the mark of `action` in the first lane where it is free; `ends` of lanes are moved."""
    date = d.text(action, "dcterms:date") or ""
    x = axis.at(as_year(date) or axis.first)
    since = (d.iri_of(action, "cls:datePrecision") or "").endswith("/since")
    kind = "since" if since else "year" if len(date) == _YEAR else "point"
    width = {"since": 100 - x, "year": axis.at(axis.first + 1)}.get(kind, 0.0)
    begin, end = x - _APART / 2, x + max(width, _APART / 2)
    lane = next((n for n, taken in enumerate(ends) if taken <= begin), len(ends))
    ends[lane : lane + 1] = [end]
    return Mark(number, kind, x, round(width, 2), _TOP + _LANE * lane)


def _period(d: Description, contract: str) -> tuple[float, ...]:
    """Return the beginning and the end of the period of `contract`, as far as they are known."""
    period = d.iri_of(contract, "dcterms:temporal") or ""
    start, end = d.text(period, "dcat:startDate"), d.text(period, "dcat:endDate")
    found = (as_year(start) if start else None, as_year(end, end=True) if end else None)
    return tuple(year for year in found if year is not None)
