"""The editors' links in a comparison: from one generation to the next, and to regional plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.comparison.generations import CHANGES, DROPPED, KEPT, NEW, TRANSFORMED
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Link, link_to
from contrats.web.tongue import FRENCH, _, is_english, mark
from contrats.web.words import decimal, relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.comparison.generations import Continuation, Generation, PriorityRef
    from contrats.comparison.plans import Alignment, Coverage
    from contrats.web.behind import Behind
    from contrats.web.compare_behind import Backing
    from contrats.web.compare_cells import Column
    from contrats.web.description import Description

_TITLES: Final = {
    KEPT: mark("Reprises"),
    TRANSFORMED: mark("Transformées"),
    NEW: mark("Nouvelles"),
    DROPPED: mark("Abandonnées"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One priority and what the editors link it to in the other generation."""

    earlier: Link | None
    earlier_number: int | None
    later: Link | None
    later_number: int | None
    relation: str | None
    confidence: str | None
    searched: bool
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Continued:
    """Priorities of which the same became."""

    change: str
    title: str
    count: int
    behind: Behind
    of: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """One alignment of a priority with an item of a plan."""

    priority: Link
    number: int | None
    relation: str
    confidence: str | None
    anachronistic: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An item of a plan and what each contract aligns to it; `first` of its document."""

    item: Link
    document: Link
    first: bool
    cells: tuple[tuple[str, tuple[Aligned, ...]], ...]


def continued(d: Description, two: Generation, backing: Backing) -> tuple[Continued, ...]:
    """Return the priorities of two generations by what became of them; nothing when unknown."""
    if not two.continuations:
        return ()
    return tuple(
        Continued(
            change,
            _(_TITLES[change]),
            two.continued(change),
            backing.pair("compared-generations", two.earlier, two.later, change),
            "earlier" if change in {KEPT, TRANSFORMED} else "",
            tuple(_step(d, each) for each in two.continuations if each.change == change),
        )
        for change in CHANGES
    )


def plan_rows(d: Description, coverage: Coverage, columns: Sequence[Column]) -> tuple[PlanRow, ...]:
    """Return the items of plans that any of the contracts is aligned to."""
    seen: set[str] = set()
    rows = []
    for each in coverage.items:
        cells = tuple(
            (column.short, tuple(_aligned(d, a) for a in held))
            for column, held in zip(columns, each.cells, strict=True)
        )
        document = link_to(d, each.origin)
        rows.append(PlanRow(link_to(d, each.item), document, each.origin not in seen, cells))
        seen.add(each.origin)
    return tuple(rows)


def _step(d: Description, each: Continuation) -> Step:
    found = each.relation is not None and not each.searched
    return Step(
        _link(d, each.earlier),
        each.earlier.number if each.earlier else None,
        _link(d, each.later),
        each.later.number if each.later else None,
        relation(each.relation) if found and each.relation else None,
        decimal(each.confidence) if each.confidence else None,
        each.searched,
        evidence_of(d, each.alignment) if each.alignment else None,
    )


def _link(d: Description, ref: PriorityRef | None) -> Link | None:
    return link_to(d, ref.iri) if ref else None


def _aligned(d: Description, each: Alignment) -> Aligned:
    spoken = FRENCH if is_english() else None
    path = link_to(d, each.priority).path
    return Aligned(
        Link(each.title, path, iri=each.priority, language=spoken),
        each.number,
        relation(each.relation),
        decimal(each.confidence) if each.confidence else None,
        each.anachronistic,
        evidence_of(d, each.node),
    )
