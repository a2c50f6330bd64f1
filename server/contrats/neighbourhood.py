"""The quads around a thing in a store, found by patterns: a query would plan for longer than look.

A property is named by its prefixed name; what is given back are quads, each with its graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Quads = tuple[ox.Quad, ...]

_KEPT: Final = 8_000
_NAMING: Final = (
    "rdf:type", "rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:notation", "dcterms:title",
    "foaf:name", "igeo:nom", "igeo:codeINSEE", "cls:inverseLabel", "cls:nameInSource",
    "cls:firstLine", "cls:lastLine", "oa:hasSource", "cv:role", "cv:hasParticipant",
    "org:classification", "dcat:startDate", "dcat:endDate", "dcterms:date", "dcterms:issued",
    "dcterms:temporal", "dcterms:isPartOf", "cls:priorityNumber", "cls:priorityOf",
    "cls:itemKind", "cls:generation", "schema:value", "schema:unitCode", "schema:duration",
    "schema:variableMeasured", "schema:url", "cls:publisherName", "cls:refersToPlan",
    "cls:planLinkKind", "cls:stage", "owl:annotatedSource", "owl:annotatedProperty",
    "owl:annotatedTarget", "cls:classifies", "cls:countOf", "cls:identityKnown",
)  # fmt: skip
"""What a page needs to name a thing that another leads to."""


@cache
def named(name: str) -> ox.NamedNode:
    """Return the property of the prefixed name `name`, whose prefix is one of ours."""
    return ox.NamedNode(expand(name))


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A store that is asked what lies around a thing.

    `whole` gives all that is said of a node; `shown` only what names it, which is remembered:
    the same types, roles and places are around many things.
    """

    store: ox.Store
    whole: Callable[[ox.NamedNode], Quads]
    shown: Callable[[ox.NamedNode], Quads]

    def leading(self, node: ox.NamedNode) -> Quads:
        """Return all that leads to `node`."""
        return tuple(self.store.quads_for_pattern(None, None, node, None))

    def graph(self, name: ox.NamedNode) -> Quads:
        """Return the named graph `name`."""
        return tuple(self.store.quads_for_pattern(None, None, None, name))

    def ahead(self, nodes: Iterable[ox.NamedNode], *names: str) -> set[ox.NamedNode]:
        """Return the things that `nodes` lead to by the properties `names`."""
        wanted = {named(name) for name in names}
        found = chain.from_iterable(self.whole(node) for node in nodes)
        return things(quad.object for quad in found if quad.predicate in wanted)

    def behind(self, nodes: Iterable[ox.NamedNode], *names: str) -> set[ox.NamedNode]:
        """Return the things that lead to `nodes` by the properties `names`."""
        asked = [(named(name), node) for node in nodes for name in names]
        found = (self.store.quads_for_pattern(None, link, node, None) for link, node in asked)
        return things(quad.subject for quad in chain.from_iterable(found))

    def places(self, nodes: Iterable[ox.NamedNode], *names: str) -> Quads:
        """Return the places that `nodes` lead to by `names`, and the documents of these places."""
        places = self.ahead(nodes, *names)
        return self.all_whole(places | self.ahead(places, "oa:hasSource"))

    def all_whole(self, nodes: Iterable[ox.NamedNode]) -> Quads:
        """Return all that is said of `nodes`."""
        return tuple(chain.from_iterable(self.whole(node) for node in nodes))

    def all_shown(self, nodes: Iterable[ox.NamedNode]) -> Quads:
        """Return what names `nodes`."""
        return tuple(chain.from_iterable(self.shown(node) for node in nodes))


def open_neighbourhood(store: ox.Store) -> Neighbourhood:
    """Return what lies around the things of `store`, which must not change."""
    naming = {named(name) for name in _NAMING}

    @lru_cache(_KEPT)
    def shown(node: ox.NamedNode) -> Quads:
        found = store.quads_for_pattern(node, None, None, None)
        return tuple(quad for quad in found if quad.predicate in naming)

    @lru_cache(_KEPT // 4)
    def whole(node: ox.NamedNode) -> Quads:
        return tuple(store.quads_for_pattern(node, None, None, None))

    return Neighbourhood(store, whole, shown)


def things(terms: Iterable[object]) -> set[ox.NamedNode]:
    """Return those of `terms` that are IRIs."""
    return {term for term in terms if isinstance(term, ox.NamedNode)}
