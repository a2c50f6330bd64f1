"""The frame of a contract: regional plan, diagnosis, local plans, law; what sources claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.evidence import Evidence, evidence_for, evidence_of
from contrats.web.parts import Fact, Link, Value, fact, link_to, node_value
from contrats.web.results import dated
from contrats.web.words import capital

if TYPE_CHECKING:
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class PlanReference:
    """One way in which the contract speaks of a regional plan."""

    kind: str
    plan: Link | None
    name_in_source: str | None
    basis: str | None
    note: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two values that do not agree; neither wins."""

    title: str
    note: str | None
    claims: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a contract."""

    implements: Fact
    references: tuple[PlanReference, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Value, ...]
    disagreements: tuple[Disagreement, ...]


def frame_of(d: Description, contract: str) -> Frame:
    """Return the frame of `contract`."""
    return Frame(
        fact(d, contract, "cls:implementsPlan", "Décline"),
        tuple(reference_of(d, each) for each in d.iris(contract, "cls:hasPlanReference")),
        _facts(d, contract),
        tuple(
            node_value(d, each)
            for each in d.leading_to(contract, "cls:about")
            if d.is_a(each, "cls:Claim") and not d.leading_to(each, "cls:hasClaim")
        ),
        tuple(
            _disagreement(d, each)
            for each in d.leading_to(contract, "cls:about")
            if d.is_a(each, "cls:Disagreement")
        ),
    )


def _facts(d: Description, contract: str) -> tuple[Fact, ...]:
    """Return the rows of the frame, each even when no source states it."""
    return (
        _nodes(d, contract, "cls:basedOnDiagnosis", "Diagnostic"),
        *_if_known(d, contract, "dcterms:relation", "Diagnostic voisin"),
        _nodes(d, contract, "prov:wasGeneratedBy", "Préparation"),
        _nodes(d, contract, "cls:hasRelatedFramework", "Plans et cadres locaux"),
        _nodes(d, contract, "cls:targetsTerritory", "Quartiers prioritaires"),
        fact(d, contract, "dcterms:references", "Textes et ressources cités"),
        fact(d, contract, "cls:legalBasis", "Droit en vigueur à la signature"),
        *_if_known(d, contract, "cls:hasDocument", "Documents"),
    )


def _nodes(d: Description, contract: str, name: str, title: str) -> Fact:
    """Return the nodes that `contract` leads to by `name`, with what is known of each."""
    return Fact(title, tuple(_noted(d, contract, name, n) for n in d.iris(contract, name)))


def _if_known(d: Description, contract: str, name: str, title: str) -> tuple[Fact, ...]:
    """Return the row only when something is stated: not every contract has one."""
    found = _nodes(d, contract, name, title)
    return (found,) if found.values else ()


def _noted(d: Description, contract: str, name: str, node: str) -> Value:
    """Return `node` with its author, its date and its note in a line."""
    author = d.iri_of(node, "prov:wasAttributedTo")
    central = d.iri_of(node, "cls:hasCentralObjective")
    date = dated(d, node)
    known = [
        d.label(author) if author else None,
        date if date and not d.text(node, "skos:note") else None,
        f"objectif central : {d.label(central)}" if central else None,
        d.text(node, "skos:note"),
    ]
    note = ". ".join(capital(each.rstrip(".")) for each in known if each) or None
    value = node_value(d, node, note)
    if value.evidence and value.evidence.readings:
        return value
    term = next(v for v in d.values(contract, name) if v.value == node)
    evidence = evidence_for(d, contract, name, term)
    return Value(value.text, value.path, value.external, None, evidence, note)


def reference_of(d: Description, node: str) -> PlanReference:
    """Return how the plan reference `node` speaks of its plan."""
    kind, plan = d.iri_of(node, "cls:planLinkKind"), d.iri_of(node, "cls:refersToPlan")
    basis = d.iri_of(node, "cls:identificationBasis")
    return PlanReference(
        d.label(kind) if kind else "",
        link_to(d, plan) if plan else None,
        d.text(node, "cls:nameInSource"),
        d.label(basis) if basis and not basis.endswith("/stated") else None,
        d.text(node, "skos:note"),
        evidence_of(d, node),
    )


def _disagreement(d: Description, node: str) -> Disagreement:
    return Disagreement(
        d.label(node),
        d.text(node, "skos:note") or d.text(node, "rdfs:comment"),
        tuple(node_value(d, claim) for claim in d.iris(node, "cls:hasClaim")),
    )
