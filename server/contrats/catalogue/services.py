"""The services of the catalogue: what programs ask, each an object of dcat:service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contrats.catalogue.words import CONTACT, HEALTH, PUBLIC
from contrats.triples import about, term

if TYPE_CHECKING:
    import pyoxigraph as ox

    from contrats.catalogue.editorial import Editorial

_STATED: Final = ("title", "description", "identifier", "conformsTo")
_ADDRESSES: Final = ("endpointURL", "endpointDescription", "servesDataset", "keyword")


def describe_services(editorial: Editorial) -> list[ox.Triple]:
    """Return each dcat:DataService that `data/` describes, with the licence of what it serves."""
    whole = editorial.edition.iri
    return [
        triple
        for service in editorial.of_class("dcat", "DataService")
        for triple in about(
            service,
            ("rdf", "type", term("dcat", "DataService")),
            *editorial.same(service, "dcterms", *_STATED),
            *editorial.same(service, "dcat", *_ADDRESSES),
            *editorial.same(whole, "dcterms", "publisher", "license", "issued", "modified"),
            ("dcterms", "accessRights", PUBLIC),
            ("dcat", "contactPoint", CONTACT),
            ("dcat", "theme", HEALTH),
        )
    ]


def list_services(editorial: Editorial) -> list[ox.NamedNode]:
    """Return the IRIs of the services."""
    return editorial.of_class("dcat", "DataService")
