"""The record of a release has what the harvesters that we know of ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats.catalogue import CATALOGUE, describe_release
from contrats.dumps import DUMPS
from contrats.edition import read_edition, select_graph
from contrats.errors import SourceError
from contrats.rooms import find_rooms
from contrats.sources import all_lines, all_quads, read_sources
from contrats.union import unite
from contrats.vocabulary import BASE, EXTERNAL, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

SIZES = {dump.file: 7 for dump in DUMPS}
DATASET = PREFIXES["dataset"] + "small"


@pytest.fixture
def record(small: Path) -> ox.Store:
    sources = read_sources(find_rooms(small))
    quads, store = all_quads(sources), ox.Store()
    union = unite(all_lines(sources), store)
    triples = describe_release(select_graph(quads), union, read_edition(quads), SIZES)
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return store


def ask(record: ox.Store, pattern: str) -> bool:
    question = f"ASK {{ {pattern} }}"
    return bool(record.query(question, base_iri=BASE, prefixes=dict(PREFIXES)))


@pytest.mark.parametrize(
    "pattern",
    [
        "<catalog> a dcat:Catalog ; dcat:dataset dataset:small ; dcat:service <catalog#sparql>",
        "dataset:small a dcat:Dataset , void:Dataset ; dcterms:identifier 'small'",
        "dataset:small dcat:version '2026-01-02' ; dcat:keyword 'santé'@fr",
        "dataset:small dcterms:license ?l . ?l a dcterms:LicenseDocument",
        "dataset:small dcterms:publisher ?p . ?p a foaf:Agent ; foaf:name 'La rédaction'@fr",
        "dataset:small dcterms:temporal ?t . ?t dcat:startDate '2012-01-01'^^xsd:date",
        "dataset:small void:sparqlEndpoint <sparql> ; void:dataDump <dump/contrats.nt>",
        "<catalog#sparql> a dcat:DataService ; dcat:endpointURL <sparql>",
        "<catalog#sparql> dcat:servesDataset dataset:small ; dcterms:identifier ?id",
        "<catalog#distribution-ttl> dcat:downloadURL <dump/contrats.ttl>",
        "<catalog#distribution-ttl> dcat:byteSize ?size FILTER (xsd:integer(?size) = 7)",
        (
            "<catalog#distribution-rdf> dcat:mediaType"
            " <https://www.iana.org/assignments/media-types/application/rdf+xml>"
        ),
    ],
)
def test_the_record_says(record: ox.Store, pattern: str) -> None:
    assert ask(record, pattern)


def test_every_distribution_has_licence_format_and_address(record: ox.Store) -> None:
    incomplete = (
        "dataset:small dcat:distribution ?d FILTER NOT EXISTS { ?d dcterms:license ?l ;"
        " dcterms:format ?f ; dcat:mediaType ?m ; dcat:accessURL ?a ; dcat:downloadURL ?u }"
    )

    assert not ask(record, incomplete)


def test_texts_are_in_french_only(record: ox.Store) -> None:
    assert not ask(record, "?a ?b ?c FILTER (LANG(?c) NOT IN ('', 'fr'))")


def test_the_only_blank_node_is_the_time_covered(record: ox.Store) -> None:
    blank = {quad.subject for quad in record if isinstance(quad.subject, ox.BlankNode)}
    pointing = {quad.predicate.value for quad in record if isinstance(quad.object, ox.BlankNode)}

    assert len(blank) == 1
    assert pointing == {f"{EXTERNAL['dcterms']}temporal"}


def test_the_counts_are_those_of_the_union(small: Path, record: ox.Store) -> None:
    quads = all_quads(read_sources(find_rooms(small)))
    triples = {(quad.subject, quad.predicate, quad.object) for quad in quads}

    assert ask(record, f"dataset:small void:triples {len(triples)}")
    assert ask(record, f"dataset:small void:distinctSubjects {len({t[0] for t in triples})}")


def test_what_is_listed_is_below_the_catalogue(record: ox.Store) -> None:
    listed = record.quads_for_pattern(
        ox.NamedNode(DATASET), ox.NamedNode(f"{EXTERNAL['dcat']}distribution"), None
    )

    assert {str(quad.object) for quad in listed} == {
        f"<{CATALOGUE}#distribution-{dump.suffix}>" for dump in DUMPS
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('dcat:version "2026-01-02"', 'dcat:version "../2026"'),
        ('    dcterms:issued "2026-01-02"^^xsd:date ;\n', ""),
        ("dataset:small a dcat:Dataset", "dataset:small a dcterms:Dataset"),
    ],
)
def test_a_data_set_without_its_edition_is_refused(small: Path, old: str, new: str) -> None:
    path = small / "data" / "dataset.ttl"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    quads = all_quads(read_sources(find_rooms(small)))

    with pytest.raises(SourceError, match=r"data/dataset.ttl"):
        read_edition(quads)
