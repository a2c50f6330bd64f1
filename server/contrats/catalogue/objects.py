"""What the catalogue points to, with its class and name: harvesters follow no link to learn it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.catalogue.datasets import MODEL
from contrats.catalogue.words import (
    AVAILABLE,
    CONTACT,
    EU,
    FRANCE,
    HEALTH,
    HELP,
    HOME,
    IRREGULAR,
    LANGUAGES,
    PROVENANCE,
    PUBLIC,
    THEMES,
    both,
    foreign,
    said,
    typed,
)
from contrats.triples import about

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contrats.catalogue.editorial import Editorial

_CLASSES: Final = {
    ox.NamedNode("http://purl.org/dc/terms/format"): "MediaTypeOrExtent",
    ox.NamedNode("http://www.w3.org/ns/dcat#mediaType"): "MediaType",
    ox.NamedNode("http://www.w3.org/ns/dcat#compressFormat"): "MediaType",
}
"""The class of what some properties point to, in the words of Dublin Core."""


def describe_objects(editorial: Editorial) -> list[ox.Triple]:
    """Return the classes and names of pages, licences, places, agents, standards and lists."""
    return [
        *typed(HOME, "foaf", "Document"),
        *typed(PUBLIC, "dcterms", "RightsStatement"),
        *typed(IRREGULAR, "dcterms", "Frequency"),
        *typed(LANGUAGES["fr"], "dcterms", "LinguisticSystem"),
        *typed(LANGUAGES["en"], "dcterms", "LinguisticSystem"),
        *typed(FRANCE, "dcterms", "Location"),
        *typed(HEALTH, "skos", "Concept"),
        *about(HEALTH, *said("skos", "prefLabel", *both("Santé", "Health"))),
        *typed(AVAILABLE, "skos", "Concept"),
        *about(AVAILABLE, *said("skos", "prefLabel", *both("Disponible", "Available"))),
        *typed(THEMES, "skos", "ConceptScheme"),
        *about(THEMES, *said("dcterms", "title", *both("Thèmes de données", "Data themes"))),
        *typed(MODEL, "dcterms", "Standard"),
        *about(
            MODEL,
            *said(
                "dcterms",
                "title",
                *both(
                    "Vocabulaire des contrats locaux de santé",
                    "Vocabulary of French local health contracts",
                ),
            ),
        ),
        *_provenance(),
        *_contact(editorial),
        *_stated(editorial),
    ]


def class_forms(triples: Sequence[ox.Triple]) -> list[ox.Triple]:
    """Return the class of each form that `triples` point to, and the lists of what is in one."""
    classes = {
        (str(each.object), name): each.object
        for each in triples
        if (name := _CLASSES.get(each.predicate)) is not None
    }
    typed_forms = [
        triple
        for (_, name), node in sorted(classes.items(), key=lambda pair: pair[0])
        for triple in about(node, ("rdf", "type", foreign("dcterms", name)))  # type: ignore[arg-type]
    ]
    return [*typed_forms, *_listed(triples)]


def _listed(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return of which list of the EU each value is that `triples` take from one."""
    values = {str(each.object): each.object for each in triples}
    placed = [
        (node, iri[1:-1].removeprefix(EU).partition("/"))
        for iri, node in sorted(values.items())
        if iri.startswith(f"<{EU}")
    ]
    return [
        triple
        for node, (name, _, value) in placed
        if value
        for triple in about(node, ("skos", "inScheme", ox.NamedNode(EU + name)))  # type: ignore[arg-type]
    ]


def _provenance() -> list[ox.Triple]:
    """Return where the statements come from, in a sentence."""
    words = both(
        "Lu dans des documents publics, chaque valeur avec sa source ; ce qui est éditorial ou "
        "déduit est marqué comme tel.",
        "Read in public documents, each value with its source; what is editorial or inferred is "
        "marked so.",
    )
    return [
        *typed(PROVENANCE, "dcterms", "ProvenanceStatement"),
        *about(PROVENANCE, *said("rdfs", "label", *words)),
    ]


def _contact(editorial: Editorial) -> list[ox.Triple]:
    """Return whom to write to: the publisher, and the page that says how to contribute.

    No e-mail: `data/` knows of none. Whoever serves gives one (`contrats serve --contact`).
    """
    names = [
        ox.Triple(CONTACT, foreign("vcard", "fn"), name)
        for agent in editorial.values(editorial.edition.iri, "dcterms", "publisher")
        for name in editorial.values(agent, "skos", "prefLabel")
    ]
    return [
        *typed(CONTACT, "vcard", "Kind"),
        *typed(CONTACT, "vcard", "Organization"),
        *names,
        ox.Triple(CONTACT, foreign("vcard", "hasURL"), HELP),
    ]


def _stated(editorial: Editorial) -> list[ox.Triple]:
    """Return the class and the name of what `data/` points to."""
    whole = editorial.edition.iri
    triples: list[ox.Triple] = []
    for licence in editorial.values(whole, "dcterms", "license"):
        names = editorial.values(licence, "skos", "prefLabel")
        triples += typed(licence, "dcterms", "LicenseDocument")
        triples += about(licence, *said("dcterms", "title", *names))
    for agent in editorial.values(whole, "dcterms", "publisher"):
        names = editorial.values(agent, "skos", "prefLabel")
        triples += typed(agent, "foaf", "Agent")
        triples += about(agent, *said("foaf", "name", *names), ("foaf", "homepage", HOME))
    for standard in editorial.of_class("dcterms", "Standard"):
        triples += typed(standard, "dcterms", "Standard")
        triples += about(
            standard, *said("dcterms", "title", *editorial.values(standard, "skos", "prefLabel"))
        )
    return triples
