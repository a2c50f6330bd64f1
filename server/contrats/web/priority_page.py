"""The page of one priority."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.parameter import short_name
from contrats.web.alignment import Classified, Pair, classified, pairs_of, to_plans
from contrats.web.behind import Behind, saved
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Fact, Link, fact, link_to
from contrats.web.texts import Text, text_of
from contrats.web.tongue import _

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
    announced: Fact
    """How many actions the source announces for it."""
    note: Text | None
    before: Link | None
    after: Link | None
    brief: Behind
    aligned: Behind
    read: Behind | None


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
        fact(d, priority, "cls:declaredActionCount", _("Actions annoncées")),
        text_of(d.literal(priority, "skos:note")),
        *_beside(d, priority, contract),
        saved("priority-in-brief", priority=short_name(priority)),
        saved("alignments-of-a-priority", priority=short_name(priority)),
        saved("where-it-was-read", contract=short_name(contract)) if contract else None,
    )


def _beside(d: Description, priority: str, contract: str | None) -> tuple[Link | None, Link | None]:
    """Return the priorities just before and just after `priority` in its contract."""
    every = d.iris(contract, "cls:hasPriority") if contract else ()
    if priority not in every:
        return None, None
    here = every.index(priority)
    near = (every[here - 1] if here else None, every[here + 1] if here + 1 < len(every) else None)
    before, after = (link_to(d, each) if each else None for each in near)
    return before, after
