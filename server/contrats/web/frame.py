"""The frame of a contract: regional plan, diagnosis, local plans, law; what sources claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contrats.web.evidence import Evidence, evidence_for, evidence_of
from contrats.web.parts import Fact, Link, Value, fact, label_language, link_to, node_value
from contrats.web.results import dated
from contrats.web.texts import Text, in_french, text_of
from contrats.web.tongue import _
from contrats.web.words import capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contrats.web.description import Description
    from contrats.web.said import Said


@dataclass(frozen=True, slots=True)
class PlanReference:
    """One way in which the contract speaks of a regional plan."""

    kind: str
    plan: Link | None
    name_in_source: str | None
    basis: str | None
    note: Text | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a contract."""

    implements: Fact
    references: tuple[PlanReference, ...]
    facts: tuple[Fact, ...]
    silent: tuple[str, ...]
    """The names of the rows of which no source read says anything."""
    notes: tuple[Value, ...]


def frame_of(d: Description, contract: str, said: Said) -> Frame:
    """Return the frame of `contract`, with what is said about it."""
    rows = _facts(d, contract, said)
    known = tuple(row for row in rows if row.values or row.disagreements or row.remarks)
    return Frame(
        fact(d, contract, "cls:implementsPlan", _("Décline")),
        tuple(reference_of(d, each) for each in d.iris(contract, "cls:hasPlanReference")),
        known,
        tuple(row.name for row in rows if row not in known),
        said.notes,
    )


def _facts(d: Description, contract: str, said: Said) -> tuple[Fact, ...]:
    """Return the rows of the frame, each even when no source states it."""
    based = d.iris(contract, "cls:basedOnDiagnosis")
    other = tuple(
        _noted(d, contract, "cls:hasDiagnosis", node)
        for node in d.iris(contract, "cls:hasDiagnosis")
        if node not in based
    )
    diagnoses = _nodes(d, contract, "cls:basedOnDiagnosis", _("Diagnostic"))
    return (
        said.beside(
            replace(diagnoses, values=(*diagnoses.values, *other)),
            "cls:basedOnDiagnosis",
            "cls:hasDiagnosis",
        ),
        _nodes(d, contract, "prov:wasGeneratedBy", _("Préparation")),
        said.beside(
            _nodes(d, contract, "cls:hasRelatedFramework", _("Plans et cadres locaux")),
            "cls:hasRelatedFramework",
        ),
        _nodes(d, contract, "cls:targetsTerritory", _("Quartiers prioritaires")),
        fact(d, contract, "dcterms:references", _("Textes et ressources cités")),
        fact(d, contract, "cls:legalBasis", _("Droit en vigueur à la signature")),
        *_if_known(d, contract, "dcterms:relation", _("Document voisin")),
        *_if_known(d, contract, "cls:hasDocument", _("Documents")),
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
    notes = tuple(_notes(d, node))
    value = node_value(d, node, *notes)
    if value.evidence and value.evidence.readings:
        return value
    term = next(v for v in d.values(contract, name) if v.value == node)
    return replace(value, evidence=evidence_for(d, contract, name, term))


def _notes(d: Description, node: str) -> Iterator[Text]:
    """Yield what kind of thing `node` is, when and by whom it was made, what is noted of it."""
    asserted = bool(d.values(node, "cls:assertionStatus"))
    author = None if asserted else d.iri_of(node, "prov:wasAttributedTo")
    kind, period = d.iri_of(node, "cls:frameworkKind"), d.iri_of(node, "dcterms:temporal")
    central, date = d.iri_of(node, "cls:hasCentralObjective"), dated(d, node)
    noted = text_of(d.literal(node, "skos:note"))
    if kind and d.label(kind) != d.label(node):
        yield Text(_sentence(d.label(kind)), label_language(d, kind))
    if period:
        yield Text(_sentence(d.label(period)))
    if author:
        yield Text(_sentence(d.label(author)), label_language(d, author))
    if date and not noted:
        yield Text(_sentence(date))
    if central:
        yield Text(_("Objectif central :"))
        yield in_french(_sentence(d.label(central)))
    if noted:
        yield noted


def _sentence(words: str) -> str:
    """Return `words` as a sentence of its own."""
    return f"{capital(words.rstrip('.'))}."


def reference_of(d: Description, node: str) -> PlanReference:
    """Return how the plan reference `node` speaks of its plan."""
    kind, plan = d.iri_of(node, "cls:planLinkKind"), d.iri_of(node, "cls:refersToPlan")
    basis = d.iri_of(node, "cls:identificationBasis")
    return PlanReference(
        d.label(kind) if kind else "",
        link_to(d, plan) if plan else None,
        d.text(node, "cls:nameInSource"),
        d.label(basis) if basis and not basis.endswith("/stated") else None,
        text_of(d.literal(node, "skos:note")),
        evidence_of(d, node),
    )
