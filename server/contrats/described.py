"""What is published about one thing: all that is said of it, and the names of what is around it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.neighbourhood import named, things

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from contrats.neighbourhood import Neighbourhood, Quads

INCOMING_LIMIT: Final = 400
"""Links that are described whole; where more lead to a thing, only the first of each property."""
FIRST: Final = 100
"""How many of each property these are, by their IRIs."""

_KEPT: Final = 64
_SPEAKING: Final = (
    "owl:annotatedSource", "owl:annotatedTarget", "cls:classifies", "cls:about", "cls:countOf",
)  # fmt: skip
"""How a node that speaks of a thing leads to it: statement, alignment, classification, claim."""
_NEXT: Final = ("rdf:type", "cv:role", "cv:hasParticipant", "oa:hasSource")
"""What names a node that has no name of its own."""
_NEXT_BEHIND: Final = (
    *_NEXT, "owl:annotatedSource", "owl:annotatedProperty", "cls:classifies", "cls:itemKind",
    "cls:countOf", "cls:refersToPlan", "cls:planLinkKind",
)  # fmt: skip
_READ: Final = "prov:hadPrimarySource"


@dataclass(frozen=True, slots=True)
class Described:
    """What is published about a thing; `counts` holds how many things lead to it, by property."""

    iri: str
    quads: frozenset[ox.Quad]
    counts: Mapping[str, int]

    @property
    def cut(self) -> bool:
        """Tell whether some incoming links are left out."""
        return _crowded(self.counts) and max(self.counts.values()) > FIRST


def describe(around: Neighbourhood, iri: str) -> Described | None:
    """Return what is known about `iri`, None when nothing is said of it.

    Its own quads and those that point to it; the nodes that speak of it (statements, alignments,
    classifications, claims); the places in sources; names and types of all that is linked. Of a
    contract also its whole named graph, and what other graphs say of the things in it.
    """
    thing = ox.NamedNode(iri)
    own, leading = around.whole(thing), around.leading(thing)
    if not own and not leading:
        return None
    by_property: defaultdict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for quad in leading:
        if isinstance(quad.subject, ox.NamedNode):
            by_property[quad.predicate].add(quad.subject)
    counts = {name.value: len(by_property[name]) for name in sorted(by_property, key=str)}
    quads = {*own, *_incoming(around, leading, by_property, crowded=_crowded(counts))}
    quads.update(_property_names(around, by_property))
    quads.update(_attached(around, thing, own))
    for graph in _contract_graphs(own):
        quads.update(_contract(around, around.graph(graph)))
    return Described(iri, frozenset(quads), counts)


def open_descriptions(around: Neighbourhood) -> Callable[[str], Described | None]:
    """Return what describes a thing; the last are kept, since a crawl asks for every form."""

    @lru_cache(_KEPT)
    def described(iri: str) -> Described | None:
        return describe(around, iri)

    return described


def _crowded(counts: Mapping[str, int]) -> bool:
    """Tell whether too many things lead here for all of them to be described."""
    return sum(counts.values()) > INCOMING_LIMIT


def _incoming(
    around: Neighbourhood,
    leading: Quads,
    by_property: Mapping[ox.NamedNode, set[ox.NamedNode]],
    *,
    crowded: bool,
) -> Iterable[ox.Quad]:
    """Yield what leads to the thing, with the names of that, or the first of each property."""
    if crowded:
        first = {link: set(sorted(found, key=_iri)[:FIRST]) for link, found in by_property.items()}
        leading = tuple(q for q in leading if q.subject in first.get(q.predicate, ()))
    nodes = things(quad.subject for quad in leading)
    yield from leading
    yield from around.all_shown(nodes)
    yield from around.all_shown(around.ahead(nodes, *_NEXT_BEHIND))
    if not crowded:
        yield from around.all_shown(
            around.behind(nodes, "cv:hasParticipation", "cls:hasPlanReference")
        )


def _iri(node: ox.NamedNode) -> str:
    return node.value


def _property_names(around: Neighbourhood, links: Iterable[ox.NamedNode]) -> Iterable[ox.Quad]:
    """Yield how properties are called, seen from either end."""
    told = {named(name) for name in ("rdf:type", "skos:prefLabel", "cls:inverseLabel")}
    return (quad for quad in around.all_shown(links) if quad.predicate in told)


def _attached(around: Neighbourhood, thing: ox.NamedNode, own: Quads) -> Iterable[ox.Quad]:
    """Yield what speaks of the thing, where that was read, and the names of what it leads to."""
    speaking = around.behind([thing], *_SPEAKING)
    claims = around.ahead(around.behind([thing], "cls:about"), "cls:hasClaim")
    said = around.all_whole(speaking)
    linked = things(quad.object for quad in own)
    dated = around.ahead([thing], "dcterms:temporal", "adms:identifier")
    yield from said
    yield from around.all_whole(claims)
    yield from around.places([thing], _READ, "oa:hasSource", "oa:hasSelector")
    yield from around.places(dated | speaking | claims, _READ)
    yield from around.all_shown(linked | things(quad.predicate for quad in own))
    yield from around.all_shown(around.ahead(linked, *_NEXT))
    yield from around.all_shown(things(quad.object for quad in said))


def _contract_graphs(own: Quads) -> set[ox.NamedNode]:
    """Return the graphs that state that the thing is a contract."""
    kind, contract = named("rdf:type"), named("cls:LocalHealthContract")
    return things(
        quad.graph_name for quad in own if quad.predicate == kind and quad.object == contract
    )


def _contract(around: Neighbourhood, graph: Quads) -> Iterable[ox.Quad]:
    """Yield the graph of a contract, what other graphs say of what it describes, and the names."""
    kind, priority = named("rdf:type"), named("cls:Priority")
    described = things(quad.subject for quad in graph if quad.predicate == kind)
    priorities = things(q.subject for q in graph if q.predicate == kind and q.object == priority)
    yield from graph
    yield from around.all_whole(described)
    yield from around.all_whole(
        around.behind(described, "owl:annotatedSource", "owl:annotatedTarget", "cls:classifies")
    )
    yield from around.all_whole(_objects(graph, _READ, "oa:hasSource"))
    yield from around.all_shown(things(quad.object for quad in graph))
    yield from around.all_shown(things(quad.predicate for quad in graph))
    bodies, plans = _objects(graph, "cv:hasParticipant"), _objects(graph, "cls:refersToPlan")
    yield from around.all_shown(around.ahead(bodies, "org:classification"))
    yield from around.all_shown(around.ahead(plans, "dcterms:temporal"))
    yield from around.all_shown(_aligned(around, priorities))


def _aligned(around: Neighbourhood, priorities: set[ox.NamedNode]) -> set[ox.NamedNode]:
    """Return the subjects of priorities, the ends of their alignments, and what these are of."""
    ends = ("owl:annotatedSource", "owl:annotatedProperty", "owl:annotatedTarget")
    nodes = around.behind(priorities, "owl:annotatedSource", "owl:annotatedTarget")
    targets = around.ahead(around.behind(priorities, "owl:annotatedSource"), "owl:annotatedTarget")
    return (
        around.ahead(priorities, "cls:hasTheme", "cls:targetsPopulation")
        | around.ahead(nodes, *ends)
        | around.ahead(targets, "dcterms:isPartOf", "cls:priorityOf")
    )


def _objects(graph: Quads, *names: str) -> set[ox.NamedNode]:
    """Return the things that the quads of `graph` lead to by the properties `names`."""
    wanted = {named(name) for name in names}
    return things(quad.object for quad in graph if quad.predicate in wanted)
