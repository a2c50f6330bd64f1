"""What is said of each thing: read from a store when first asked for, kept while it is in use."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.derivation import GRAPH as DERIVED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Value = ox.NamedNode | ox.Literal
KEPT: Final = 8_000
"""Things that are kept: a page names some 200, most of them named by other pages too."""


@dataclass(frozen=True, slots=True)
class Own:
    """What is said of one thing by property IRI, blank nodes left out.

    `derived` are the statements, by property and value as N-Triples, that only a rule made;
    `graphs` are those that state something of the thing, the graph of rules left out.
    """

    values: Mapping[str, tuple[Value, ...]]
    derived: frozenset[tuple[str, str]]
    graphs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Statements:
    """What a store says; several threads may ask at once.

    `own` gives what is said of a thing, `leading` the things that lead to one by a property,
    `incoming` all that lead to it, by property; IRIs, sorted.
    """

    own: Callable[[str], Own]
    leading: Callable[[str, str], tuple[str, ...]]
    incoming: Callable[[str], Mapping[str, tuple[str, ...]]]

    def knows(self, iri: str) -> bool:
        """Tell whether anything is said of `iri`, or leads to it."""
        return bool(self.own(iri).values or self.incoming(iri))


def open_statements(quads: ox.Store, kept: int = KEPT) -> Statements:
    """Return what `quads`, which must not change, says; at most `kept` things are remembered."""

    @lru_cache(kept)
    def own(iri: str) -> Own:
        return _read_own(quads, iri)

    @lru_cache(kept)
    def leading(iri: str, predicate: str) -> tuple[str, ...]:
        return _read_leading(quads, iri, predicate)

    def incoming(iri: str) -> Mapping[str, tuple[str, ...]]:
        return _read_incoming(quads, iri)

    return Statements(own, leading, incoming)


def _read_own(quads: ox.Store, iri: str) -> Own:
    """Return what is said of `iri`; what is in the graph of rules and in another is stated.

    Of the empty IRI, which is no thing, nothing is said.
    """
    values: defaultdict[str, set[Value]] = defaultdict(set)
    stated: set[tuple[str, str]] = set()
    derived: set[tuple[str, str]] = set()
    graphs: set[str] = set()
    thing = ox.NamedNode(iri) if iri else None
    for quad in quads.quads_for_pattern(thing, None, None, None) if thing else ():
        value, graph = quad.object, quad.graph_name
        if graph != DERIVED and isinstance(graph, ox.NamedNode):
            graphs.add(graph.value)
        if isinstance(value, ox.NamedNode | ox.Literal):
            predicate = quad.predicate.value
            values[predicate].add(value)
            (derived if graph == DERIVED else stated).add((predicate, str(value)))
    in_order = {name: tuple(sorted(values[name], key=str)) for name in sorted(values)}
    return Own(in_order, frozenset(derived - stated), frozenset(graphs))


def _read_leading(quads: ox.Store, iri: str, predicate: str) -> tuple[str, ...]:
    """Return the IRIs of the things that lead to `iri` by `predicate`."""
    target, name = ox.NamedNode(iri), ox.NamedNode(predicate)
    found = quads.quads_for_pattern(None, name, target, None)
    return tuple(sorted({q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)}))


def _read_incoming(quads: ox.Store, iri: str) -> dict[str, tuple[str, ...]]:
    """Return the IRIs of all things that lead to `iri`, by property."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for quad in quads.quads_for_pattern(None, None, ox.NamedNode(iri), None):
        if isinstance(quad.subject, ox.NamedNode):
            found[quad.predicate.value].add(quad.subject.value)
    return {name: tuple(sorted(found[name])) for name in sorted(found)}
