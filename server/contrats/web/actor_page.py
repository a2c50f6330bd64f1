"""The page of one body: who it is, where it comes from, what it signs, steers and adopts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.dates import in_words, span
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Fact, Link, fact, link_to
from contrats.web.signatories import acts_of
from contrats.web.stages import is_contract, stage_name
from contrats.web.succession import SIGNING, signing_actors
from contrats.web.words import capital, number, plural

if TYPE_CHECKING:
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Part:
    """What the body does in one contract or evaluation."""

    act: Link
    stage: str | None
    """The stage of an act that is no signed contract."""
    role: str
    signs: bool
    period: str | None
    signature: str | None
    name_in_source: str | None
    basis: str | None
    others: int
    """How many other bodies sign the same contract."""
    complete: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Merger:
    """A change event that the body comes from or goes into."""

    event: Link
    date: str | None
    before: tuple[Link, ...]
    after: tuple[Link, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ActorPage:
    """What the template shows of a body."""

    type: Link | None
    identity: tuple[Fact, ...]
    mergers: tuple[Merger, ...]
    signs: tuple[Part, ...]
    other_parts: tuple[Part, ...]
    publishes: tuple[tuple[Link, str | None], ...]
    partners: tuple[tuple[Link, int], ...]
    """The bodies that sign the same contracts, and how many they share."""
    basis_count: int
    lede: str | None


def actor_page(d: Description) -> ActorPage:
    """Return the page of the body that `d` describes."""
    actor = d.iri
    kind = d.iri_of(actor, "org:classification")
    parts = _parts(d, actor)
    signs = tuple(p for p in parts if p.signs)
    return ActorPage(
        link_to(d, kind) if kind else None,
        _identity(d, actor),
        _mergers(d, actor),
        signs,
        tuple(p for p in parts if not p.signs),
        tuple((link_to(d, p), _issued(d, p)) for p in d.leading_to(actor, "dcterms:publisher")),
        _partners(d, actor, signs),
        sum(1 for p in signs if p.basis),
        _lede(parts),
    )


def _lede(parts: tuple[Part, ...]) -> str | None:
    """Return how much is known of what the body does: at least, since lists are partial."""
    signed = {p.act.iri for p in parts if p.signs}
    steered = {p.act.iri for p in parts if "pilot" in p.role}
    said = []
    if signed:
        said.append(f"signe au moins {number(len(signed))} {plural(len(signed), 'contrat')}")
    if steered:
        said.append(f"en pilote ou copilote au moins {number(len(steered))}")
    return f"{capital(', '.join(said))}." if said else None


def _identity(d: Description, actor: str) -> tuple[Fact, ...]:
    return (
        fact(d, actor, "skos:prefLabel", "Nom"),
        *(
            [fact(d, actor, "skos:altLabel", "Autre nom")]
            if d.values(actor, "skos:altLabel")
            else []
        ),
        fact(d, actor, "org:classification", "Type"),
        fact(d, actor, "dcterms:spatial", "Territoire"),
        fact(d, actor, "adms:identifier", "SIREN"),
        *_if_known(d, actor, "skos:note", "Note"),
    )


def _if_known(d: Description, actor: str, name: str, title: str) -> tuple[Fact, ...]:
    return (fact(d, actor, name, title),) if d.values(actor, name) else ()


def _mergers(d: Description, actor: str) -> tuple[Merger, ...]:
    events = {
        *d.leading_to(actor, "org:originalOrganization"),
        *d.leading_to(actor, "org:resultingOrganization"),
    }
    return tuple(
        Merger(
            link_to(d, event),
            _date(d, event),
            tuple(link_to(d, o) for o in d.iris(event, "org:originalOrganization")),
            tuple(link_to(d, o) for o in d.iris(event, "org:resultingOrganization")),
            evidence_of(d, event),
        )
        for event in sorted(events)
    )


def _parts(d: Description, actor: str) -> tuple[Part, ...]:
    """Return every role of `actor`, by the beginning of the contract."""
    found = [
        _part(d, node, act)
        for node in d.leading_to(actor, "cv:hasParticipant")
        for act in acts_of(d, node)
    ]
    return tuple(sorted(found, key=lambda p: (p.period or "9", p.act.text, p.role)))


def _part(d: Description, node: str, act: str) -> Part:
    role, basis = d.iri_of(node, "cv:role"), d.iri_of(node, "cls:identificationBasis")
    period = d.iri_of(act, "dcterms:temporal") or ""
    signature = d.text(act, "cls:signatureDate")
    return Part(
        link_to(d, act),
        stage_name(d, act),
        d.label(role) if role else "",
        role is not None and role.rpartition("/")[2] in SIGNING and is_contract(d, act),
        span(d.text(period, "dcat:startDate"), d.text(period, "dcat:endDate")),
        in_words(signature) if signature else None,
        d.text(node, "cls:nameInSource"),
        d.label(basis) if basis and not basis.endswith("/stated") else None,
        len(signing_actors(d, act) - {d.iri}),
        d.true(act, "cls:signatoryListComplete"),
        evidence_of(d, node),
    )


def _partners(d: Description, actor: str, signs: tuple[Part, ...]) -> tuple[tuple[Link, int], ...]:
    """Return the bodies that sign with `actor`, those of most contracts first."""
    counts: dict[str, int] = {}
    for part in signs:
        for other in signing_actors(d, part.act.iri) - {actor}:
            counts[other] = counts.get(other, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], d.label(pair[0])))
    return tuple((link_to(d, other), count) for other, count in ranked)


def _issued(d: Description, plan: str) -> str | None:
    date = d.text(plan, "dcterms:issued")
    return in_words(date) if date else None


def _date(d: Description, thing: str) -> str | None:
    date = d.text(thing, "dcterms:date")
    return in_words(date) if date else None
