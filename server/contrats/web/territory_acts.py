"""The contracts of a territory, whole or in part, and how each stands to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.search import stem
from contrats.web.dates import span
from contrats.web.parts import Link, link_to
from contrats.web.stages import stage_name
from contrats.web.tongue import _, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contrats.web.description import Description

_WAYS: Final = {
    "dcterms:spatial": mark("porte sur ce territoire"),
    "cls:coversCommune": mark("couvre cette commune"),
    "cls:inDepartement": mark("se trouve ici, en tout ou partie"),
    "cls:inRegion": mark("se trouve ici, en tout ou partie"),
}
"""How a contract stands to a territory, in the order in which the first that holds is said."""
_BY_GROUP: Final = mark("porte sur un groupe dont il fait partie")
_BY_COMMUNE: Final = mark("couvre une commune d’ici")


@dataclass(frozen=True, slots=True)
class Act:
    """One contract or preparatory act of the territory; `stage` is None for a signed contract."""

    link: Link
    period: str | None
    stage: str | None
    way: str


def ways_of(d: Description, place: str) -> dict[str, str]:
    """Return the contracts and acts of `place`, whole or in part, and how each stands to it."""
    found: dict[str, str] = {}
    for name, way in _WAYS.items():
        _add(d, found, d.leading_to(place, name), way)
    for group in d.leading_to(place, "dcterms:hasPart"):
        _add(d, found, d.leading_to(group, "dcterms:spatial"), _BY_GROUP)
    if d.is_a(place, "igeo:Intercommunalite"):
        for commune in d.leading_to(place, "igeo:subdivisionDe"):
            _add(d, found, d.leading_to(commune, "cls:coversCommune"), _BY_COMMUNE)
    return found


def _add(d: Description, found: dict[str, str], acts: Iterable[str], way: str) -> None:
    for act in acts:
        if d.is_a(act, "cls:LocalHealthContract"):
            found.setdefault(act, way)


def acts_of(d: Description, ways: Mapping[str, str]) -> tuple[Act, ...]:
    """Return the acts of `ways` by their beginning, then by name."""
    rows = []
    for act, way in ways.items():
        period = d.iri_of(act, "dcterms:temporal") or ""
        start, end = d.text(period, "dcat:startDate"), d.text(period, "dcat:endDate")
        row = Act(link_to(d, act), span(start, end), stage_name(d, act), _(way))
        rows.append((start or "9", stem(row.link.text), act, row))
    return tuple(row for *_order, row in sorted(rows, key=lambda each: each[:3]))
