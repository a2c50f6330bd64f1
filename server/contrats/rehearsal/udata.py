"""What udata (data.gouv.fr) makes of the data sets and services of a page.

Rules of opendatateam/udata: `core/dataset/rdf.py`, `core/dataservices/rdf.py`,
`harvest/backends/base.py`, `rdf.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import DCAT, DCTERMS, RDF

from contrats.rehearsal.common import is_iri, look_at_languages, look_at_modified
from contrats.rehearsal.fields import look_at_fields
from contrats.rehearsal.files import look_at_files
from contrats.rehearsal.remarks import Item, Remark, sort_remarks
from contrats.rehearsal.words import SERIES, guess, lose, name_of, skip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rdflib import Graph
    from rdflib.term import Node

LANGUAGE: Final = "fr"
"""That of data.gouv.fr (`DEFAULT_LANGUAGE`)."""
_LINKS: Final = {DCAT.servesDataset, DCTERMS.hasPart}


@dataclass(slots=True)
class Udata:
    """The harvest of one catalogue: which identifiers were taken already."""

    today: date
    taken: set[str] = field(default_factory=set)

    def datasets(self, graph: Graph) -> Iterator[Item]:
        """Yield the data sets of a page: series are data sets too."""
        found = [*graph.subjects(RDF.type, DCAT.Dataset), *graph.subjects(RDF.type, SERIES)]
        for node in sorted(set(found), key=str):
            if not _is_elsewhere(graph, node):
                remarks = [*self._identified(graph, node), *self._dataset(graph, node)]
                yield _item(graph, node, "dataset", remarks)

    def services(self, graph: Graph) -> Iterator[Item]:
        """Yield the services of a page, but for those that are only the access to a file."""
        within = set(graph.objects(None, DCAT.accessService))
        for node in sorted(set(graph.subjects(RDF.type, DCAT.DataService)) - within, key=str):
            remarks = [*self._identified(graph, node), *_service(graph, node)]
            yield _item(graph, node, "service", remarks)
        for node in sorted(within & set(graph.subjects(RDF.type, DCAT.DataService)), key=str):
            yield _item(graph, node, "service", [_only_accessed()])

    def _identified(self, graph: Graph, node: Node) -> Iterator[Remark]:
        """Yield what is wrong with the title and the identifier, without which nothing is taken."""
        if not list(graph.objects(node, DCTERMS.title)):
            yield skip(
                "title-missing",
                "Pas de dcterms:title : passé.",
                "No dcterms:title: skipped.",
            )
        identifiers = sorted(str(each) for each in graph.objects(node, DCTERMS.identifier))
        if not identifiers:
            yield skip(
                "identifier-missing",
                "Pas de dcterms:identifier : passé.",
                "No dcterms:identifier: skipped.",
            )
            return
        if len(identifiers) > 1:
            yield guess(
                "identifier-at-random",
                f"{len(identifiers)} dcterms:identifier : un est pris au hasard, et peut changer "
                "d’une nuit à l’autre.",
                f"{len(identifiers)} dcterms:identifier: one is taken at random, and may change "
                "from one night to the next.",
            )
        if identifiers[0] in self.taken:
            yield skip(
                "identifier-twice",
                f"L’identifiant « {identifiers[0]} » est déjà celui d’autre chose : refusé.",
                f"The identifier “{identifiers[0]}” is that of something else already: refused.",
            )
        self.taken.add(identifiers[0])

    def _dataset(self, graph: Graph, node: Node) -> Iterator[Remark]:
        if (node, RDF.type, SERIES) in graph:
            yield guess(
                "series-as-data-set",
                "Une dcat:DatasetSeries est prise pour un jeu de données, sans fichier.",
                "A dcat:DatasetSeries is taken for a data set, without files.",
            )
        if not is_iri(node):
            yield lose(
                "blank-node",
                "Nœud anonyme : pris, mais sans IRI ; seul l’identifiant le fait reconnaître.",
                "Blank node: taken, but without an IRI; only the identifier tells it again.",
            )
        yield from look_at_languages(graph, node, LANGUAGE)
        yield from look_at_modified(graph, node, self.today)
        yield from look_at_fields(graph, node)
        yield from look_at_files(graph, node, self.today)


def _service(graph: Graph, node: Node) -> Iterator[Remark]:
    yield from look_at_languages(graph, node, LANGUAGE)
    if not list(graph.objects(node, DCAT.endpointURL)):
        yield lose(
            "endpoint-missing",
            "Pas de dcat:endpointURL : le service est pris sans adresse.",
            "No dcat:endpointURL: the service is taken without an address.",
        )
    served = list(graph.objects(node, DCAT.servesDataset))
    if any(not list(graph.objects(each, DCTERMS.identifier)) for each in served):
        yield skip(
            "served-unidentified",
            "Le jeu de données servi n’a pas de dcterms:identifier sur cette page : refusé.",
            "The data set served has no dcterms:identifier on this page: refused.",
        )
    if not served:
        yield lose(
            "serves-nothing",
            "Pas de dcat:servesDataset : le service n’est rattaché à aucun jeu de données.",
            "No dcat:servesDataset: the service is attached to no data set.",
        )


def _is_elsewhere(graph: Graph, node: Node) -> bool:
    """Tell whether a data set is only pointed to, by a service or a whole: described elsewhere."""
    if list(graph.objects(node, DCTERMS.title)):
        return False
    leading = [predicate for _, predicate in graph.subject_predicates(node)]
    return len(leading) == 1 and leading[0] in _LINKS


def _item(graph: Graph, node: Node, kind: str, remarks: list[Remark]) -> Item:
    return Item(
        kind, str(node) if is_iri(node) else "", name_of(graph, node), sort_remarks(remarks)
    )


def _only_accessed() -> Remark:
    return skip(
        "access-service-only",
        "Seulement objet de dcat:accessService : passé. Listez-le par dcat:service.",
        "Only the object of dcat:accessService: skipped. List it by dcat:service.",
    )
