"""The versions of the data set, when whoever serves knows of more than one release.

https://www.w3.org/TR/vocab-dcat-3/#dataset-versions
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.triples import about, term
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Version:
    """One release: its identifier, the version that it states, the day it appeared (xsd:date)."""

    identifier: str
    version: str
    issued: str


def describe_versions(dataset: ox.NamedNode, history: Sequence[Version]) -> list[ox.Triple]:
    """Return how the releases of `history`, the oldest first, follow one another as versions.

    For the whole record alone: a portal would take each version for a data set of its own.
    """
    triples: list[ox.Triple] = []
    for place, each in enumerate(history):
        iri = version_iri(each)
        before = [("dcat", "previousVersion", version_iri(e)) for e in history[place - 1 : place]]
        triples += about(dataset, ("dcat", "hasVersion", iri))
        triples += about(
            iri,
            ("rdf", "type", term("dcat", "Dataset")),
            ("dcat", "version", ox.Literal(each.version)),
            ("dcterms", "identifier", ox.Literal(each.identifier)),
            ("dcterms", "issued", ox.Literal(each.issued, datatype=term("xsd", "date"))),
            ("dcat", "isVersionOf", dataset),
            *before,
        )
    if history:
        triples += about(dataset, ("dcat", "hasCurrentVersion", version_iri(history[-1])))
    return triples


def version_iri(version: Version) -> ox.NamedNode:
    """Return the IRI of a release."""
    return ox.NamedNode(f"{BASE}release/{version.identifier}")
