"""The items of a regional plan: what is aligned to each in contracts, and to which nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.web.alignment import Pair, pairs_of
from contrats.web.dates import in_words
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Link, link_to
from contrats.web.tongue import mark

if TYPE_CHECKING:
    from contrats.web.description import Description

_HOLDS: Final = {
    "cls:hasPriority": mark("priorité"),
    "cls:hasPrinciple": mark("principe"),
    "cls:hasKeyElement": mark("élément clé"),
    "cls:hasObjective": mark("objectif"),
}
"""What a contract has that may be aligned, and its name."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """One alignment to an item: what of which contract, or of ours where there is none."""

    pair: Pair
    contract: Link | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """An item or a document of a plan, and all that is aligned to it, the surest first."""

    link: Link
    kind: str | None
    notation: str | None
    official: bool
    issued: str | None
    note: str | None
    document: Link | None
    aligned: tuple[Aligned, ...]
    evidence: Evidence
    is_item: bool

    @property
    def answers(self) -> tuple[Aligned, ...]:
        """Return what is aligned to it in contracts that time allows."""
        return tuple(a for a in self.aligned if a.contract and not a.pair.anachronistic)

    @property
    def late(self) -> tuple[Aligned, ...]:
        """Return what is aligned to it in contracts that were signed before it was adopted."""
        return tuple(a for a in self.aligned if a.contract and a.pair.anachronistic)


def item_of(d: Description, thing: str) -> Item:
    """Return the item, document or plan `thing`."""
    kind, document = d.iri_of(thing, "cls:itemKind"), d.iri_of(thing, "dcterms:isPartOf")
    issued = d.text(thing, "dcterms:issued")
    return Item(
        link_to(d, thing),
        d.label(kind) if kind else None,
        d.text(thing, "skos:notation"),
        d.true(thing, "cls:labelIsOfficial"),
        in_words(issued) if issued else None,
        d.text(thing, "skos:note"),
        link_to(d, document) if document else None,
        tuple(_aligned(d, pair) for pair in pairs_of(d, thing) if pair.other),
        evidence_of(d, thing),
        d.is_a(thing, "cls:PlanItem"),
    )


def parts_of_plan(d: Description, thing: str) -> tuple[str, ...]:
    """Return the parts of `thing`: an item under another item is listed there only."""
    held = d.leading_to(thing, "dcterms:isPartOf")
    direct = [p for p in held if not set(d.iris(p, "skos:broader")) & set(held)]
    below = [p for p in d.leading_to(thing, "skos:broader") if d.is_a(p, "cls:PlanItem")]
    return tuple(sorted({*direct, *below}, key=lambda p: (*_order(d, p), p)))


def items_within(d: Description, thing: str) -> tuple[Item, ...]:
    """Return all items below `thing`, at any depth, in order."""
    found: dict[str, None] = {}
    waiting = list(parts_of_plan(d, thing))
    while waiting:
        part = waiting.pop(0)
        if part not in found:
            found[part] = None
            waiting[:0] = parts_of_plan(d, part)
    items = (item_of(d, part) for part in found)
    return tuple(each for each in items if each.is_item)


def unmet(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return those of `items` to which no known contract is aligned, or only too early."""
    return tuple(item for item in items if not item.answers)


def _aligned(d: Description, pair: Pair) -> Aligned:
    """Return `pair` with the contract that its other end belongs to."""
    other = pair.other.iri if pair.other else ""
    for name, kind in _HOLDS.items():
        holders = d.leading_to(other, name)
        if holders:
            return Aligned(pair, link_to(d, holders[0]), kind)
    return Aligned(pair, None, None)


def _order(d: Description, part: str) -> tuple[str, str, int, str]:
    """Order: documents by date, items by kind, then number, then name."""
    notation = d.text(part, "skos:notation") or ""
    number = int(notation) if notation.isdigit() else 10_000
    return (
        d.text(part, "dcterms:issued") or "",
        d.iri_of(part, "cls:itemKind") or "",
        number,
        d.label(part),
    )
