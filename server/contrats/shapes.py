"""The shapes: a graph for the validator, and for people the sentences that they carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import RDF, SH, BNode, URIRef
from rdflib.collection import Collection

from contrats.border import to_graph
from contrats.errors import SourceError
from contrats.turtle import parse_turtle
from contrats.vocabulary import SHAPE, compact

if TYPE_CHECKING:
    from pathlib import Path

    import rdflib
    from rdflib.term import Node

TERM: Final = f"{SHAPE}Term"
REFERENCE: Final = f"{SHAPE}Reference"

PORTAL: Final = "catalogue"
"""The folder of the shapes that judge the catalogue of a release, not the data."""

TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)

_SUFFIXES: Final = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


@dataclass(frozen=True, slots=True)
class Shapes:
    """All files of the room `shapes/` in one graph."""

    graph: rdflib.Graph = field(repr=False)

    def messages(self, shape: str) -> dict[str, str]:
        """Return the messages of `shape` by language."""
        found = self.graph.objects(URIRef(shape), SH.message)
        return {
            str(getattr(each, "language", None) or ""): str(each) for each in sorted(found, key=str)
        }

    def severity(self, shape: str) -> str:
        """Return the severity of `shape`; SHACL's default is a violation."""
        return str(self.graph.value(URIRef(shape), SH.severity, default=SH.Violation))

    def judging(self) -> list[str]:
        """Return the shapes that name what they judge, in the order of their IRIs."""
        return sorted({str(each) for p in TARGETS for each in self.graph.subjects(p)})

    def parts(self, shape: str) -> list[str]:
        """Return the property shapes of `shape`, in the order of their IRIs."""
        return sorted(str(each) for each in self.graph.objects(URIRef(shape), SH.property))

    def path_text(self, path: Node) -> str:
        """Return `path` as a SPARQL property path (https://www.w3.org/TR/shacl/#property-paths)."""
        if not isinstance(path, BNode):
            return compact(str(path))
        inverse = self.graph.value(path, SH.inversePath)
        if inverse is not None:
            return f"^{self.path_text(inverse)}"
        alternative = self.graph.value(path, SH.alternativePath)
        if alternative is not None:
            steps = Collection(self.graph, alternative)
            return "|".join(self.path_text(step) for step in steps)
        for predicate, suffix in _SUFFIXES.items():
            inner = self.graph.value(path, predicate)
            if inner is not None:
                return f"({self.path_text(inner)}){suffix}"
        return "/".join(self.path_text(step) for step in Collection(self.graph, path))


def read_shapes(room: Path) -> Shapes:
    """Return the shapes of `room`; every shape has an IRI, so that a finding can name it.

    Those of its folders judge something else than the data, and are read by themselves.
    """
    quads: list[ox.Quad] = []
    for path in sorted(room.glob("*.ttl")):
        name = f"shapes/{path.name}"
        _, triples = parse_turtle(path, name)
        quads += [_apart(quad, name) for quad in triples]
    shapes = Shapes(to_graph(quads))
    _refuse_anonymous(shapes)
    return shapes


def _apart(quad: ox.Quad, name: str) -> ox.Quad:
    """Return `quad` with the blank nodes of its file kept apart from those of the others."""
    subject, value = (_renamed(term, name) for term in (quad.subject, quad.object))
    return ox.Quad(subject, quad.predicate, value)  # type: ignore[arg-type]


def _renamed(term: object, name: str) -> object:
    if not isinstance(term, ox.BlankNode):
        return term
    file = "".join(letter if letter.isalnum() else "-" for letter in name)
    return ox.BlankNode(f"{file}-{term.value}")


def _refuse_anonymous(shapes: Shapes) -> None:
    """Refuse a shape that is a blank node: its findings would name nothing."""
    typed = {
        s
        for kind in (SH.NodeShape, SH.PropertyShape)
        for s in shapes.graph.subjects(RDF.type, kind)
    }
    named = typed | set(shapes.graph.objects(None, SH.property))
    if any(isinstance(shape, BNode) for shape in named):
        owners = [
            shapes.graph.value(None, SH.property, each) for each in named if isinstance(each, BNode)
        ]
        shown = ", ".join(sorted(compact(str(owner)) for owner in owners if owner)) or "?"
        raise SourceError(
            f"shapes/ : une forme de {shown} n’a pas d’IRI ; nommez-la shape:<Classe>-<propriété>.",
            f"shapes/: a shape of {shown} has no IRI; name it shape:<Class>-<property>.",
        )
