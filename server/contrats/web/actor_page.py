"""The page of one body: who it is, where it comes from, what it signs, steers and adopts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.actor_network import Network, network_of
from contrats.web.actor_partners import Partners, partners_of
from contrats.web.actor_parts import Part, Steered, parts_of, steered_by, with_bars
from contrats.web.backing import about, question
from contrats.web.dates import in_words
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Fact, Link, fact, link_to
from contrats.web.tongue import _, ngettext
from contrats.web.words import capital

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.web.behind import Behind
    from contrats.web.description import Description


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
    contracts: int
    """How many contracts these are: a body may sign one under two names."""
    years: tuple[int, int] | None
    """The years that the bars of the contracts run over."""
    steers: tuple[Steered, ...]
    others: tuple[tuple[str, tuple[Part, ...]], ...]
    """What it does beside signing contracts, by the word for it."""
    publishes: tuple[tuple[Link, str | None], ...]
    network: Network | None
    partners: Partners
    deduced: bool
    lede: str | None
    behind: Mapping[str, Behind]


def actor_page(d: Description) -> ActorPage:
    """Return the page of the body that `d` describes."""
    actor = d.iri
    kind = d.iri_of(actor, "org:classification")
    parts = parts_of(d, actor)
    signs, years = with_bars(tuple(p for p in parts if p.signs))
    steers = steered_by(d, actor)
    published = d.leading_to(actor, "dcterms:publisher")
    return ActorPage(
        link_to(d, kind) if kind else None,
        _identity(d, actor),
        _mergers(d, actor),
        signs,
        len({p.act.iri for p in signs}),
        years,
        steers,
        _by_verb(tuple(p for p in parts if not p.signs)),
        tuple((link_to(d, p), _date(d, p, "dcterms:issued")) for p in published),
        network_of(d, actor, tuple(p.act.iri for p in signs)),
        partners_of(d, actor, tuple(p.act.iri for p in signs)),
        any(p.basis for p in signs),
        _lede(signs, steers),
        _behind(actor),
    )


def _behind(actor: str) -> dict[str, Behind]:
    """Return what stands behind each block."""
    names = {
        "who": "bodies",
        "signs": "contracts-of-an-actor",
        "steers": "contracts-steered-by-an-actor",
        "roles": "roles-of-an-actor",
        "publishes": "publications-of-an-actor",
        "together": "signing-together",
    }
    found = {each: question(name, actor=actor) for each, name in names.items()}
    return found | {"about": about(actor)}


def _lede(signs: tuple[Part, ...], steers: tuple[Steered, ...]) -> str | None:
    """Return how much is known of what the body does: at least, since lists are partial."""
    signed, steered = len({p.act.iri for p in signs}), len(steers)
    said = []
    if signed:
        text = ngettext("signe au moins %(num)s contrat", "signe au moins %(num)s contrats", signed)
        said.append(text)
    if steered:
        text = ngettext(
            "en porte, pilote ou copilote au moins %(num)s",
            "en porte, pilote ou copilote au moins %(num)s",
            steered,
        )
        said.append(text)
    return f"{capital(', '.join(said))}." if said else None


def _identity(d: Description, actor: str) -> tuple[Fact, ...]:
    rows = [
        ("skos:prefLabel", _("Nom"), True),
        ("skos:altLabel", _("Autre nom"), False),
        ("org:classification", _("Type"), True),
        ("dcterms:spatial", _("Territoire"), True),
        ("adms:identifier", _("SIREN"), True),
        ("org:subOrganizationOf", _("Fait partie de"), False),
        ("skos:note", _("Note"), False),
    ]
    return tuple(
        fact(d, actor, name, title)
        for name, title, always in rows
        if always or d.values(actor, name)
    )


def _mergers(d: Description, actor: str) -> tuple[Merger, ...]:
    events = {
        *d.leading_to(actor, "org:originalOrganization"),
        *d.leading_to(actor, "org:resultingOrganization"),
    }
    return tuple(
        Merger(
            link_to(d, event),
            _date(d, event, "dcterms:date"),
            tuple(link_to(d, o) for o in d.iris(event, "org:originalOrganization")),
            tuple(link_to(d, o) for o in d.iris(event, "org:resultingOrganization")),
            evidence_of(d, event),
        )
        for event in sorted(events)
    )


def _by_verb(parts: tuple[Part, ...]) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    """Return `parts` under what the body does in them, as a reader says it."""
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(part.verb, []).append(part)
    return tuple((verb, tuple(each)) for verb, each in found.items())


def _date(d: Description, thing: str, name: str) -> str | None:
    date = d.text(thing, name)
    return in_words(date) if date else None
