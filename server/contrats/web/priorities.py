"""The priorities of a contract: the source's words and groups, the editors' tags beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.alignment import Classified, Pair, classified, pairs_of, to_contract, to_plans
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Disagreement, Fact, Link, Value, fact, link_to
from contrats.web.succession import later_contracts, start_year
from contrats.web.texts import Text, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.web.description import Description
    from contrats.web.said import Said


@dataclass(frozen=True, slots=True)
class Row:
    """One priority of the table."""

    number: str | None
    priority: Link
    evidence: Evidence
    tags: Classified
    plans: tuple[Pair, ...]
    neighbours: tuple[tuple[Pair, ...], ...]
    """One tuple for each contract of `Priorities.neighbours`."""
    parent: Link | None
    truncated: bool
    note: Text | None
    actions: int | None
    """How many actions the source announces for it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Priorities under one title of the source; no title when the source makes no groups."""

    title: Link | None
    evidence: Evidence | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another generation of the same contract."""

    contract: Link
    year: str


@dataclass(frozen=True, slots=True)
class Priorities:
    """All priorities of a contract."""

    groups: tuple[Group, ...]
    count: int
    complete: bool
    declared: int | None
    neighbours: tuple[Neighbour, ...]
    """Those to whose priorities any of these was compared."""
    classified: Evidence | None
    """Who classified the first of those that are, and when."""
    aligned: bool
    """Whether any of them was held against a regional plan."""
    wording: Fact
    """Whose words the titles are, as far as that is known."""
    disagreements: tuple[Disagreement, ...]
    remarks: tuple[Value, ...]


def priorities_of(d: Description, contract: str, said: Said) -> Priorities:
    """Return the priorities of `contract` in the groups and the order of the source."""
    found = d.iris(contract, "cls:hasPriority")
    pairs = [pair for priority in found for pair in pairs_of(d, priority)]
    neighbours = tuple(
        each for each in neighbours_of(d, contract) if to_contract(pairs, each.contract.iri)
    )
    groups: dict[str | None, list[str]] = {}
    for priority in found:
        held = d.iri_of(priority, "cls:inGroup")
        parent = _parent(d, priority, found)
        held = held or (d.iri_of(parent, "cls:inGroup") if parent else None)
        groups.setdefault(held, []).append(priority)
    titled = d.in_order(group for group in groups if group)
    ordered: list[str | None] = [*titled, *([None] if None in groups else [])]
    made = tuple(_group(d, group, groups[group], neighbours) for group in ordered)
    return Priorities(
        made,
        sum(1 for p in found if not _parent(d, p, found)),
        d.true(contract, "cls:priorityListComplete"),
        d.number(contract, "cls:declaredPriorityCount"),
        neighbours,
        next((r.tags.evidence for g in made for r in g.rows if r.tags.evidence), None),
        bool(to_plans(pairs)),
        fact(d, contract, "cls:priorityWording", ""),
        said.disagreements_on("cls:hasPriority", "cls:declaredPriorityCount"),
        said.remarks_on("cls:hasPriority", "cls:declaredPriorityCount", "cls:priorityWording"),
    )


def neighbours_of(d: Description, contract: str) -> tuple[Neighbour, ...]:
    """Return the contracts just before and just after `contract`."""
    before = d.iris(contract, "cls:succeeds")
    return tuple(
        Neighbour(
            link_to(d, each),
            str(start_year(d, each) or "") or d.label(each),
        )
        for each in dict.fromkeys([*before, *later_contracts(d, contract)])
    )


def _group(
    d: Description, group: str | None, members: Sequence[str], neighbours: Sequence[Neighbour]
) -> Group:
    return Group(
        link_to(d, group) if group else None,
        evidence_of(d, group) if group else None,
        tuple(_row(d, priority, members, neighbours) for priority in _under_parents(d, members)),
    )


def _row(
    d: Description, priority: str, members: Sequence[str], neighbours: Sequence[Neighbour]
) -> Row:
    pairs = pairs_of(d, priority)
    parent = _parent(d, priority, members)
    return Row(
        d.text(priority, "skos:notation") or d.text(priority, "cls:priorityNumber"),
        link_to(d, priority),
        evidence_of(d, priority),
        classified(d, priority),
        to_plans(pairs),
        tuple(to_contract(pairs, each.contract.iri) for each in neighbours),
        link_to(d, parent) if parent else None,
        d.true(priority, "cls:labelIsTruncated"),
        text_of(d.literal(priority, "skos:note")),
        d.number(priority, "cls:declaredActionCount"),
    )


def _under_parents(d: Description, members: Sequence[str]) -> list[str]:
    """Return `members` in their order, each part after what it is a part of."""
    parents = {member: _parent(d, member, members) for member in members}
    ordered: list[str] = []
    waiting = [member for member in members if parents[member] is None]
    while waiting:
        member = waiting.pop(0)
        ordered.append(member)
        parts = [each for each in members if parents[each] == member and each not in ordered]
        waiting = [*parts, *waiting]
    return [*ordered, *(member for member in members if member not in ordered)]


def _parent(d: Description, priority: str, members: Sequence[str]) -> str | None:
    """Return the priority of the same contract that `priority` is a part of."""
    return next((p for p in d.iris(priority, "skos:broader") if p in members), None)
