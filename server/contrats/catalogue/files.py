"""The files of the data sets, each a dcat:Distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.catalogue.words import (
    AVAILABLE,
    CATALOGUE,
    EU,
    LANGUAGES,
    MEDIA_TYPES,
    PUBLIC,
    both,
    foreign,
    said,
)
from contrats.triples import about, integer, term
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from contrats.catalogue.editorial import Editorial
    from contrats.distributions import Distribution

_FORMS: Final = {
    "ttl": ("Turtle, sans les graphes nommés", "Turtle, without the named graphs"),
    "rdf": ("RDF/XML, sans les graphes nommés", "RDF/XML, without the named graphs"),
    "nt": ("N-Triples, un énoncé par ligne", "N-Triples, a statement a line"),
    "nq": (
        "N-Quads, un énoncé et son graphe par ligne",
        "N-Quads, a statement and its graph a line",
    ),
    "trig": ("TriG, graphe par graphe", "TriG, graph by graph"),
    "jsonld": ("JSON-LD", "JSON-LD"),
    "csv": ("CSV en UTF-8, séparé par des virgules", "CSV in UTF-8, separated by commas"),
    "tsv": ("SSSOM/TSV en UTF-8", "SSSOM/TSV in UTF-8"),
    "xlsx": ("classeur pour tableur", "workbook for a spreadsheet"),
}
"""What is said of a form, by its suffix."""


def file_iri(file: Distribution) -> ox.NamedNode:
    """Return the IRI of a file as the catalogue speaks of it."""
    return ox.NamedNode(f"{CATALOGUE.value}#{file.file}")


def describe_file(file: Distribution, size: int, editorial: Editorial) -> list[ox.Triple]:
    """Return the dcat:Distribution of `file`, which has `size` bytes.

    Licence and dates are said again: udata and the EU's quality scheme read them there.
    """
    address = ox.NamedNode(f"{BASE}dump/{file.file}")
    packed = file.compression
    compressed = [ox.NamedNode(MEDIA_TYPES + packed)] if packed else []
    return [
        *about(
            file_iri(file),
            ("rdf", "type", term("dcat", "Distribution")),
            *said("dcterms", "title", *both(file.title_fr, file.title_en)),
            *said("dcterms", "description", *_described(file)),
            *editorial.same(editorial.edition.iri, "dcterms", "license", "issued", "modified"),
            ("dcterms", "rights", PUBLIC),
            ("dcterms", "language", LANGUAGES["fr"]),
            ("dcterms", "format", ox.NamedNode(f"{EU}file-type/{file.eu_file_type}")),
            ("dcat", "mediaType", ox.NamedNode(MEDIA_TYPES + file.media_type)),
            *said("dcat", "compressFormat", *compressed),
            ("dcat", "accessURL", address),
            ("dcat", "downloadURL", address),
            ("dcat", "byteSize", integer(size, "nonNegativeInteger")),
        ),
        ox.Triple(file_iri(file), foreign("dcatap", "availability"), AVAILABLE),
    ]


def _described(file: Distribution) -> tuple[ox.Literal, ox.Literal]:
    french, english = _FORMS[file.suffix]
    packed_fr, packed_en = (
        (" Compressé par gzip.", " Compressed by gzip.") if file.compression else ("", "")
    )
    return both(
        f"{file.file} : {french}.{packed_fr}",
        f"{file.file}: {english}.{packed_en}",
    )
