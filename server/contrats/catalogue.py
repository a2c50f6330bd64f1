"""The record of a release for harvesters: DCAT-AP 3.

https://semiceu.github.io/DCAT-AP/releases/3.0.0/
IRIs and addresses are below `BASE`: the server puts its public address in the place of the latter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.dumps import DUMPS, Dump
from contrats.edition import Edition, Stated
from contrats.statistics import describe_statistics
from contrats.triples import about, integer, term
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contrats.border import OxTerm
    from contrats.union import Union

EU: Final = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
CATALOGUE: Final = f"{BASE}catalog"
ENDPOINT: Final = f"{BASE}sparql"
SPARQL: Final = "https://www.w3.org/TR/sparql11-protocol/"


def describe_release(
    about: Sequence[ox.Quad], union: Union, edition: Edition, sizes: Mapping[str, int]
) -> list[ox.Triple]:
    """Return the catalogue of one data set, of which `about` is the graph that describes it.

    `union` is what it states in all; `sizes` are the bytes of each dump.

    Titles in French only: harvesters take one value at random. No spdx:checksum: what DCAT-AP asks
    makes udata reject the data set; the manifest has the checksums. The one blank node is the
    dcterms:temporal, since udata would dereference an IRI there.
    """
    stated = Stated(tuple(about), edition.iri)
    distributions = [triple for dump in DUMPS for triple in _distribution(dump, stated, sizes)]
    return [
        *_catalogue(stated),
        *_dataset(stated, edition),
        *describe_statistics(union, edition.iri),
        *distributions,
        *_service(stated, edition.iri),
        *_objects(stated),
    ]


def _catalogue(stated: Stated) -> list[ox.Triple]:
    """Return the dcat:Catalog."""
    catalogue = ox.NamedNode(CATALOGUE)
    return about(
        catalogue,
        ("rdf", "type", term("dcat", "Catalog")),
        *_same(stated, "title", "description", "publisher", "license", "modified", "issued"),
        ("dcterms", "language", ox.NamedNode(f"{EU}language/FRA")),
        ("foaf", "homepage", ox.NamedNode(BASE)),
        ("dcat", "dataset", stated.dataset),
        ("dcat", "service", ox.NamedNode(f"{CATALOGUE}#sparql")),
    )


def _dataset(stated: Stated, edition: Edition) -> list[ox.Triple]:
    """Return the dcat:Dataset, with what the harvesters want and `data/` need not say."""
    keywords = [("dcat", "keyword", word) for word in stated.values("dcat", "keyword")]
    places = [("dcterms", "spatial", place) for place in stated.values("dcterms", "spatial")]
    return about(
        stated.dataset,
        ("rdf", "type", term("dcat", "Dataset")),
        *_same(stated, "title", "description", "identifier", "publisher", "license"),
        *_same(stated, "issued", "modified"),
        *keywords,
        *places,
        ("dcat", "version", ox.Literal(edition.version)),
        ("dcat", "landingPage", ox.NamedNode(BASE)),
        ("dcat", "theme", ox.NamedNode(f"{EU}data-theme/HEAL")),
        ("dcterms", "language", ox.NamedNode(f"{EU}language/FRA")),
        ("dcterms", "spatial", ox.NamedNode(f"{EU}country/FRA")),
        ("dcterms", "accessRights", ox.NamedNode(f"{EU}access-right/PUBLIC")),
        ("dcterms", "accrualPeriodicity", ox.NamedNode(f"{EU}frequency/IRREG")),
        *(("dcat", "distribution", _distribution_iri(dump)) for dump in DUMPS),
        *_temporal(stated),
    ) + _period(stated)


def _temporal(stated: Stated) -> list[tuple[str, str, OxTerm]]:
    return [("dcterms", "temporal", ox.BlankNode("temporal"))] if _dates(stated) else []


def _period(stated: Stated) -> list[ox.Triple]:
    """Return the time covered, as a node of the catalogue alone."""
    dates = _dates(stated)
    if not dates:
        return []
    kind = ("rdf", "type", term("dcterms", "PeriodOfTime"))
    return about(ox.BlankNode("temporal"), kind, *dates)


def _dates(stated: Stated) -> list[tuple[str, str, OxTerm]]:
    return [
        ("dcat", name, date)
        for period in stated.values("dcterms", "temporal")
        for name in ("startDate", "endDate")
        for date in stated.values("dcat", name, period)
    ]


def _distribution(dump: Dump, stated: Stated, sizes: Mapping[str, int]) -> list[ox.Triple]:
    """Return the dcat:Distribution of one dump."""
    address = ox.NamedNode(f"{BASE}dump/{dump.file}")
    title = ox.Literal(f"Tout le jeu de données ({dump.format.name})", language="fr")
    file_type = ox.NamedNode(f"{EU}file-type/{dump.eu_file_type}")
    return about(
        _distribution_iri(dump),
        ("rdf", "type", term("dcat", "Distribution")),
        ("dcterms", "title", title),
        *_same(stated, "license", "issued", "modified"),
        ("dcterms", "rights", ox.NamedNode(f"{EU}access-right/PUBLIC")),
        ("dcterms", "format", file_type),
        ("dcat", "mediaType", ox.NamedNode(MEDIA_TYPES + dump.media_type)),
        ("dcat", "accessURL", address),
        ("dcat", "downloadURL", address),
        ("dcat", "byteSize", integer(sizes[dump.file], "nonNegativeInteger")),
    )


def _service(stated: Stated, dataset: ox.NamedNode) -> list[ox.Triple]:
    """Return the dcat:DataService of the SPARQL endpoint, an object of dcat:service."""
    return about(
        ox.NamedNode(f"{CATALOGUE}#sparql"),
        ("rdf", "type", term("dcat", "DataService")),
        ("dcterms", "title", ox.Literal("Point d’accès SPARQL", language="fr")),
        ("dcterms", "identifier", ox.Literal("contrats-locaux-de-sante-sparql")),
        *_same(stated, "publisher", "license"),
        ("dcterms", "conformsTo", ox.NamedNode(SPARQL)),
        ("dcat", "endpointURL", ox.NamedNode(ENDPOINT)),
        ("dcat", "endpointDescription", ox.NamedNode(ENDPOINT)),
        ("dcat", "servesDataset", dataset),
    )


def _objects(stated: Stated) -> list[ox.Triple]:
    """Return the types of what the catalogue points to: harvesters read nothing else."""
    typed: list[tuple[OxTerm, str, str]] = [
        (ox.NamedNode(BASE), "foaf", "Document"),
        (ox.NamedNode(SPARQL), "dcterms", "Standard"),
        (ox.NamedNode(f"{EU}country/FRA"), "dcterms", "Location"),
        (ox.NamedNode(f"{EU}access-right/PUBLIC"), "dcterms", "RightsStatement"),
        *((each, "dcterms", "LicenseDocument") for each in stated.values("dcterms", "license")),
        *((each, "dcterms", "Location") for each in stated.values("dcterms", "spatial")),
        *((each, "foaf", "Agent") for each in stated.values("dcterms", "publisher")),
    ]
    triples = [t for node, *kind in typed for t in about(node, ("rdf", "type", term(*kind)))]
    for agent in stated.values("dcterms", "publisher"):
        names = stated.values("skos", "prefLabel", agent)
        triples += about(agent, *(("foaf", "name", name) for name in names))
    return triples


def _same(stated: Stated, *names: str) -> list[tuple[str, str, OxTerm]]:
    """Return what is stated of the data set under the Dublin Core `names`, to be said again."""
    return [("dcterms", name, value) for name in names for value in stated.values("dcterms", name)]


def _distribution_iri(dump: Dump) -> ox.NamedNode:
    return ox.NamedNode(f"{CATALOGUE}#distribution-{dump.suffix}")
