"""Alignments and classifications as a reader sees them: words, confidence, and never as facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Link, link_to
from contrats.web.words import decimal, relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.web.description import Description

NO_TERM: Final = "https://w3id.org/sssom/NoTermFound"


@dataclass(frozen=True, slots=True)
class Pair:
    """One alignment seen from one of its ends; `other` is None where none was found."""

    other: Link | None
    searched: Link | None
    """Where nothing was found: in which plan or contract it was looked for."""
    context: Link | None
    """The plan document or the contract that the other end belongs to."""
    relation: str
    confidence: str | None
    anachronistic: bool
    evidence: Evidence
    label: str | None


@dataclass(frozen=True, slots=True)
class Classified:
    """The editorial themes and populations of a priority, and who says so."""

    themes: tuple[Link, ...]
    populations: tuple[Link, ...]
    evidence: Evidence | None


def pairs_of(d: Description, thing: str) -> tuple[Pair, ...]:
    """Return the alignments of `thing`, the surest first, in both directions."""
    forward = [n for n in d.leading_to(thing, "owl:annotatedSource") if d.is_a(n, "cls:Alignment")]
    back = [n for n in d.leading_to(thing, "owl:annotatedTarget") if d.is_a(n, "cls:Alignment")]
    found = [_pair(d, node, "owl:annotatedTarget") for node in forward]
    found += [_pair(d, node, "owl:annotatedSource") for node in back]
    return tuple(sorted(found, key=_strength))


def to_plans(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return those of `pairs` whose other end, found or looked for, is part of a regional plan."""
    return tuple(p for p in pairs if _leads_to(p, "/id/plan/"))


def to_contract(pairs: Iterable[Pair], contract: str) -> tuple[Pair, ...]:
    """Return those of `pairs` whose other end belongs to `contract`."""
    return tuple(p for p in pairs if contract in {_iri(p.context), _iri(p.searched)})


def classified(d: Description, priority: str) -> Classified:
    """Return how the editors classify `priority`."""
    node = next(iter(d.leading_to(priority, "cls:classifies")), None)
    principal = d.iri_of(node, "cls:principalTheme") if node else None
    themes = sorted(d.iris(priority, "cls:hasTheme"), key=lambda t: (t != principal, t))
    return Classified(
        tuple(link_to(d, theme) for theme in themes),
        tuple(link_to(d, each) for each in d.iris(priority, "cls:targetsPopulation")),
        evidence_of(d, node) if node else None,
    )


def _pair(d: Description, node: str, other_end: str) -> Pair:
    """Return the alignment `node`, looked at towards `other_end`."""
    reverse = other_end == "owl:annotatedSource"
    other = d.iri_of(node, other_end)
    none_found = other in {None, NO_TERM}
    predicate = d.iri_of(node, "owl:annotatedProperty") or ""
    looked_in = d.iri_of(node, "sssom:object_source")
    confidence = d.text(node, "sssom:confidence")
    return Pair(
        None if none_found or other is None else link_to(d, other),
        link_to(d, looked_in) if none_found and looked_in else None,
        None if none_found or other is None else _context(d, other),
        relation(predicate, reverse=reverse),
        decimal(confidence) if confidence else None,
        d.true(node, "cls:anachronistic"),
        evidence_of(d, node),
        d.text(node, "sssom:object_label"),
    )


def _context(d: Description, thing: str) -> Link | None:
    """Return the contract or the plan document that `thing` belongs to."""
    for name in ("cls:priorityOf", "dcterms:isPartOf"):
        found = d.iri_of(thing, name)
        if found:
            return link_to(d, found)
    holders = d.leading_to(thing, "cls:hasPriority")
    return link_to(d, holders[0]) if holders else None


def _strength(pair: Pair) -> tuple[bool, bool, float, str]:
    """Order: what the time allows first, then what was found, then the surest."""
    confidence = float(pair.confidence.replace(",", ".")) if pair.confidence else 0.0
    return (pair.anachronistic, pair.other is None, -confidence, _iri(pair.other))


def _leads_to(pair: Pair, step: str) -> bool:
    return step in _iri(pair.other) or step in _iri(pair.searched)


def _iri(link: Link | None) -> str:
    return link.iri if link else ""
