"""What CKAN, by ckanext-dcat, makes of the data sets of a page.

Rules of ckan/ckanext-dcat: `harvesters/rdf.py`, `profiles/base.py`,
`profiles/euro_dcat_ap_base.py`; of ckan/ckan: `logic/validators.py`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import DCAT, DCTERMS, RDF, XSD, Literal, URIRef

from contrats.rehearsal.common import is_iri, is_polygon, look_at_languages
from contrats.rehearsal.files import address_of
from contrats.rehearsal.remarks import Item, Remark, sort_remarks
from contrats.rehearsal.words import GEO, IANA, LOCN, guess, lose, name_of, note, skip, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

LANGUAGE: Final = "en"
"""CKAN's own (`ckan.locale_default`), where nobody has set another."""
_TAG: Final = re.compile(r"[\w \-.]{2,100}")
_JSON: Final = {None, URIRef(f"{IANA}application/vnd.geo+json")}


@dataclass(slots=True)
class Ckan:
    """The harvest of one catalogue: by what its data sets are known again."""

    taken: set[str] = field(default_factory=set)

    def datasets(self, graph: Graph) -> Iterator[Item]:
        """Yield the data sets of a page."""
        for node in sorted(set(graph.subjects(RDF.type, DCAT.Dataset)), key=str):
            remarks = sort_remarks([*self._known(graph, node), *_fields(graph, node)])
            yield Item("dataset", str(node) if is_iri(node) else "", name_of(graph, node), remarks)

    def _known(self, graph: Graph, node: Node) -> Iterator[Remark]:
        """Yield what is wrong with what a data set is known by: its IRI, else its identifier."""
        if not list(graph.objects(node, DCTERMS.title)):
            yield stop(
                "title-missing",
                "Pas de dcterms:title : ckanext-dcat s’arrête, et rien de la page n’est pris.",
                "No dcterms:title: ckanext-dcat stops, and nothing of the page is taken.",
            )
        identifier = graph.value(node, DCTERMS.identifier)
        known = str(node) if is_iri(node) else str(identifier or "")
        if not is_iri(node):
            yield guess(
                "blank-node",
                "Nœud anonyme : reconnu d’une nuit à l’autre par son identifiant, sinon par son "
                "titre, qui peut changer.",
                "Blank node: known again by its identifier, else by its title, which may change.",
            )
        if known and known in self.taken:
            yield skip(
                "known-twice",
                f"« {known} » est déjà pris : l’un écrase l’autre.",
                f"“{known}” is taken already: one overwrites the other.",
            )
        self.taken.add(known)


def look_at_services(graph: Graph) -> Iterator[Remark]:
    """Yield a remark when a page has services: CKAN has no place for them."""
    count = len(set(graph.subjects(RDF.type, DCAT.DataService)))
    if count:
        yield note(
            "services-not-harvested",
            f"{count} dcat:DataService : CKAN ne moissonne que les jeux de données.",
            f"{count} dcat:DataService: CKAN harvests data sets alone.",
        )


def _fields(graph: Graph, node: Node) -> Iterator[Remark]:
    yield from look_at_languages(graph, node, LANGUAGE)
    if not list(graph.objects(node, DCTERMS.description)):
        yield lose("description-missing", "Pas de description.", "No description.")
    yield from _tags(graph, node)
    yield from _place(graph, node)
    yield from _time(graph, node)
    yield from _licence(graph, node)
    for file in sorted(graph.objects(node, DCAT.distribution), key=str):
        yield from _file(graph, file)


def _tags(graph: Graph, node: Node) -> Iterator[Remark]:
    words = [
        part.strip() for each in graph.objects(node, DCAT.keyword) for part in str(each).split(",")
    ]
    wrong = sorted(word for word in words if _TAG.fullmatch(word) is None)
    if wrong:
        told = ", ".join(f"« {word} »" for word in wrong)
        yield skip(
            "tag-refused",
            f"Mot clé refusé par CKAN (lettres, chiffres, espaces, - _ . seulement), et le jeu de "
            f"données avec lui : {told}.",
            f"Keyword that CKAN refuses (letters, digits, spaces, - _ . only), and the data set "
            f"with it: {', '.join(wrong)}.",
        )


def _place(graph: Graph, node: Node) -> Iterator[Remark]:
    places = list(graph.objects(node, DCTERMS.spatial))
    named = [each for each in places if is_iri(each)]
    if len(named) > 1:
        yield guess(
            "place-at-random",
            f"{len(named)} lieux ont un IRI : un est pris au hasard.",
            f"{len(named)} places have an IRI: one is taken at random.",
        )
    drawn = [
        each
        for place in places
        if (place, RDF.type, DCTERMS.Location) in graph
        for predicate in (LOCN.geometry, DCAT.bbox)
        for each in graph.objects(place, predicate)
    ]
    if places and not any(isinstance(each, Literal) and _is_read(each) for each in drawn):
        yield lose(
            "place-without-geometry",
            "Aucun dcterms:Location n’a de locn:geometry ou de dcat:bbox lisible (WKT ou GeoJSON).",
            "No dcterms:Location has a readable locn:geometry or dcat:bbox (WKT or GeoJSON).",
        )


def _is_read(geometry: Literal) -> bool:
    if geometry.datatype == GEO.wktLiteral:
        return is_polygon(str(geometry)) or str(geometry).upper().startswith("POINT")
    if geometry.datatype not in _JSON:
        return False
    try:
        json.loads(str(geometry))
    except ValueError:
        return False
    return True


def _time(graph: Graph, node: Node) -> Iterator[Remark]:
    for period in graph.objects(node, DCTERMS.temporal):
        dates = [
            each for name in ("startDate", "endDate") for each in graph.objects(period, DCAT[name])
        ]
        wrong = [
            each
            for each in dates
            if getattr(each, "datatype", None)
            not in {XSD.date, XSD.dateTime, XSD.gYear, XSD.gYearMonth}
        ]
        if not dates or wrong:
            yield lose(
                "time-without-dates",
                "La période n’a pas de dcat:startDate ni de dcat:endDate qui soit une date.",
                "The period has no dcat:startDate nor dcat:endDate that is a date.",
            )


def _licence(graph: Graph, node: Node) -> Iterator[Remark]:
    files = list(graph.objects(node, DCAT.distribution))
    if not any(list(graph.objects(file, DCTERMS.license)) for file in files):
        yield lose(
            "licence-of-no-file",
            "Aucun fichier n’a de dcterms:license : CKAN n’en lit pas sur le jeu de données.",
            "No file has a dcterms:license: CKAN reads none on the data set.",
        )


def _file(graph: Graph, file: Node) -> Iterator[Remark]:
    name = name_of(graph, file)
    if address_of(graph, file) is None:
        yield lose(
            "file-without-address",
            f"« {name} » n’a pas d’adresse : le fichier ne mène nulle part.",
            f"“{name}” has no address: the file leads nowhere.",
        )
    if not is_iri(file):
        yield guess(
            "file-blank-node",
            f"« {name} » est un nœud anonyme : CKAN le refait chaque nuit.",
            f"“{name}” is a blank node: CKAN makes it anew every night.",
        )
    if not any(list(graph.objects(file, each)) for each in (DCAT.mediaType, DCTERMS["format"])):
        yield lose(
            "format-missing",
            f"« {name} » n’a ni dcat:mediaType ni dcterms:format.",
            f"“{name}” has neither dcat:mediaType nor dcterms:format.",
        )
