"""The data sets of the catalogue, each with what harvesters want and `data/` need not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.catalogue.files import file_iri
from contrats.catalogue.words import (
    CONTACT,
    FRANCE,
    HEALTH,
    HOME,
    IRREGULAR,
    LANGUAGES,
    PROVENANCE,
    PUBLIC,
    foreign,
    said,
)
from contrats.triples import about, term
from contrats.vocabulary import BASE, DEF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.border import OxTerm
    from contrats.catalogue.editorial import Editorial
    from contrats.distributions import Distribution

_SHARED: Final = ("publisher", "license", "issued", "modified")
MODEL: Final = ox.NamedNode(DEF.removesuffix("#"))


def describe_dataset(
    iri: ox.NamedNode, files: Iterable[Distribution], editorial: Editorial
) -> list[ox.Triple]:
    """Return the dcat:Dataset `iri` with its `files`.

    Version, dates, licence, publisher, time and place are those of the whole. No spdx:checksum on
    files: what DCAT-AP asks makes udata reject the data set; the manifest has the checksums.
    """
    whole = editorial.edition.iri
    landing = _landing(iri, whole)
    return [
        *about(
            iri,
            ("rdf", "type", term("dcat", "Dataset")),
            *editorial.same(iri, "dcterms", "title", "description", "identifier", "isPartOf"),
            *editorial.same(whole, "dcterms", *_SHARED),
            *editorial.same(iri, "dcat", "keyword", "inSeries"),
            ("dcat", "version", ox.Literal(editorial.edition.version)),
            ("dcat", "landingPage", landing),
            ("dcat", "theme", HEALTH),
            ("dcat", "contactPoint", CONTACT),
            ("dcterms", "language", LANGUAGES["fr"]),
            ("dcterms", "accessRights", PUBLIC),
            ("dcterms", "accrualPeriodicity", IRREGULAR),
            ("dcterms", "conformsTo", MODEL),
            ("dcterms", "provenance", PROVENANCE),
            *said("dcat", "distribution", *(file_iri(each) for each in files)),
            *places_of(editorial),
        ),
        *about(landing, ("rdf", "type", term("foaf", "Document"))),
        *_period(iri, editorial),
    ]


def _landing(iri: ox.NamedNode, whole: ox.NamedNode) -> ox.NamedNode:
    """Return the page about a data set: for the whole, that of the site."""
    return HOME if iri == whole else ox.NamedNode(iri.value.replace(f"{BASE}id/", f"{BASE}doc/"))


def places_of(editorial: Editorial) -> list[tuple[str, str, OxTerm]]:
    """Return the place of the EU's list that DCAT-AP wants, and the extent that harvesters read.

    The extent is a blank node: CKAN takes as the place the last one that has an IRI.
    """
    extent = said("dcterms", "spatial", *([EXTENT] if extents(editorial) else []))
    return [("dcterms", "spatial", FRANCE), *extent]


EXTENT: Final = ox.BlankNode("extent")


def describe_extent(editorial: Editorial) -> list[ox.Triple]:
    """Return the extent covered, as a dcterms:Location with a geometry and no IRI."""
    return [
        triple
        for place in extents(editorial)
        for triple in about(
            EXTENT,
            ("rdf", "type", term("dcterms", "Location")),
            *editorial.same(place, "skos", "prefLabel"),
            *editorial.same(place, "locn", "geometry"),
        )
    ]


def extents(editorial: Editorial) -> list[OxTerm]:
    """Return what `data/` says the catalogue covers, at most one place."""
    catalogues = editorial.of_class("dcat", "Catalog")
    return [place for each in catalogues for place in editorial.values(each, "dcterms", "spatial")][
        :1
    ]


def _period(iri: ox.NamedNode, editorial: Editorial) -> list[ox.Triple]:
    """Return the time covered: a blank node of this data set, since udata follows an IRI there."""
    whole = editorial.edition.iri
    dates = [
        pair
        for period in editorial.values(whole, "dcterms", "temporal")
        for pair in editorial.same(period, "dcat", "startDate", "endDate")
    ]
    if not dates:
        return []
    node = ox.BlankNode(f"temporal-{iri.value.rpartition('/')[2]}")
    return [
        *about(iri, ("dcterms", "temporal", node)),
        *about(node, ("rdf", "type", foreign("dcterms", "PeriodOfTime")), *dates),
    ]
