"""Which nodes each shape judges (https://www.w3.org/TR/shacl/#targets)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import SH, URIRef
from rdflib.collection import Collection

from contrats.border import from_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contrats.shapes import Shapes
    from contrats.union import Union

_HELD_AGAINST: Final = (SH.node, SH["not"], SH.qualifiedValueShape)
_LISTS: Final = (SH["and"], SH["or"], SH.xone)


def find_targets(shapes: Shapes, union: Union) -> dict[str, list[str]]:
    """Return, for each shape that judges some, the nodes of `union` that it judges.

    The property shapes of a node shape judge the same nodes by themselves: sh:property gives the
    results of the property shape and none of its own. A shape that others are held against keeps
    its parts.
    """
    held = held_against(shapes)
    found: dict[str, dict[str, None]] = {}
    for shape in shapes.judging():
        nodes = dict.fromkeys(_nodes(shapes, shape, union))
        for each in [shape, *(shapes.parts(shape) if shape not in held else [])]:
            found.setdefault(each, {}).update(nodes)
    return {shape: list(nodes) for shape, nodes in sorted(found.items()) if nodes}


def held_against(shapes: Shapes) -> set[str]:
    """Return the shapes that constraints of other shapes refer to."""
    graph = shapes.graph
    named = [each for p in _HELD_AGAINST for each in graph.objects(None, p)]
    listed = [i for p in _LISTS for each in graph.objects(None, p) for i in Collection(graph, each)]
    return {str(each) for each in [*named, *listed]}


def _nodes(shapes: Shapes, shape: str, union: Union) -> Iterator[str]:
    node, graph = URIRef(shape), shapes.graph
    for each in graph.objects(node, SH.targetNode):
        yield str(from_rdflib(each))
    for each in graph.objects(node, SH.targetClass):
        yield from union.instances(each.n3())
    for each in graph.objects(node, SH.targetSubjectsOf):
        yield from union.subjects(each.n3())
    for each in graph.objects(node, SH.targetObjectsOf):
        yield from union.objects(each.n3())
