"""The fields of a data set as udata reads them: text, contact, place, time, licence, keywords."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from rdflib import DCAT, DCTERMS, FOAF, SKOS, XSD, Literal

from contrats.rehearsal.common import is_iri, is_polygon
from contrats.rehearsal.words import (
    EU_FREQUENCIES,
    GEO,
    IANA,
    LICENCE_OUVERTE,
    VCARD,
    guess,
    lose,
    note,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from contrats.rehearsal.remarks import Remark

_FREQUENCIES: Final = (EU_FREQUENCIES, "http://purl.org/cld/freq/")
_SHORT: Final = 3
_LONG: Final = 96
"""Characters of a keyword, https://github.com/opendatateam/udata: `TAG_MIN_LENGTH` and so on."""
_SHAPES: Final = {"Polygon", "MultiPolygon"}


def look_at_fields(graph: Graph, node: Node) -> Iterator[Remark]:
    """Yield what udata would lose or guess of the fields of a data set."""
    if not any(list(graph.objects(node, DCTERMS[name])) for name in ("description", "abstract")):
        yield lose("description-missing", "Pas de description.", "No description.")
    yield from _frequency(graph, node)
    yield from _contact(graph, node)
    yield from _place(graph, node)
    yield from _time(graph, node)
    yield from _licence(graph, node)
    yield from _keywords(graph, node)
    if not list(graph.objects(node, DCAT.landingPage)) and not is_iri(node):
        yield lose(
            "page-missing",
            "Ni dcat:landingPage ni IRI : pas de lien vers la source.",
            "Neither dcat:landingPage nor an IRI: no link to the source.",
        )


def _frequency(graph: Graph, node: Node) -> Iterator[Remark]:
    found = graph.value(node, DCTERMS.accrualPeriodicity)
    if found is None:
        yield guess(
            "frequency-missing",
            "Pas de dcterms:accrualPeriodicity : fréquence inconnue.",
            "No dcterms:accrualPeriodicity: frequency unknown.",
        )
    elif not str(found).startswith(_FREQUENCIES) and "/" in str(found):
        yield lose(
            "frequency-unknown",
            f"Fréquence hors des listes que udata connaît : {found}.",
            f"Frequency of no list that udata knows: {found}.",
        )


def _contact(graph: Graph, node: Node) -> Iterator[Remark]:
    contacts = list(graph.objects(node, DCAT.contactPoint))
    if not contacts:
        yield lose("contact-missing", "Pas de dcat:contactPoint.", "No dcat:contactPoint.")
    for contact in contacts:
        names = [VCARD.fn, VCARD["organization-name"], FOAF.name, SKOS.prefLabel]
        if not any(list(graph.objects(contact, name)) for name in names):
            yield lose(
                "contact-without-name",
                "Le contact n’a pas de vcard:fn.",
                "The contact has no vcard:fn.",
            )
        if not any(
            list(graph.objects(contact, p)) for p in (VCARD.hasEmail, VCARD.email, FOAF.mbox)
        ):
            yield note(
                "contact-without-email",
                "Le contact n’a pas de vcard:hasEmail : le portail n’a personne à qui écrire.",
                "The contact has no vcard:hasEmail: the portal has nobody to write to.",
            )


def _place(graph: Graph, node: Node) -> Iterator[Remark]:
    places = list(graph.objects(node, DCTERMS.spatial))
    geometries = [
        each
        for place in places
        if not isinstance(place, Literal)
        for each in graph.objects(place, None)
        if isinstance(each, Literal)
        and each.datatype in {GEO.wktLiteral, GEO.geoJSONLiteral, IANA_GEOJSON}
    ]
    boxes = [each for each in places if isinstance(each, Literal) and str(each).count(",") == 3]  # noqa: PLR2004 -- west, south, east, north
    if not geometries and not boxes:
        yield lose(
            "place-without-geometry",
            "dcterms:spatial ne mène à aucune géométrie (WKT ou GeoJSON) : pas de territoire.",
            "dcterms:spatial leads to no geometry (WKT or GeoJSON): no territory.",
        )
    for each in geometries:
        if not _is_read(each):
            yield lose(
                "geometry-unreadable",
                "Géométrie qui n’est ni un polygone ni un multipolygone, ou un système de "
                "coordonnées devant le WKT : ignorée.",
                "Geometry that is neither a polygon nor a multipolygon, or a coordinate system in "
                "front of the WKT: left out.",
            )


IANA_GEOJSON: Final = Literal("", datatype=f"{IANA}application/vnd.geo+json").datatype


def _is_read(geometry: Literal) -> bool:
    if geometry.datatype == GEO.wktLiteral:
        return is_polygon(str(geometry))
    try:
        found = json.loads(str(geometry))
    except ValueError:
        return False
    return isinstance(found, dict) and found.get("type") in _SHAPES


def _time(graph: Graph, node: Node) -> Iterator[Remark]:
    for period in graph.objects(node, DCTERMS.temporal):
        if is_iri(period):
            yield lose(
                "time-with-an-iri",
                f"dcterms:temporal a un IRI ({period}) : udata va le chercher sur le réseau, au "
                "lieu de lire les dates d’ici. Faites-en un nœud anonyme.",
                f"dcterms:temporal has an IRI ({period}): udata fetches it from the network, "
                "instead of reading the dates here. Make it a blank node.",
            )
            continue
        dates = [
            each for name in ("startDate", "endDate") for each in graph.objects(period, DCAT[name])
        ]
        wrong = [each for each in dates if getattr(each, "datatype", None) != XSD.date]
        if not isinstance(period, Literal) and (wrong or not dates):
            yield lose(
                "time-without-dates",
                "La période n’a pas de dcat:startDate et dcat:endDate en xsd:date.",
                "The period has no dcat:startDate and dcat:endDate as xsd:date.",
            )


def _licence(graph: Graph, node: Node) -> Iterator[Remark]:
    files = list(graph.objects(node, DCAT.distribution))
    licences = {
        str(each) for part in (node, *files) for each in graph.objects(part, DCTERMS.license)
    }
    if not licences:
        yield guess(
            "licence-missing",
            "Ni le jeu de données ni ses fichiers n’ont de dcterms:license : « non précisée ».",
            "Neither the data set nor its files have a dcterms:license: “not specified”.",
        )
    elif LICENCE_OUVERTE not in licences:
        told = ", ".join(sorted(licences))
        yield guess(
            "licence-guessed",
            f"Licence que le portail devine par ressemblance, s’il le peut : {told}.",
            f"Licence that the portal guesses by likeness, if it can: {told}.",
        )


def _keywords(graph: Graph, node: Node) -> Iterator[Remark]:
    words = list(graph.objects(node, DCAT.keyword))
    if not words:
        yield lose("keywords-missing", "Pas de dcat:keyword.", "No dcat:keyword.")
    for word in words:
        if not isinstance(word, Literal) or not _SHORT <= len(word) <= _LONG:
            yield lose(
                "keyword-dropped",
                f"Mot clé laissé ou coupé ({_SHORT} à {_LONG} signes, un texte) : « {word} ».",
                f"Keyword dropped or cut ({_SHORT} to {_LONG} characters, a text): “{word}”.",
            )
