"""The page of one contract."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.web.brief import brief_of
from contrats.web.card import card_of
from contrats.web.completeness import Known, known_of
from contrats.web.contract_queries import Queries, queries_of
from contrats.web.elements import Elements, elements_of
from contrats.web.evidence import STATED, Reading, evidence_for, read_places
from contrats.web.frame import Frame, frame_of
from contrats.web.lede import Lede, lede_of
from contrats.web.parts import Fact, fact
from contrats.web.peers import Peers, peers_of
from contrats.web.priorities import Priorities, priorities_of
from contrats.web.results import Results, results_of
from contrats.web.said import Said, said_of
from contrats.web.signatories import Signatories, signatories_of
from contrats.web.stages import is_contract, is_signed, stage_name
from contrats.web.succession import earlier_contracts, start_year
from contrats.web.takeaway import Takeaway, takeaway_of
from contrats.web.timeline import Timeline, state_of, timeline_of
from contrats.web.tongue import _
from contrats.web.words import generation

if TYPE_CHECKING:
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class ContractPage:
    """What the template shows of a contract."""

    queries: Queries
    lede: Lede
    stage: Fact | None
    """The stage of the act when it is no signed contract."""
    timeline: Timeline | None
    brief: tuple[Fact, ...]
    state: str | None
    signatories: Signatories
    signed: bool
    priorities: Priorities
    elements: Elements
    frame: Frame
    results: Results
    before: Results | None
    """Those of the contract before, where any source says anything of them."""
    known: tuple[Known, ...]
    said: Said
    said_before: Said | None
    """What is said about the contract before, where sources disagree on it."""
    confidence: Fact
    sources: tuple[Reading, ...]
    peers: Peers
    takeaway: Takeaway


def contract_page(d: Description, today: str) -> ContractPage:
    """Return the page of the contract that `d` describes; `today` is the date of the data."""
    contract = d.iri
    said = said_of(d, contract)
    signatories, priorities = signatories_of(d, contract), priorities_of(d, contract, said)
    queries, lede = queries_of(contract), lede_of(d, contract, signatories, priorities)
    before = next(iter(earlier_contracts(d, contract)), None)
    past = results_of(d, before, start_year(d, before)) if before else None
    said_before = said_of(d, before) if before else None
    return ContractPage(
        queries,
        lede,
        None if is_contract(d, contract) else fact(d, contract, "cls:stage", ""),
        timeline_of(d, contract, today),
        brief_of(d, contract, said),
        state_of(d, contract, today) if is_contract(d, contract) else None,
        signatories,
        is_signed(d, contract),
        priorities,
        elements_of(d, contract),
        frame_of(d, contract, said),
        results_of(d, contract, start_year(d, contract)),
        past if past and (past.acted or past.evaluated) else None,
        known_of(d, contract, signatories, priorities),
        said,
        said_before if said_before and said_before.disagreements else None,
        fact(d, _graph(contract), "cls:confidenceLevel", _("Confiance dans cette fiche")),
        _documents(d, contract),
        peers_of(d, contract),
        takeaway_of(d, contract, queries, card_of(d, contract, lede)),
    )


def eyebrow_of(d: Description, contract: str) -> str:
    """Return "Contrat · Valence · deuxième génération", the rank only where a source states it."""
    territory = d.iri_of(contract, "dcterms:spatial")
    stated = evidence_for(d, contract, "cls:generation").status == STATED
    parts = [
        _("Contrat") if is_contract(d, contract) else _("Acte préparatoire"),
        stage_name(d, contract),
        d.label(territory) if territory else None,
        generation(d.number(contract, "cls:generation")) if stated else None,
    ]
    return " · ".join(part for part in parts if part)


def _graph(contract: str) -> str:
    """Return the named graph that describes `contract`."""
    return contract.replace("/id/contract/", "/graph/contract/", 1)


def _documents(d: Description, contract: str) -> tuple[Reading, ...]:
    """Return each document that the contract and what it leads to were read in, once."""
    linked = {
        value.value
        for values in d.own(contract).values()
        for value in values
        if isinstance(value, ox.NamedNode) and d.together(contract, value.value)
    }
    nodes = [contract, *d.leading_to(contract, "owl:annotatedSource"), *sorted(linked)]
    readings = [reading for node in nodes for reading in read_places(d, node)]
    whole = {r.document: replace(r, lines=None) for r in readings}
    return tuple(whole[name] for name in sorted(whole))
