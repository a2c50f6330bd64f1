"""How far a shape looks: which statements decide what it finds of a node.

Only SHACL Core (https://www.w3.org/TR/shacl/#core-components): a shape looks along its path, at the
values of the properties it compares with, at the types of what it wants of a class, and through
the shapes it refers to. Whatever else could look elsewhere is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import rdflib
from rdflib import RDF, SH, BNode
from rdflib.collection import Collection

from contrats.errors import SourceError
from contrats.targets import held_against
from contrats.union import SUBCLASS, TYPE, Union
from contrats.vocabulary import compact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from contrats.shapes import Shapes

_REFERRING: Final = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_LISTING: Final = (SH["and"], SH["or"], SH.xone)
_COMPARING: Final = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)
_HERE: Final = frozenset((
    "class", "datatype", "nodeKind", "minCount", "maxCount", "minInclusive", "maxInclusive",
    "minExclusive", "maxExclusive", "minLength", "maxLength", "pattern", "flags", "languageIn",
    "uniqueLang", "hasValue", "in", "qualifiedMinCount", "qualifiedMaxCount",
))  # fmt: skip
_SAYING: Final = frozenset(("path", "severity", "message", "name", "description", "order", "group"))
_TARGETS: Final = frozenset({"targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"})
_CONSTRAINTS: Final = {SH[name] for name in _HERE} | {*_REFERRING, *_LISTING, *_COMPARING}
_KNOWN: Final = _CONSTRAINTS | {SH[name] for name in _SAYING | _TARGETS} | {SH.sparql, RDF.type}


@dataclass(frozen=True, slots=True)
class Look:
    """What one shape looks at: a path from the node, or the node itself.

    `beside` are the properties compared with the values, `typed` tells whether their types count,
    `inner` are the shapes that the values are held against; `judges` is false of a shape that
    leaves all to its parts, or to a constraint in SPARQL.
    """

    path: Node | None
    beside: tuple[str, ...]
    typed: bool
    inner: tuple[str, ...]
    judges: bool


@dataclass(slots=True)
class Sight:
    """What shapes have looked at: each statement once, as a line of N-Triples, in that order."""

    union: Union = field(repr=False)
    looks: dict[str, Look] = field(repr=False)
    lists: rdflib.Graph = field(repr=False)
    statements: dict[str, None] = field(default_factory=dict)

    def look(self, shape: str, nodes: Iterable[str]) -> None:
        """Look at all that `shape` wants to know of `nodes`."""
        look = self.looks[shape]
        found = list(nodes)
        for each in look.beside:
            self._step(each, found)
        values = found if look.path is None else self._follow(look.path, found)
        if look.typed:
            self._step(TYPE, values)
        for inner in look.inner:
            self.look(inner, values)

    def _follow(self, path: Node, nodes: list[str]) -> list[str]:
        """Return what `path` leads to (https://www.w3.org/TR/shacl/#property-paths)."""
        if not isinstance(path, BNode):
            return self._step(path.n3(), nodes)
        for repeated in (SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath):
            inner = self.lists.value(path, repeated)
            if inner is not None:
                return self._repeat(inner, nodes, ends=repeated == SH.zeroOrOnePath)
        inverse = self.lists.value(path, SH.inversePath)
        if inverse is not None:
            return self._step_back(inverse, nodes)
        choice = self.lists.value(path, SH.alternativePath)
        if choice is not None:
            steps = Collection(self.lists, choice)
            return list({v: None for step in steps for v in self._follow(step, nodes)})
        for step in Collection(self.lists, path):
            nodes = self._follow(step, nodes)
        return nodes

    def _step(self, predicate: str, nodes: Iterable[str]) -> list[str]:
        """Follow one property from each of `nodes`."""
        found: dict[str, None] = {}
        for node in nodes:
            for value in self.union.values(node, predicate):
                self.statements[f"{node} {predicate} {value} ."] = None
                found[value] = None
        return list(found)

    def _step_back(self, inverse: Node, nodes: Iterable[str]) -> list[str]:
        """Follow one property to each of `nodes`, from those that bear it."""
        if isinstance(inverse, BNode):
            _refuse(inverse, "sh:inversePath")
        predicate, found = inverse.n3(), dict[str, None]()
        for node in nodes:
            for bearer in self.union.bearers(predicate, node):
                self.statements[f"{bearer} {predicate} {node} ."] = None
                found[bearer] = None
        return list(found)

    def _repeat(self, path: Node, nodes: list[str], *, ends: bool) -> list[str]:
        """Follow `path` again and again, or once; the nodes themselves count too."""
        found, new = dict.fromkeys(nodes), nodes
        while new:
            new = [each for each in self._follow(path, new) if each not in found]
            found.update(dict.fromkeys(new))
            if ends:
                break
        return list(found)


@lru_cache(maxsize=1)
def read_looks(shapes: Shapes) -> dict[str, Look]:
    """Return what each of `shapes` looks at, by its IRI, or refuse one that looks elsewhere."""
    graph = shapes.graph
    wanted = [*shapes.judging(), *(each for s in shapes.judging() for each in shapes.parts(s))]
    alone = set(shapes.judging()) - held_against(shapes)
    looks: dict[str, Look] = {}
    for shape in wanted:
        looks.setdefault(shape, _read_look(graph, rdflib.URIRef(shape), alone=shape in alone))
        wanted += [inner for inner in looks[shape].inner if inner not in looks]
    _refuse_recursion(looks)
    return looks


def _read_look(graph: rdflib.Graph, shape: Node, *, alone: bool) -> Look:
    """Return what `shape` looks at; `alone`, its parts judge by themselves."""
    for predicate in graph.predicates(shape):
        if predicate not in _KNOWN:
            _refuse(shape, compact(str(predicate)))
    lists = [Collection(graph, each) for p in _LISTING for each in graph.objects(shape, p)]
    inner = [each for p in _REFERRING for each in graph.objects(shape, p)]
    return Look(
        path=graph.value(shape, SH.path),
        beside=tuple(each.n3() for p in _COMPARING for each in graph.objects(shape, p)),
        typed=(shape, SH["class"], None) in graph,
        inner=tuple(sorted({str(each) for each in [*inner, *(i for ls in lists for i in ls)]})),
        judges=any(
            each in _CONSTRAINTS and not (alone and each == SH.property)
            for each in graph.predicates(shape)
        ),
    )


def subclasses(union: Union) -> list[str]:
    """Return the hierarchy of classes, which decides what is an instance of what."""
    return sorted(union.statements(SUBCLASS))


def _refuse_recursion(looks: dict[str, Look]) -> None:
    """Refuse a shape that refers to itself: SHACL does not say what it means."""
    done: set[str] = set()
    for shape in looks:
        _visit(shape, looks, (), done)


def _visit(shape: str, looks: dict[str, Look], above: tuple[str, ...], done: set[str]) -> None:
    if shape in above:
        _refuse(rdflib.URIRef(shape), "récursion / recursion")
    if shape not in done:
        for inner in looks[shape].inner:
            _visit(inner, looks, (*above, shape), done)
        done.add(shape)


def _refuse(shape: Node, what: str) -> None:
    name = compact(str(shape))
    raise SourceError(
        f"shapes/ : {name} emploie {what}, que la vérification par fichier ne suit pas ; "
        "écrivez la règle autrement, ou en sh:sparql.",
        f"shapes/: {name} uses {what}, which validation file by file does not follow; "
        "write the rule another way, or as sh:sparql.",
    )
