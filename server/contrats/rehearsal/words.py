"""What harvesters look for: the vocabularies, and short ways to look in a page's graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import DCTERMS, Literal, Namespace, URIRef

from contrats.rehearsal.remarks import Remark, Weight

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

GEO: Final = Namespace("http://www.opengis.net/ont/geosparql#")
HYDRA: Final = Namespace("http://www.w3.org/ns/hydra/core#")
LOCN: Final = Namespace("http://www.w3.org/ns/locn#")
SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
SERIES: Final = URIRef("http://www.w3.org/ns/dcat#DatasetSeries")
"""Newer than rdflib's DCAT."""

IANA: Final = "https://www.iana.org/assignments/media-types/"
EU_FORMATS: Final = "http://publications.europa.eu/resource/authority/file-type/"
EU_FREQUENCIES: Final = "http://publications.europa.eu/resource/authority/frequency/"
LICENCE_OUVERTE: Final = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"


def name_of(graph: Graph, node: Node) -> str:
    """Return what to call a thing: its first title, else its identifier, else its IRI."""
    titles = sorted(str(each) for each in graph.objects(node, DCTERMS.title))
    identifiers = sorted(str(each) for each in graph.objects(node, DCTERMS.identifier))
    return (titles or identifiers or [str(node)])[0]


def texts(graph: Graph, node: Node, predicate: URIRef) -> list[Literal]:
    """Return the literals of a property."""
    return [each for each in graph.objects(node, predicate) if isinstance(each, Literal)]


def skip(code: str, french: str, english: str) -> Remark:
    """Return the remark that the thing is not taken."""
    return Remark(Weight.SKIP, code, french, english)


def lose(code: str, french: str, english: str) -> Remark:
    """Return the remark that the thing is taken without this value."""
    return Remark(Weight.LOSE, code, french, english)


def guess(code: str, french: str, english: str) -> Remark:
    """Return the remark that the harvester guesses."""
    return Remark(Weight.GUESS, code, french, english)


def note(code: str, french: str, english: str) -> Remark:
    """Return the remark that nothing is lost."""
    return Remark(Weight.NOTE, code, french, english)


def stop(code: str, french: str, english: str) -> Remark:
    """Return the remark that the harvest ends."""
    return Remark(Weight.STOP, code, french, english)
