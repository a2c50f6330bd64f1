"""The one place where the terms of pyoxigraph and those of rdflib meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox
import rdflib

if TYPE_CHECKING:
    from collections.abc import Iterable

OxTerm: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
RdflibTerm: TypeAlias = rdflib.URIRef | rdflib.BNode | rdflib.Literal


def to_rdflib(term: OxTerm) -> RdflibTerm:
    """Return the same term for rdflib, each literal with the lexical form that it was written in.

    rdflib would rewrite "01"^^xsd:integer as "1" (https://www.w3.org/TR/rdf11-concepts/
    #section-Graph-Literal keeps them apart), so that its normalisation is refused term by term.
    """
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = rdflib.URIRef(term.datatype.value)
    if datatype == rdflib.XSD.string:
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def from_rdflib(term: rdflib.term.Node) -> OxTerm:
    """Return the same term for pyoxigraph; a node of another kind is a `TypeError`."""
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if not isinstance(term, rdflib.Literal):
        raise TypeError(f"{term!r} is neither an IRI, a blank node nor a literal")
    if term.language is not None:
        return ox.Literal(str(term), language=term.language)
    if term.datatype is None:
        return ox.Literal(str(term))
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))


def to_graph(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Return one rdflib graph of all `quads`, whatever named graph each lies in.

    RDF 1.2 triple terms have no place in it: `sources` refuses them.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    known: dict[OxTerm, RdflibTerm] = {}
    for quad in quads:
        triple = (quad.subject, quad.predicate, quad.object)
        for term in triple:
            if term not in known and not isinstance(term, ox.Triple):
                known[term] = to_rdflib(term)
        subject, predicate, value = (known[term] for term in triple)  # type: ignore[index]
        graph.add((subject, predicate, value))
    return graph
