"""The page of any thing: its facts under readable names, what leads to it, where it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.described import FIRST, INCOMING_LIMIT
from contrats.vocabulary import compact, expand
from contrats.web.evidence import Reading, evidence_for, read_places
from contrats.web.page_query import asked
from contrats.web.parts import Badge, Fact, Link, link_to, own_language_first, value_of
from contrats.web.tongue import _, is_english, ngettext

if TYPE_CHECKING:
    from collections.abc import Collection

    from contrats.web.behind import Behind
    from contrats.web.description import Description

_APART: Final = frozenset(map(expand, ("rdf:type", "prov:hadPrimarySource")))
"""Shown elsewhere on the page: in the banner, under "Sources"."""
_FIRST: Final = tuple(
    map(
        expand,
        ("skos:prefLabel", "dcterms:title", "igeo:nom", "skos:altLabel", "skos:definition"),
    )
)
_SHOWN: Final = 60
"""Links of one property that are listed; beyond, the page leads to the list of all."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """The things that lead here by one property, under its inverse name."""

    name: str
    english: str | None
    links: tuple[Link, ...]
    total: int
    predicate: str
    behind: Behind
    """What gives as many things as `total`, named here or not."""


@dataclass(frozen=True, slots=True)
class ThingPage:
    """What the template shows of a thing of no particular kind."""

    facts: tuple[Fact, ...]
    incoming: tuple[Incoming, ...]
    readings: tuple[Reading, ...]
    behind: Behind
    """What gives the facts."""
    incoming_behind: Behind


def thing_page(d: Description, shown: Collection[str] = ()) -> ThingPage:
    """Return the page of the thing that `d` describes.

    `shown` are properties whose links the page shows elsewhere, in a form of their own.
    """
    apart = {expand(name) for name in shown}
    incoming, iri = incoming_of(d, d.iri), ox.NamedNode(d.iri)
    return ThingPage(
        facts_of(d, d.iri),
        tuple(each for each in incoming if each.predicate not in apart),
        read_places(d, d.iri),
        asked("own", iri=iri),
        asked("incoming", iri=iri),
    )


def facts_of(d: Description, thing: str) -> tuple[Fact, ...]:
    """Return every fact of `thing`, names first, then by the name of the property."""
    found = [p for p in d.own(thing) if p not in _APART]
    ordered = sorted(found, key=lambda p: (_order(p), property_name(d, p).casefold(), p))
    return tuple(
        Fact(
            property_name(d, iri),
            tuple(
                value_of(d, value, evidence_for(d, thing, compact(iri), value))
                for value in own_language_first(d.own(thing)[iri])
            ),
            None if is_english() else d.label_in(iri, "en"),
        )
        for iri in ordered
    )


def incoming_of(d: Description, thing: str) -> tuple[Incoming, ...]:
    """Return what leads to `thing`, by property.

    Not named are statements, which are seen as marks, and what `thing` itself leads to; of a crowd
    only the first by IRI are. All are counted.
    """
    found: list[Incoming] = []
    shown = {value.value for values in d.own(thing).values() for value in values}
    for predicate, sources in d.statements.incoming(thing).items():
        first = sources if len(sources) <= INCOMING_LIMIT else sources[:FIRST]
        things = [s for s in first if not d.is_a(s, "cls:Statement") and s not in shown]
        if not things:
            continue
        links = sorted((link_to(d, s) for s in things), key=lambda link: link.text)[:_SHOWN]
        name, english = inverse_name(d, predicate)
        behind = asked("incoming", iri=ox.NamedNode(thing), predicate=ox.NamedNode(predicate))
        found.append(Incoming(name, english, tuple(links), len(sources), predicate, behind))
    return tuple(sorted(found, key=lambda each: each.name))


def property_name(d: Description, iri: str) -> str:
    """Return the name of a property, else its prefixed name."""
    return d.label(iri)


def inverse_name(d: Description, iri: str) -> tuple[str, str | None]:
    """Return the name of a property seen from its object, in the language of the page and beside.

    A name that the ontology gives in French only stays so; a property without is said in a phrase.
    """
    said = d.text(iri, "cls:inverseLabel")
    name = said or _("est « %(property)s » de", property=d.label(iri))
    if is_english():
        return name, None
    values = d.values(iri, "cls:inverseLabel")
    english = [v.value for v in values if getattr(v, "language", None) == "en"]
    return name, english[0] if english else None


def type_names(d: Description, thing: str) -> tuple[Link, ...]:
    """Return the types of `thing`, the technical owl:Axiom left out."""
    return tuple(link_to(d, t) for t in d.iris(thing, "rdf:type") if t != expand("owl:Axiom"))


def source_badges(d: Description, thing: str) -> tuple[Badge, ...]:
    """Return the badge that counts the places where `thing` was read."""
    count = len(read_places(d, thing))
    said = ngettext("lu à %(num)s endroit", "lu à %(num)s endroits", count)
    return (Badge("", said),) if count else ()


def _order(iri: str) -> int:
    return _FIRST.index(iri) if iri in _FIRST else len(_FIRST)
