"""The page of one priority."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.alignment import Classified, Pair, classified, pairs_of, to_plans
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Link, link_to

if TYPE_CHECKING:
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class PriorityPage:
    """What the template shows of a priority, beside its plain facts."""

    contract: Link | None
    number: str | None
    group: Link | None
    parents: tuple[Link, ...]
    parts: tuple[Link, ...]
    actions: tuple[Link, ...]
    tags: Classified
    plans: tuple[Pair, ...]
    others: tuple[Pair, ...]
    evidence: Evidence


def priority_page(d: Description) -> PriorityPage:
    """Return the page of the priority that `d` describes."""
    priority = d.iri
    pairs = pairs_of(d, priority)
    plans = to_plans(pairs)
    contract = d.iri_of(priority, "cls:priorityOf")
    contract = contract or next(iter(d.leading_to(priority, "cls:hasPriority")), None)
    group = d.iri_of(priority, "cls:inGroup")
    parts = {*d.iris(priority, "skos:narrower"), *d.leading_to(priority, "skos:broader")}
    return PriorityPage(
        link_to(d, contract) if contract else None,
        d.text(priority, "skos:notation") or d.text(priority, "cls:priorityNumber"),
        link_to(d, group) if group else None,
        tuple(link_to(d, p) for p in d.iris(priority, "skos:broader")),
        tuple(link_to(d, p) for p in d.in_order(parts)),
        tuple(link_to(d, a) for a in d.leading_to(priority, "cls:contributesTo")),
        classified(d, priority),
        plans,
        tuple(p for p in pairs if p not in plans),
        evidence_of(d, priority),
    )
