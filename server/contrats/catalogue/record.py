"""The whole record of a release: https://semiceu.github.io/DCAT-AP/releases/3.0.0/.

IRIs and addresses are below `BASE`: the server puts its public address in the place of the latter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contrats.catalogue.datasets import describe_dataset, describe_extent, places_of
from contrats.catalogue.editorial import read_editorial
from contrats.catalogue.files import describe_file
from contrats.catalogue.objects import class_forms, describe_objects
from contrats.catalogue.services import describe_services, list_services
from contrats.catalogue.words import CATALOGUE, CONTACT, HOME, LANGUAGES, THEMES, said
from contrats.distributions import DISTRIBUTIONS
from contrats.statistics import describe_statistics
from contrats.triples import about, term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyoxigraph as ox

    from contrats.catalogue.editorial import Editorial
    from contrats.edition import Edition
    from contrats.union import Union


def describe_release(
    about: Sequence[ox.Quad], union: Union, edition: Edition, sizes: Mapping[str, int]
) -> list[ox.Triple]:
    """Return the record in both languages, of which `about` are the graphs that describe it.

    `union` is what the data set states in all; `sizes` are the bytes of each file. A file without
    a size is not in this release; one whose data set `about` leaves out is not listed.
    """
    editorial = read_editorial(about, edition)
    files = [each for each in DISTRIBUTIONS if each.file in sizes]
    triples = [*_catalogue(editorial), *_series(editorial)]
    for name, iri in editorial.datasets.items():
        own = [each for each in files if each.dataset == name]
        triples += describe_dataset(iri, own, editorial)
        for file in own:
            triples += describe_file(file, sizes[file.file], editorial)
    triples += describe_statistics(union, edition.iri)
    triples += describe_extent(editorial)
    triples += describe_services(editorial)
    triples += describe_objects(editorial)
    return list(dict.fromkeys([*triples, *class_forms(triples)]))


def _catalogue(editorial: Editorial) -> list[ox.Triple]:
    """Return the dcat:Catalog; its words are the data set's where `data/` has none of its own."""
    whole = editorial.edition.iri
    named = CATALOGUE if editorial.values(CATALOGUE, "dcterms", "title") else whole
    return about(
        CATALOGUE,
        ("rdf", "type", term("dcat", "Catalog")),
        *editorial.same(named, "dcterms", "title", "description"),
        *editorial.same(whole, "dcterms", "publisher", "license", "modified", "issued"),
        *said("dcterms", "language", *LANGUAGES.values()),
        *places_of(editorial),
        ("foaf", "homepage", HOME),
        ("dcat", "contactPoint", CONTACT),
        ("dcat", "themeTaxonomy", THEMES),
        *said("dcat", "dataset", *editorial.datasets.values()),
        *said("dcat", "service", *list_services(editorial)),
    )


def _series(editorial: Editorial) -> list[ox.Triple]:
    """Return the dcat:DatasetSeries that `data/` describes."""
    whole = editorial.edition.iri
    return [
        triple
        for series in editorial.of_class("dcat", "DatasetSeries")
        for triple in about(
            series,
            ("rdf", "type", term("dcat", "DatasetSeries")),
            *editorial.same(series, "dcterms", "title", "description"),
            *editorial.same(whole, "dcterms", "publisher", "issued", "modified"),
            ("dcat", "contactPoint", CONTACT),
        )
    ]
