"""The periods of several contracts on one axis of years, with the regional plans they speak of."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.axis import axis_over
from contrats.web.compare_cells import short_name
from contrats.web.dates import as_year, in_words, span
from contrats.web.evidence import evidence_for
from contrats.web.parts import Link, link_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contrats.comparison.acts import Act
    from contrats.comparison.comparison import Comparison
    from contrats.web.axis import Axis, Tick
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Bar:
    """One period in percent of the axis; `signed` is where its signature lies."""

    x: float
    width: float
    text: str
    signed: float | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the figure, `y` pixels from the top."""

    title: str
    kind: str
    bars: tuple[Bar, ...]
    gaps: tuple[tuple[float, float], ...]
    y: int


@dataclass(frozen=True, slots=True)
class Dated:
    """One row of the table with the same dates; what is None is not stated."""

    link: Link
    period: str | None
    when: str | None
    deduced: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """What the figure and its table are drawn from; no lane when no period is known."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Dated, ...]
    gap_years: tuple[str, ...]
    today: float | None
    first: int
    last: int
    height: int


_STEP = 56
"""Pixels from one line of the figure to the next."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A thing with the years in which it begins and ends."""

    iri: str
    start: float
    end: float


def bars_of(d: Description, found: Comparison, today: str) -> Bars:
    """Return the periods of the contracts of `found`; generations share a line."""
    plans = _plans(d, found.acts)
    spans = {each.iri: each for each in (_span(d, iri) for iri in plans) if each}
    acts = {act.iri: each for act in found.acts if (each := _act_span(act))}
    every = [*spans.values(), *acts.values()]
    rows = (*(_plan_row(d, plan) for plan in plans), *(_act_row(d, act) for act in found.acts))
    years = gap_years(found)
    if not acts:
        return Bars((), (), rows, years, None, 0, 0, 0)
    axis = axis_over(year for each in every for year in (each.start, each.end))
    first, last = axis.first, axis.last
    lanes = tuple(_lanes(d, found, spans, acts, axis))
    now = as_year(today)
    inside = now is not None and first <= now <= last + 1
    return Bars(
        lanes, axis.ticks(), rows, years, axis.at(now) if inside and now else None,
        first, last, len(lanes) * _STEP + 22,
    )  # fmt: skip


def gap_years(found: Comparison) -> tuple[str, ...]:
    """Return the years between one generation and the next for which no contract is known."""
    years = []
    if found.chain:
        spans = [_act_span(act) for act in found.acts]
        for before, after in itertools.pairwise(spans):
            if before and after and math.ceil(after.start) > math.floor(before.end):
                first, last = math.floor(before.end), math.ceil(after.start) - 1
                years.append(str(first) if last <= first else f"{first}-{last}")
    return tuple(years)


def _lanes(
    d: Description,
    found: Comparison,
    plans: dict[str, _Span],
    acts: dict[str, _Span],
    axis: Axis,
) -> Iterable[Lane]:
    """Yield the line of the plans, then one for generations together, or one a contract."""
    y = 0
    for plan, each in plans.items():
        yield Lane(d.label(plan), "plan", (_drawn(axis, each, _said(d, plan)),), (), y)
        y += _STEP
    if found.chain:
        bars = tuple(_bar(axis, act, acts[act.iri]) for act in found.acts if act.iri in acts)
        yield Lane(found.acts[0].place or "", "this", bars, _gaps(axis, found, acts), y)
        return
    for act in found.acts:
        if act.iri in acts:
            yield Lane(short_name(act), "this", (_bar(axis, act, acts[act.iri]),), (), y)
            y += _STEP


def _bar(axis: Axis, act: Act, each: _Span) -> Bar:
    signed = as_year(act.signature) if act.signature else None
    return _drawn(axis, each, span(act.start, act.end) or "", signed)


def _drawn(axis: Axis, each: _Span, text: str, signed: float | None = None) -> Bar:
    left = axis.at(each.start)
    inside = signed is not None and axis.first <= signed <= axis.last + 1
    at = axis.at(signed) if inside and signed is not None else None
    return Bar(left, round(axis.at(each.end) - left, 2), text, at)


def _gaps(axis: Axis, found: Comparison, acts: dict[str, _Span]) -> tuple[tuple[float, float], ...]:
    held = [acts[act.iri] for act in found.acts if act.iri in acts]
    pairs = [(a.end, b.start) for a, b in itertools.pairwise(held) if b.start > a.end]
    return tuple((axis.at(a), round(axis.at(b) - axis.at(a), 2)) for a, b in pairs)


def _plans(d: Description, acts: Sequence[Act]) -> list[str]:
    """Return the regional plans that the contracts speak of, by the start of their period."""
    found = {
        plan
        for act in acts
        for reference in d.iris(act.iri, "cls:hasPlanReference")
        for plan in d.iris(reference, "cls:refersToPlan")
    } | {plan for act in acts for plan in d.iris(act.iri, "cls:implementsPlan")}
    return sorted(found, key=lambda plan: (_said(d, plan), plan))


def _span(d: Description, thing: str) -> _Span | None:
    period = d.iri_of(thing, "dcterms:temporal") or ""
    return _years(thing, d.text(period, "dcat:startDate"), d.text(period, "dcat:endDate"))


def _act_span(act: Act) -> _Span | None:
    return _years(act.iri, act.start, act.end)


def _years(iri: str, start: str | None, end: str | None) -> _Span | None:
    first = as_year(start) if start else None
    last = as_year(end, end=True) if end else None
    if first is None or last is None or first >= last:
        return None
    return _Span(iri, first, last)


def _said(d: Description, thing: str) -> str:
    period = d.iri_of(thing, "dcterms:temporal") or ""
    return span(d.text(period, "dcat:startDate"), d.text(period, "dcat:endDate")) or ""


def _plan_row(d: Description, plan: str) -> Dated:
    issued = d.text(plan, "dcterms:issued")
    return Dated(link_to(d, plan), _said(d, plan) or None, in_words(issued) if issued else None,
                 deduced=False)  # fmt: skip


def _act_row(d: Description, act: Act) -> Dated:
    names = ("dcat:startDate", "dcat:endDate")
    deduced = any(evidence_for(d, act.period or "", name).marked for name in names)
    signed = in_words(act.signature) if act.signature else None
    return Dated(link_to(d, act.iri), span(act.start, act.end), signed, deduced)
