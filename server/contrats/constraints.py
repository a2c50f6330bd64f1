"""The constraints in SPARQL: rules across records are of this kind, each asked once of the whole.

https://www.w3.org/TR/shacl/#sparql-constraints
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import SH, URIRef

from contrats.errors import SourceError
from contrats.header import parse_query
from contrats.targets import held_against
from contrats.vocabulary import EXTERNAL, PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.shapes import Shapes

THIS: Final = ox.Variable("this")
_PATH: Final = re.compile(r"[$?]PATH\b")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One sh:SPARQLConstraint of a shape: its query, and what it says in each language."""

    shape: str
    query: str = field(repr=False)
    messages: Mapping[str, str]


def read_constraints(shapes: Shapes) -> tuple[Constraint, ...]:
    """Return the constraints in SPARQL of `shapes`.

    They belong to shapes with targets and to the parts of these: elsewhere what they find would
    decide what another shape finds, and the whole would not be enough to run them once.
    """
    judging = set(shapes.judging())
    parts = {part for shape in judging for part in shapes.parts(shape)}
    outside = held_against(shapes) | {p for each in parts for p in shapes.parts(each)}
    found = []
    for shape, node in sorted(shapes.graph.subject_objects(SH.sparql)):
        if str(shape) not in (judging | parts) - outside:
            _refuse(str(shape))
        found.append(_read_constraint(shapes, str(shape), URIRef(str(node))))
    return tuple(found)


def _read_constraint(shapes: Shapes, shape: str, node: URIRef) -> Constraint:
    graph = shapes.graph
    declared = [
        (str(graph.value(each, SH.prefix)), str(graph.value(each, SH.namespace)))
        for owner in graph.objects(node, SH.prefixes)
        for each in graph.objects(owner, SH.declare)
    ]
    known = {name: EXTERNAL[name] for name in ("rdf", "rdfs", "owl")} | dict(sorted(declared))
    select = str(graph.value(node, SH.select))
    path = graph.value(URIRef(shape), SH.path)
    if path is not None and _PATH.search(select):
        known |= PREFIXES
        select = _PATH.sub(shapes.path_text(path), select)
    query = "".join(f"PREFIX {name}: <{space}>\n" for name, space in known.items()) + select
    if THIS.value not in parse_query(f"shapes/ ({compact(str(node))})", query).variables:
        _refuse_query(node)
    return Constraint(shape, query, shapes.messages(shape) | shapes.messages(str(node)))


def _refuse(shape: str) -> None:
    raise SourceError(
        f"shapes/ : {compact(shape)} a une contrainte sh:sparql, mais ne vise rien elle-même ; "
        "donnez-la à une forme qui a une cible, ou à l’une de ses propriétés.",
        f"shapes/: {compact(shape)} has a sh:sparql constraint, but no target of its own; "
        "give it to a shape with a target, or to one of its properties.",
    )


def _refuse_query(node: URIRef) -> None:
    raise SourceError(
        f"shapes/ : {compact(str(node))} n’est pas un SELECT qui rend $this.",
        f"shapes/: {compact(str(node))} is no SELECT that gives $this.",
    )
