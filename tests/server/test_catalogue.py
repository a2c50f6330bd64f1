"""The record of a release has what the harvesters that we know of ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from contrats.catalogue.feeds import add_contact, cut_feed
from contrats.catalogue.record import describe_release
from contrats.catalogue_check import check_record, judge_feed
from contrats.distributions import DATASETS, DISTRIBUTIONS
from contrats.edition import read_edition, select_described
from contrats.errors import SourceError
from contrats.report import INFO, RefusedDataError
from contrats.rooms import find_rooms
from contrats.shapes import PORTAL, read_shapes
from contrats.sources import all_lines, all_quads, read_sources, read_turtle
from contrats.union import unite
from contrats.vocabulary import BASE, CATALOGUED, EXTERNAL, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from contrats.shapes import Shapes

SIZES: Final = {each.file: 7 for each in DISTRIBUTIONS}
LANGUAGES: Final = ("fr", "en")


@pytest.fixture(scope="module")
def triples() -> list[ox.Triple]:
    """Return the record of the real data set, of which nothing but its description is read."""
    sources = [
        read_turtle(
            find_rooms().data / f"{name}.ttl",
            f"data/{name}.ttl",
            ox.NamedNode(f"{BASE}graph/{name}"),
        )
        for name in ("dataset", "catalogue")
    ]
    quads = all_quads(sources)
    union = unite(all_lines(sources), ox.Store())
    return describe_release(select_described(quads), union, read_edition(quads), SIZES)


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return read_shapes(find_rooms().shapes / PORTAL)


def store_of(triples: Iterable[ox.Triple]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return store


def ask(store: ox.Store, pattern: str) -> bool:
    prefixes = dict(PREFIXES) | dict(CATALOGUED)
    return bool(store.query(f"ASK {{ {pattern} }}", base_iri=BASE, prefixes=prefixes))


@pytest.mark.parametrize(
    "pattern",
    [
        "<catalog> a dcat:Catalog ; dcat:service service:sparql , service:queries",
        "<catalog> dcat:themeTaxonomy ?t . ?t a skos:ConceptScheme",
        "dataset:contrats-locaux-de-sante a dcat:Dataset , void:Dataset",
        "dataset:contracts dcterms:identifier 'contrats-locaux-de-sante-contracts'",
        "dataset:contracts dcat:version ?v . dataset:contrats-locaux-de-sante dcat:version ?v",
        "dataset:contracts dcterms:license ?l . ?l a dcterms:LicenseDocument",
        "dataset:contracts dcterms:publisher ?p . ?p a foaf:Agent ; foaf:name ?n",
        "dataset:contracts dcterms:temporal ?t . ?t dcat:startDate '2011-01-01'^^xsd:date",
        "dataset:contracts dcterms:spatial ?s . ?s locn:geometry ?g FILTER (isBLANK(?s))",
        "dataset:contracts dcat:contactPoint ?c . ?c vcard:fn ?n ; vcard:hasURL <help/contribute>",
        "dataset:contracts dcat:landingPage <doc/dataset/contracts>",
        "dataset:contrats-locaux-de-sante void:sparqlEndpoint <sparql>",
        "service:sparql a dcat:DataService ; dcat:endpointURL <sparql>",
        "service:sparql dcat:servesDataset dataset:contrats-locaux-de-sante",
        "<catalog#contrats.ttl> dcat:downloadURL <dump/contrats.ttl> ; dcat:accessURL ?a",
        "<catalog#contrats.ttl.gz> dcat:compressFormat ?g ; dcat:mediaType ?m",
        "<catalog#contrats.ttl> dcat:byteSize ?size FILTER (xsd:integer(?size) = 7)",
        (
            "<catalog#contrats.rdf> dcat:mediaType"
            " <https://www.iana.org/assignments/media-types/application/rdf+xml>"
        ),
    ],
)
def test_each_feed_says(triples: list[ox.Triple], pattern: str) -> None:
    assert all(ask(store_of(cut_feed(triples, each)), pattern) for each in LANGUAGES)


def test_every_data_set_and_every_file_of_the_table_is_listed(triples: list[ox.Triple]) -> None:
    listed = {str(t.object) for t in triples if t.predicate.value.endswith("#dataset")}
    files = {str(t.object) for t in triples if t.predicate.value.endswith("#distribution")}

    assert listed == {f"<{PREFIXES['dataset']}{name}>" for name in DATASETS}
    assert files == {f"<{BASE}catalog#{each.file}>" for each in DISTRIBUTIONS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_speaks_one_language(triples: list[ox.Triple], language: str) -> None:
    feed = store_of(cut_feed(triples, language))

    assert not ask(feed, f"?a ?b ?c FILTER (LANG(?c) NOT IN ('', '{language}'))")
    assert ask(feed, f"dataset:contracts dcterms:title ?t FILTER (LANG(?t) = '{language}')")


def test_both_feeds_name_the_same_things(triples: list[ox.Triple]) -> None:
    named = [
        {str(t.subject) for t in cut_feed(triples, each) if isinstance(t.subject, ox.NamedNode)}
        for each in LANGUAGES
    ]

    assert named[0] == named[1]


def test_the_only_blank_nodes_are_times_and_the_extent(triples: list[ox.Triple]) -> None:
    pointing = {t.predicate.value for t in triples if isinstance(t.object, ox.BlankNode)}

    assert pointing == {EXTERNAL["dcterms"] + name for name in ("temporal", "spatial")}


def test_the_series_stands_in_the_whole_record_alone(triples: list[ox.Triple]) -> None:
    found, feed = store_of(triples), store_of(cut_feed(triples, "fr"))

    assert ask(found, "?s a dcat:DatasetSeries . dataset:contracts dcat:inSeries ?s")
    assert not ask(feed, "?s a dcat:DatasetSeries")
    assert not ask(feed, "?a dcat:inSeries|dcat:hasVersion|dcat:previousVersion ?b")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shapes_find_nothing_once_there_is_a_contact(
    triples: list[ox.Triple], shapes: Shapes, language: str
) -> None:
    contact = add_contact(triples, "a@exemple.test")

    assert judge_feed(contact, language, shapes) == []
    assert [each.severity for each in judge_feed(triples, language, shapes)] == [INFO]


def test_a_record_that_portals_would_skip_stops_the_build(
    triples: list[ox.Triple], shapes: Shapes
) -> None:
    title = ox.NamedNode(EXTERNAL["dcterms"] + "title")
    part = ox.NamedNode(PREFIXES["dataset"] + "contracts")
    cut = [
        t
        for t in triples
        if not (t.subject == part and t.predicate == title and t.object.language == "en")  # type: ignore[union-attr]
    ]

    with pytest.raises(RefusedDataError) as refusal:
        check_record(cut, shapes)

    found = [(each.file, each.shape) for each in refusal.value.report.violations]
    assert found == [("en/catalog.ttl", f"{PREFIXES['shape']}FeedDataset-title")]


def test_the_counts_are_those_of_the_union(small: Path) -> None:
    sources = read_sources(find_rooms(small))
    quads = all_quads(sources)
    union = unite(all_lines(sources), ox.Store())
    record = store_of(describe_release(select_described(quads), union, read_edition(quads), SIZES))
    triples = {(quad.subject, quad.predicate, quad.object) for quad in quads}

    assert ask(record, f"dataset:small void:triples {len(triples)}")
    assert ask(record, f"dataset:small void:distinctSubjects {len({t[0] for t in triples})}")


def test_a_catalogue_that_leaves_a_data_set_out_is_refused(small: Path) -> None:
    (small / "data" / "catalogue.ttl").write_text(
        f"<{BASE}catalog> a <{EXTERNAL['dcat']}Catalog> .\n", "utf-8"
    )
    sources = read_sources(find_rooms(small))
    quads = all_quads(sources)
    union = unite(all_lines(sources), ox.Store())

    with pytest.raises(SourceError, match=r"data/catalogue.ttl: no dcat:Dataset describes actors"):
        describe_release(select_described(quads), union, read_edition(quads), SIZES)


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
