"""What the data set says of itself in `data/dataset.ttl`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.errors import SourceError
from contrats.triples import term
from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.border import OxTerm

_GRAPH = ox.NamedNode(f"{PREFIXES['graph']}dataset")
_CATALOGUE = ox.NamedNode(f"{PREFIXES['graph']}catalogue")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*")


@dataclass(frozen=True, slots=True)
class Edition:
    """What the data set says of itself: its IRI, its version and when it appeared (xsd:date)."""

    iri: ox.NamedNode
    version: str
    issued: str


def select_graph(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """Return the quads of `graph:dataset`."""
    return tuple(quad for quad in quads if quad.graph_name == _GRAPH)


def select_described(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """Return the quads of `graph:dataset` and of `graph:catalogue`: all that a catalogue needs."""
    return tuple(quad for quad in quads if quad.graph_name in {_GRAPH, _CATALOGUE})


def find_version(quads: Iterable[ox.Quad]) -> str:
    """Return the version stated in `quads`, empty where none is: what is wrong is told later."""
    version = term("dcat", "version")
    return next((q.object.value for q in select_graph(quads) if q.predicate == version), "")  # type: ignore[union-attr]


def read_edition(quads: Iterable[ox.Quad]) -> Edition:
    """Return the edition stated in `quads`, whose version and date no clock gives."""
    about = select_graph(quads)
    datasets = [q.subject for q in about if q.object == term("dcat", "Dataset")]
    if len(datasets) == 1 and isinstance(datasets[0], ox.NamedNode):
        stated = Stated(about, datasets[0])
        version, issued = stated.values("dcat", "version"), stated.values("dcterms", "issued")
        if len(version) == len(issued) == 1 and _VERSION.fullmatch(version[0].value):
            return Edition(datasets[0], version[0].value, issued[0].value)
    raise SourceError(
        "data/dataset.ttl : il y faut un dcat:Dataset et un seul, avec un dcat:version (chiffres, "
        "lettres, points, traits d’union) et un dcterms:issued.",
        "data/dataset.ttl: it needs one dcat:Dataset and only one, with one dcat:version (digits, "
        "letters, dots, hyphens) and one dcterms:issued.",
    )


@dataclass(frozen=True, slots=True)
class Stated:
    """What the graph of the data set states, looked up by property."""

    quads: tuple[ox.Quad, ...] = field(repr=False)
    dataset: ox.NamedNode

    def values(self, prefix: str, name: str, of: OxTerm | None = None) -> list[OxTerm]:
        """Return the values of a property, of the data set or of a thing that it points to.

        Texts in another language than French are left out.
        """
        found = objects_in(self.quads, of or self.dataset, term(prefix, name))
        return [each for each in found if getattr(each, "language", None) in (None, "fr")]


def objects_in(quads: Iterable[ox.Quad], subject: OxTerm, predicate: ox.NamedNode) -> list[OxTerm]:
    """Return what `quads` give `subject` for `predicate`."""
    return [
        quad.object  # type: ignore[misc]
        for quad in quads
        if quad.subject == subject and quad.predicate == predicate
    ]
