"""The time bar of a territory: plans above, contracts below; the same dates in a table."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.web.axis import Axis, Tick, axis_over
from contrats.web.dates import as_year, in_words, span, year_of
from contrats.web.evidence import Evidence, evidence_for
from contrats.web.parts import Link, link_to
from contrats.web.succession import earlier_contracts, later_contracts
from contrats.web.tongue import _
from contrats.web.words import ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.web.description import Description


_YEAR: Final = 4
"""Letters of the year in a date."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One period; x and width in percent of the axis; `open` when its end is not known."""

    link: Link
    short: str
    long: str
    x: float
    width: float
    this: bool
    signed_x: float | None
    signed: str | None
    evidence: Evidence | None
    span: str
    open: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Years between two contracts for which none is known."""

    x: float
    width: float
    years: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the figure and its table are drawn from."""

    plans: tuple[Bar, ...]
    contracts: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    gaps: tuple[Gap, ...]
    today_x: float | None
    today: str
    first: int
    last: int

    @property
    def open(self) -> bool:
        """Tell whether the end of any period is not known."""
        return any(bar.open for bar in self.contracts)


def timeline_of(d: Description, contract: str, today: str) -> Timeline | None:
    """Return the periods around `contract`; `today` is the date of the data; None when unknown."""
    contracts = _generations(d, contract)
    plans = sorted({p for c in contracts for p in _plans(d, c)})
    now = as_year(today)
    dated = {each: dates for each in (*plans, *contracts) if (dates := _drawn(d, each, now))}
    if contract not in dated:
        return None
    axis = axis_over(year for dates in dated.values() for year in dates)
    return Timeline(
        tuple(_bar(d, p, axis, dated[p], contract) for p in plans if p in dated),
        tuple(_bar(d, c, axis, dated[c], contract) for c in contracts if c in dated),
        axis.ticks(),
        _gaps(d, contracts, axis),
        axis.at(now) if now and axis.first <= now <= axis.last + 1 else None,
        in_words(today),
        axis.first,
        axis.last,
    )


def _generations(d: Description, contract: str) -> Sequence[str]:
    """Return the contracts of the territory that are known, the first one first."""
    before = earlier_contracts(d, contract)
    after: list[str] = []
    for each in later_contracts(d, contract):
        after += [each, *later_contracts(d, each)]
    return list(dict.fromkeys([*reversed(before), contract, *after]))


def _plans(d: Description, contract: str) -> list[str]:
    """Return the regional plans that `contract` speaks of."""
    found = [
        plan
        for reference in d.iris(contract, "cls:hasPlanReference")
        for plan in d.iris(reference, "cls:refersToPlan")
    ]
    return [*found, *d.iris(contract, "cls:implementsPlan")]


def _dates(d: Description, thing: str) -> tuple[float, float] | None:
    """Return the beginning and the end of the period of `thing`, None when one is not known."""
    period = d.iri_of(thing, "dcterms:temporal") or ""
    start, end = d.text(period, "dcat:startDate"), d.text(period, "dcat:endDate")
    first = as_year(start) if start else None
    last = as_year(end, end=True) if end else None
    return (first, last) if first is not None and last is not None and first < last else None


def _drawn(d: Description, thing: str, now: float | None) -> tuple[float, float] | None:
    """Return from where to where `thing` is drawn: to the date of the data when its end is unknown.

    A bar without a known end is drawn as such, a year long at least.
    """
    period = d.iri_of(thing, "dcterms:temporal") or ""
    start, end = d.text(period, "dcat:startDate"), d.text(period, "dcat:endDate")
    first = as_year(start) if start and not end else None
    if first is None:
        return _dates(d, thing)
    after = (_drawn(d, each, now) for each in later_contracts(d, thing))
    return first, min([max(first + 1, now or 0.0), *(dates[0] for dates in after if dates)])


def _bar(d: Description, thing: str, axis: Axis, dates: tuple[float, float], this: str) -> Bar:
    start, end = dates
    period = d.iri_of(thing, "dcterms:temporal") or ""
    first, last = d.text(period, "dcat:startDate"), d.text(period, "dcat:endDate")
    short = "-".join(date[:_YEAR] for date in (first, last) if date)
    signature = d.text(thing, "cls:signatureDate")
    rank = d.number(thing, "cls:generation")
    signed = as_year(signature) if signature else None
    when = signature or d.text(thing, "dcterms:issued")
    return Bar(
        link_to(d, thing),
        short,
        f"{ordinal(rank)} · {short}" if rank else short,
        axis.at(start),
        round(axis.at(end) - axis.at(start), 2),
        thing == this,
        axis.at(signed) if signed is not None else None,
        in_words(when) if when else None,
        evidence_for(d, thing, "cls:signatureDate") if signature else None,
        span(first, last) or "",
        last is None,
    )


def _gaps(d: Description, contracts: Sequence[str], axis: Axis) -> tuple[Gap, ...]:
    """Return the time between one contract and the next for which no contract is known."""
    periods = sorted(dates for each in contracts if (dates := _dates(d, each)))
    gaps = []
    for (_start, end), (start, _end) in itertools.pairwise(periods):
        if start > end:
            last = math.ceil(start) - 1
            first = math.floor(end)
            years = str(first) if last <= first else f"{first}-{last}"
            gaps.append(Gap(axis.at(end), round(axis.at(start) - axis.at(end), 2), years))
    return tuple(gaps)


def state_of(d: Description, contract: str, today: str) -> str | None:
    """Return where the contract stands at the date of the data, computed from its period."""
    period = d.iri_of(contract, "dcterms:temporal") or ""
    end = year_of(d.literal(period, "dcat:endDate"))
    start = year_of(d.literal(period, "dcat:startDate"))
    now = as_year(today)
    if end is None or start is None or now is None:
        return None
    if now >= end + 1:
        return _("échu depuis %(year)s", year=end + 1)
    return _("à venir") if now < start else _("en cours jusqu’à %(year)s", year=end)
