"""The forms in which the whole data set can be taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Dump:
    """One form of the whole data set: file, format, names in the EU's and IANA's lists."""

    suffix: str
    format: ox.RdfFormat
    eu_file_type: str
    media_type: str

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return f"contrats.{self.suffix}"


DUMPS: Final = (
    Dump("ttl", ox.RdfFormat.TURTLE, "RDF_TURTLE", "text/turtle"),
    Dump("rdf", ox.RdfFormat.RDF_XML, "RDF_XML", "application/rdf+xml"),
    Dump("jsonld", ox.RdfFormat.JSON_LD, "JSON_LD", "application/ld+json"),
    Dump("nt", ox.RdfFormat.N_TRIPLES, "RDF_N_TRIPLES", "application/n-triples"),
    Dump("trig", ox.RdfFormat.TRIG, "RDF_TRIG", "application/trig"),
    Dump("nq", ox.RdfFormat.N_QUADS, "RDF_N_QUADS", "application/n-quads"),
)
"""Turtle, RDF/XML and N-Triples hold the union of the graphs; the others keep the graphs apart."""


def write_dump(quads: Sequence[ox.Quad], dump: Dump) -> bytes:
    """Return `quads`, which are in canonical order, in the form of `dump`.

    The order makes the bytes stable; where graphs are blocks it is that of the graphs, which keeps
    them small, and N-Quads are the canonical ones.
    """
    if dump.format == ox.RdfFormat.N_QUADS:
        return ox.serialize(quads, format=dump.format) or b""
    if dump.format.supports_datasets:
        by_graph = sorted(quads, key=lambda quad: str(quad.graph_name))
        return ox.serialize(by_graph, format=dump.format, prefixes=dict(PREFIXES)) or b""
    union = dict.fromkeys(ox.Triple(q.subject, q.predicate, q.object) for q in quads)
    return ox.serialize(union, format=dump.format, prefixes=dict(PREFIXES)) or b""
