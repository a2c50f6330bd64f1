"""The page of a source: all that was read there, contract by contract, then what is in no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.vocabulary import BASE, expand
from contrats.web import address, behind
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.page_query import asked
from contrats.web.parts import Link, Value, kind_of, link_to, value_of
from contrats.web.site import this_site
from contrats.web.words import capital

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contrats.web.behind import Behind
    from contrats.web.description import Description

READ: Final = "read-in-a-source"
"""The saved question that gives what was read."""
_OTHERS: Final = "source-others"
_AS_IT_IS: Final = ("/stated", "/official-list", "/unresolved")
_THINGS: Final = f"{BASE}id/"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing or statement that was read: its kind, its name, its value, its places, who says."""

    kind: Link | None
    thing: Link
    value: Value | None
    places: tuple[str, ...]
    evidence: Evidence
    basis: Link | None
    """How the body or plan was recognised, when the source does not name it as it is."""


@dataclass(frozen=True, slots=True)
class ReadFor:
    """What was read for one contract."""

    contract: Link
    items: tuple[Item, ...]
    behind: Behind


@dataclass(frozen=True, slots=True)
class Other:
    """Things of one kind that were read and are no part of a contract; one of them by name."""

    kind: Link
    count: int
    first: Link
    behind: Behind


@dataclass(frozen=True, slots=True)
class SourcePage:
    """What the template shows of a source."""

    original: str | None
    primary: str
    """The property that leads to it from what was read as a whole."""
    contracts: tuple[ReadFor, ...]
    count: int
    read: Behind
    others: tuple[Other, ...]
    others_behind: Behind


def source_page(d: Description) -> SourcePage:
    """Return the page of the document that `d` is about."""
    source = d.iri.removeprefix(f"{_THINGS}source/")
    found = _places_by_contract(d)
    contracts = tuple(
        ReadFor(
            link_to(d, contract),
            tuple(_item(d, thing, places) for thing, places in things.items()),
            behind.saved(READ, source=source, contract=contract.rpartition("/")[2]),
        )
        for contract, things in found.items()
    )
    iri, original = ox.NamedNode(d.iri), d.iri_of(d.iri, "schema:url")
    return SourcePage(
        original if original and address.is_web(original) else None,
        expand("prov:hadPrimarySource"),
        contracts,
        len({thing for things in found.values() for thing in things}),
        behind.saved(READ, source=source),
        _others(d),
        asked(_OTHERS, iri=iri),
    )


def _places_by_contract(d: Description) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the lines at which each thing was read, by contract, in the order of the question."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in this_site().answers(READ, {"source": ox.NamedNode(d.iri)}):
        things = found.setdefault(row["contract"].value, {})
        places = things.setdefault(row["thing"].value, [])
        if row["firstLine"] is not None:
            first, last = row["firstLine"].value, row["lastLine"].value
            lines = first if first == last else f"{first}-{last}"
            if lines not in places:
                places.append(lines)
    return found


def _item(d: Description, thing: str, places: Sequence[str]) -> Item:
    """Return how `thing` is shown: a statement by its property and value, others by name."""
    kinds = [k for k in d.iris(thing, "rdf:type") if not k.endswith("#Axiom")]
    kind = link_to(d, kinds[0]) if kinds else None
    name = d.iri_of(thing, "owl:annotatedProperty") or d.iri_of(thing, "cv:hasParticipant")
    shown = link_to(d, name) if name else link_to(d, thing)
    basis = d.iri_of(thing, "cls:identificationBasis")
    return Item(
        kind,
        _own(d, thing, shown),
        _value(d, thing),
        tuple(places),
        evidence_of(d, thing),
        link_to(d, basis) if basis and not basis.endswith(_AS_IT_IS) else None,
    )


def _own(d: Description, thing: str, shown: Link) -> Link:
    """Return the link to `thing` itself under the name `shown`."""
    path = link_to(d, thing).path if kind_of(thing) else shown.path
    return Link(capital(shown.text), path, shown.english, shown.external, thing, shown.language)


def _value(d: Description, thing: str) -> Value | None:
    """Return the value of a statement, or the name that the source gives to a body."""
    for name in ("owl:annotatedTarget", "cls:nameInSource"):
        for value in d.values(thing, name):
            return value_of(d, value)
    return None


def _others(d: Description) -> tuple[Other, ...]:
    """Return what was read and is no part of a contract, by kind, the most frequent first."""
    site, iri = this_site(), ox.NamedNode(d.iri)
    return tuple(
        Other(
            link_to(d, row["class"].value),
            int(row["things"].value),
            link_to(d, row["first"].value),
            asked(_OTHERS, iri=iri, **{"class": row["class"]}),
        )
        for row in site.queries.rows(site.store, _OTHERS, {"iri": iri})
    )
