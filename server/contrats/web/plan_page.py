"""The page of a regional plan, of one of its documents or items: the tree, and what is aligned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.web.alignment import Pair, pairs_of
from contrats.web.dates import in_words
from contrats.web.evidence import Evidence, evidence_for, evidence_of
from contrats.web.frame import PlanReference, reference_of
from contrats.web.parts import Fact, Link, Value, fact, link_to

if TYPE_CHECKING:
    from contrats.web.description import Description

_DEPTH: Final = 8


@dataclass(frozen=True, slots=True)
class Count:
    """How many items of a kind the plan announces, and how many are known."""

    kind: str
    declared: str | None
    known: int
    note: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Branch:
    """A document or an item of the plan, with what is aligned to it and its own parts."""

    link: Link
    kind: str | None
    notation: str | None
    official: bool
    confidence: str | None
    issued: str | None
    note: str | None
    pairs: tuple[Pair, ...]
    counts: tuple[Count, ...]
    parts: tuple[Branch, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What the template shows of a plan."""

    identity: tuple[Fact, ...]
    tree: Branch
    implemented: tuple[Value, ...]
    references: tuple[tuple[Link | None, PlanReference], ...]
    above: tuple[Link, ...]


def plan_page(d: Description) -> PlanPage:
    """Return the page of the plan, document or item that `d` describes."""
    plan = d.iri
    references = d.leading_to(plan, "cls:refersToPlan")
    holders = {r: next(iter(d.leading_to(r, "cls:hasPlanReference")), None) for r in references}
    return PlanPage(
        _identity(d, plan),
        _branch(d, plan, _DEPTH),
        tuple(_implementing(d, c) for c in d.leading_to(plan, "cls:implementsPlan")),
        tuple((link_to(d, c) if c else None, reference_of(d, r)) for r, c in holders.items()),
        tuple(link_to(d, p) for p in d.iris(plan, "dcterms:isPartOf")),
    )


def _identity(d: Description, plan: str) -> tuple[Fact, ...]:
    """Return what is known of the plan itself; items have neither period nor publisher."""
    rows = [
        ("cls:itemKind", "Nature"),
        ("dcterms:temporal", "Période"),
        ("dcterms:issued", "Adoption"),
        ("dcterms:publisher", "Adopté par"),
        ("cls:labelIsOfficial", "Intitulé officiel"),
        ("cls:confidenceLevel", "Confiance dans le libellé"),
        ("skos:note", "Note"),
    ]
    needed = set() if d.is_a(plan, "cls:PlanItem") else {"dcterms:temporal", "dcterms:issued"}
    return tuple(
        fact(d, plan, name, title) for name, title in rows if name in needed or d.values(plan, name)
    )


def _branch(d: Description, thing: str, depth: int) -> Branch:
    """Return `thing` with its parts, to `depth` levels."""
    kind, level = d.iri_of(thing, "cls:itemKind"), d.iri_of(thing, "cls:confidenceLevel")
    issued = d.text(thing, "dcterms:issued")
    return Branch(
        link_to(d, thing),
        d.label(kind) if kind else None,
        d.text(thing, "skos:notation"),
        d.true(thing, "cls:labelIsOfficial"),
        d.label(level) if level else None,
        in_words(issued) if issued else None,
        d.text(thing, "skos:note"),
        pairs_of(d, thing),
        tuple(_count(d, thing, node) for node in d.leading_to(thing, "cls:countOf")),
        tuple(_branch(d, part, depth - 1) for part in _parts(d, thing)) if depth else (),
        evidence_of(d, thing),
    )


def _parts(d: Description, thing: str) -> tuple[str, ...]:
    """Return the parts of `thing`: an item under another item is listed there only."""
    held = d.leading_to(thing, "dcterms:isPartOf")
    direct = [p for p in held if not set(d.iris(p, "skos:broader")) & set(held)]
    below = [p for p in d.leading_to(thing, "skos:broader") if d.is_a(p, "cls:PlanItem")]
    return tuple(sorted({*direct, *below}, key=lambda p: (*_order(d, p), p)))


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


def _count(d: Description, thing: str, node: str) -> Count:
    kind = d.iri_of(node, "cls:itemKind")
    parts = _parts(d, thing)
    same = [p for p in parts if d.iri_of(p, "cls:itemKind") == kind]
    if kind and kind.endswith("/document"):
        same = [p for p in parts if d.is_a(p, "cls:PlanDocument")]
    return Count(
        d.label(kind) if kind else "",
        d.text(node, "cls:declaredItemCount"),
        len(same),
        d.text(node, "skos:note"),
        evidence_of(d, node),
    )


def _implementing(d: Description, contract: str) -> Value:
    link = link_to(d, contract)
    return Value(
        link.text, link.path, link.external, None, evidence_for(d, contract, "cls:implementsPlan")
    )
