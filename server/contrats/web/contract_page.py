"""The page of one contract."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.web.dates import in_words
from contrats.web.elements import Elements, elements_of
from contrats.web.evidence import Evidence, Reading, evidence_for, evidence_of, read_places
from contrats.web.frame import Frame, frame_of
from contrats.web.parts import Badge, Fact, Link, Value, fact, value_of
from contrats.web.priorities import Priorities, neighbours_of, priorities_of
from contrats.web.results import Results, results_of
from contrats.web.signatories import Signatories, signatories_of
from contrats.web.timeline import Timeline, state_of, timeline_of
from contrats.web.words import capital, generation, listed, number, plural

if TYPE_CHECKING:
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the completeness table: how many are known, of how many, and whether that is all."""

    name: str
    count: int | None
    declared: int | None
    complete: bool | None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class ContractPage:
    """What the template shows of a contract."""

    lede: str
    badges: tuple[Badge, ...]
    timeline: Timeline | None
    brief: tuple[Fact, ...]
    state: str | None
    around: tuple[Link, ...]
    signatories: Signatories
    priorities: Priorities
    elements: Elements
    frame: Frame
    results: tuple[Results, ...]
    """Those of the contract before, when there is one, then its own."""
    known: tuple[Known, ...]
    sources: tuple[Reading, ...]


def contract_page(d: Description, today: str) -> ContractPage:
    """Return the page of the contract that `d` describes; `today` is the date of the data."""
    contract = d.iri
    signatories, priorities = signatories_of(d, contract), priorities_of(d, contract)
    before = d.iris(contract, "cls:succeeds")
    known = _known(d, contract, signatories, priorities)
    return ContractPage(
        _lede(d, contract, signatories, priorities),
        tuple(_badge(each) for each in known[:3]),
        timeline_of(d, contract, today),
        _brief(d, contract),
        state_of(d, contract, today),
        tuple(each.contract for each in neighbours_of(d, contract)),
        signatories,
        priorities,
        elements_of(d, contract),
        frame_of(d, contract),
        tuple(results_of(d, each) for each in (*before, contract)),
        known,
        _documents(d, contract),
    )


def eyebrow_of(d: Description, contract: str) -> str:
    """Return "Contrat · Valence · deuxième génération"."""
    territory = d.iri_of(contract, "dcterms:spatial")
    parts = [
        "Contrat",
        d.label(territory) if territory else None,
        generation(d.number(contract, "cls:generation")),
    ]
    return " · ".join(part for part in parts if part)


def _lede(d: Description, contract: str, signatories: Signatories, priorities: Priorities) -> str:
    """Return what a mayor can read aloud, made only of what is stated."""
    signed, pilots = d.text(contract, "cls:signatureDate"), _pilots(d, contract)
    counts = []
    for count, complete, one, feminine in (
        (len(signatories.members), signatories.complete, "signataire", False),
        (priorities.count, priorities.complete, "priorité", True),
    ):
        if count:
            floor = "" if complete else "au moins "
            said = number(count, feminine=feminine)
            counts.append(f"{floor}{said} {plural(count, one)}")
    sentences = [f"{capital(', '.join(counts))}."] if counts else []
    acts = [f"signé le {in_words(signed)}" if signed and signed.count("-") == 2 else None]  # noqa: PLR2004 -- a day
    if signed and acts[0] is None:
        acts = [f"signé en {in_words(signed)}"]
    if pilots:
        acts.append(f"{'copilotes' if len(pilots) > 1 else 'pilote'} : {listed(pilots)}")
    sentences += [f"{capital(act)}." for act in acts if act]
    return " ".join(sentences)


def _pilots(d: Description, contract: str) -> list[str]:
    """Return the names of those who steer the contract."""
    return [d.label(actor) for actor in _pilot_places(d, contract)]


def _pilot_places(d: Description, contract: str) -> dict[str, str]:
    """Return, for each body that steers the contract, the participation that says so."""
    nodes = d.iris(contract, "cv:hasParticipation")
    steering = [n for n in nodes if (d.iri_of(n, "cv:role") or "").endswith("pilot")]
    return {actor: n for n in steering for actor in d.iris(n, "cv:hasParticipant")}


def _brief(d: Description, contract: str) -> tuple[Fact, ...]:
    """Return the facts of "En bref", each even when no source states it."""
    pilots = tuple(
        value_of(d, ox.NamedNode(actor), evidence_of(d, node))
        for actor, node in _pilot_places(d, contract).items()
    )
    return (
        fact(d, contract, "cls:signatureDate", "Signature"),
        _period(d, contract),
        Fact("Copilotes" if len(pilots) > 1 else "Pilote", pilots),
        fact(d, contract, "cls:leadBody", "Porteur"),
        fact(d, contract, "dcterms:spatial", "Territoire"),
        fact(d, contract, "cls:stage", "État de l’acte"),
    )


def _period(d: Description, contract: str) -> Fact:
    """Return the period, which is a node with places of its own."""
    periods = d.iris(contract, "dcterms:temporal")
    return Fact(
        "Période",
        tuple(
            Value(d.label(p), None, False, None, evidence_for(d, contract, "dcterms:temporal"))  # noqa: FBT003
            for p in periods
        ),
    )


def _known(
    d: Description, contract: str, signatories: Signatories, priorities: Priorities
) -> tuple[Known, ...]:
    """Return how much of each list is known."""

    def counted(name: str, title: str) -> Known:
        count = len(d.iris(contract, name))
        return Known(title, count or None, None, None)

    return (
        Known(
            "Signataires", len(signatories.members) or None, signatories.declared,
            signatories.complete, evidence_for(d, contract, "cls:signatoryListComplete"),
        ),
        Known(
            "Priorités", priorities.count or None, priorities.declared,
            priorities.complete, evidence_for(d, contract, "cls:priorityListComplete"),
        ),
        counted("cls:hasAction", "Actions"),
        counted("cls:hasPrinciple", "Principes"),
        counted("cls:hasKeyElement", "Éléments clés"),
        counted("cls:hasEvaluation", "Évaluations"),
    )  # fmt: skip


def _badge(known: Known) -> Badge:
    """Return the badge of one list: complete, at least, or not stated."""
    if known.count is None:
        return Badge("part", f"{known.name} : non précisé")
    if known.complete:
        return Badge("ok", f"{known.name} : {known.count} sur {known.declared or known.count}")
    return Badge("part", f"{known.name} : au moins {known.count}")


def _documents(d: Description, contract: str) -> tuple[Reading, ...]:
    """Return each document that the contract and what it leads to were read in, once."""
    linked = {
        value.value
        for name in d.properties.get(contract, ())
        for value in d.forward[contract, name]
        if isinstance(value, ox.NamedNode)
    }
    nodes = [contract, *d.leading_to(contract, "owl:annotatedSource"), *sorted(linked)]
    readings = [reading for node in nodes for reading in read_places(d, node)]
    whole = {r.document: replace(r, lines=None) for r in readings}
    return tuple(whole[name] for name in sorted(whole))
