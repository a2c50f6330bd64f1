"""The page of one contract."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.web.brief import brief_of, pilots_of
from contrats.web.dates import in_words
from contrats.web.elements import Elements, elements_of
from contrats.web.evidence import STATED, Evidence, Reading, evidence_for, read_places
from contrats.web.frame import Frame, frame_of
from contrats.web.parts import Badge, Fact, fact
from contrats.web.priorities import Priorities, priorities_of
from contrats.web.results import Results, results_of
from contrats.web.said import Said, said_of
from contrats.web.signatories import Signatories, signatories_of
from contrats.web.stages import is_contract, is_signed, stage_name
from contrats.web.timeline import Timeline, state_of, timeline_of
from contrats.web.words import capital, generation, listed, number, plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.web.description import Description

_DAY: Final = 2
"""Dashes in a date that is known to the day."""


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
    results: tuple[Results, ...]
    """Those of the contract before, when there is one, then its own; those that are known."""
    known: tuple[Known, ...]
    said: Said
    confidence: Fact
    sources: tuple[Reading, ...]


def contract_page(d: Description, today: str) -> ContractPage:
    """Return the page of the contract that `d` describes; `today` is the date of the data."""
    contract = d.iri
    said = said_of(d, contract)
    signatories, priorities = signatories_of(d, contract), priorities_of(d, contract, said)
    results = (results_of(d, each) for each in (*d.iris(contract, "cls:succeeds"), contract))
    known = _known(d, contract, signatories, priorities)
    return ContractPage(
        _lede(d, contract, signatories, priorities),
        tuple(_badge(each) for each in known[:3] if each.count or each is not known[2]),
        None if is_contract(d, contract) else fact(d, contract, "cls:stage", "État de l’acte"),
        timeline_of(d, contract, today),
        brief_of(d, contract, said),
        state_of(d, contract, today) if is_contract(d, contract) else None,
        signatories,
        is_signed(d, contract),
        priorities,
        elements_of(d, contract),
        frame_of(d, contract, said),
        tuple(each for each in results if each.known),
        known,
        said,
        fact(d, _graph(contract), "cls:confidenceLevel", "Confiance dans cette fiche"),
        _documents(d, contract),
    )


def eyebrow_of(d: Description, contract: str) -> str:
    """Return "Contrat · Valence · deuxième génération", the rank only where a source states it."""
    territory = d.iri_of(contract, "dcterms:spatial")
    stated = evidence_for(d, contract, "cls:generation").status == STATED
    parts = [
        "Contrat" if is_contract(d, contract) else "Acte préparatoire",
        stage_name(d, contract),
        d.label(territory) if territory else None,
        generation(d.number(contract, "cls:generation")) if stated else None,
    ]
    return " · ".join(part for part in parts if part)


def _graph(contract: str) -> str:
    """Return the named graph that describes `contract`."""
    return contract.replace("/id/contract/", "/graph/contract/", 1)


def _lede(d: Description, contract: str, signatories: Signatories, priorities: Priorities) -> str:
    """Return what a mayor can read aloud, made only of what is stated."""
    counts = []
    for count, complete, one, feminine in (
        (len(signatories.members), signatories.complete, "signataire", False),
        (priorities.count, priorities.complete, "priorité", True),
    ):
        if count:
            floor = "" if complete else "au moins "
            said = number(count, feminine=feminine)
            counts.append(f"{floor}{said} {plural(count, one)}")
    sentences = [f"{capital(', '.join(counts))}."] if counts and is_signed(d, contract) else []
    return " ".join([*sentences, *(f"{capital(act)}." for act in _acts(d, contract))])


def _acts(d: Description, contract: str) -> Iterable[str]:
    """Yield who signed or steers when; a date that is deduced stands only beside its reason."""
    signed = d.text(contract, "cls:signatureDate")
    stated = evidence_for(d, contract, "cls:signatureDate").status == STATED
    if signed and stated and is_signed(d, contract):
        yield f"signé {'le' if signed.count('-') == _DAY else 'en'} {in_words(signed)}"
    pilots = [d.label(actor) for actor in pilots_of(d, contract)]
    if pilots:
        yield f"{'copilotes' if len(pilots) > 1 else 'pilote'} : {listed(pilots)}"


def _known(
    d: Description, contract: str, signatories: Signatories, priorities: Priorities
) -> tuple[Known, ...]:
    """Return how much of each list is known."""

    def counted(name: str, title: str) -> Known:
        return Known(title, len(d.iris(contract, name)) or None, None, None)

    return (
        Known(
            "Signataires", len(signatories.members) or None, signatories.declared,
            signatories.complete, evidence_for(d, contract, "cls:signatoryListComplete"),
        ),
        Known(
            "Priorités", priorities.count or None, priorities.declared,
            priorities.complete, evidence_for(d, contract, "cls:priorityListComplete"),
        ),
        Known(
            "Actions", len(d.iris(contract, "cls:hasAction")) or None,
            d.number(contract, "cls:declaredActionCount"), None,
        ),
        counted("cls:hasPrinciple", "Principes"),
        counted("cls:hasKeyElement", "Éléments clés"),
        counted("cls:hasEvaluation", "Évaluations"),
    )  # fmt: skip


def _badge(known: Known) -> Badge:
    """Return the badge of one list: complete, at least, or not stated."""
    if known.count is None:
        return Badge("part", f"{known.name} : non précisé dans les sources")
    if known.complete:
        return Badge("ok", f"{known.name} : {known.count} sur {known.declared or known.count}")
    return Badge("part", f"{known.name} : au moins {known.count}")


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
