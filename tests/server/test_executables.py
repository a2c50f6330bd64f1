"""The saved queries stand in the release they ask, each with its question, text and parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats.derivation import load_union
from contrats.errors import SourceError
from contrats.executables import GRAPH, describe_library, query_iri
from contrats.library import read_library
from contrats.release import build, check
from contrats.rooms import find_rooms
from contrats.sources import read_sources
from contrats.store import open_store
from contrats.vocabulary import BASE, EXTERNAL

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY = read_library(find_rooms().queries)
# What an editor asks to list the examples of an endpoint, as the SIB's does.
EXAMPLES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?query ?text ?comment
WHERE {
    ?query a sh:SPARQLExecutable ;
        rdfs:comment ?comment ;
        sh:select|sh:ask|sh:construct|sh:describe ?text .
}
ORDER BY ?query
"""


@pytest.fixture(scope="module")
def described(published: list[ox.Quad]) -> ox.Store:
    return load_union(quad for quad in published if quad.graph_name == GRAPH)


def values(store: ox.Store, subject: ox.NamedNode, prefix: str, name: str) -> list[str]:
    found = store.quads_for_pattern(subject, ox.NamedNode(EXTERNAL[prefix] + name), None)
    return sorted(str(quad.object) for quad in found)


def test_an_editor_finds_every_saved_query_with_its_question(described: ox.Store) -> None:
    rows = described.query(EXAMPLES)
    assert isinstance(rows, ox.QuerySolutions)

    found = {(row["query"], row["text"].value, row["comment"].value) for row in rows}

    assert found == {
        (query_iri(query.name), query.text, question)
        for query in LIBRARY
        for question in (query.summary, query.summary_fr)
    }


def test_a_parameter_says_its_name_what_is_allowed_and_an_example(described: ox.Store) -> None:
    contract = ox.NamedNode(f"{BASE}queries/signatories#contract")
    threshold = ox.NamedNode(f"{BASE}queries/frequent-signatories#threshold")

    assert values(described, query_iri("signatories"), "sh", "parameter") == [str(contract)]
    assert values(described, contract, "sh", "name") == ['"Contract"@en', '"Contrat"@fr']
    assert values(described, contract, "sh", "pattern") == [
        f'"^({BASE.replace(".", chr(92) * 2 + ".")}id/contract/)"'
    ]
    assert values(described, contract, "skos", "example") == ['"valence-2019"']
    assert values(described, threshold, "sh", "datatype") == [f"<{EXTERNAL['xsd']}integer>"]
    assert values(described, threshold, "sh", "pattern") == ['"^(1|2|3|4|5|6|7|8|9|10)$"']


def test_every_query_is_asked_of_the_endpoint(described: ox.Store) -> None:
    for query in LIBRARY:
        target = values(described, query_iri(query.name), "schema", "target")

        assert target == [f"<{BASE}sparql>"], query.name


@pytest.mark.parametrize(
    ("text", "name"),
    [("ASK {}", "ask"), ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "construct")],
)
def test_each_form_has_its_class_and_its_property(small: Path, text: str, name: str) -> None:
    header = "#+ summary: Is it?\n#+ summary-fr: Est-ce ?\n"
    (small / "queries" / "other.rq").write_text(f"{header}{text}", "utf-8")
    rooms = find_rooms(small)
    stated = [quad for source in read_sources(rooms) for quad in source.quads]

    store = load_union(describe_library(read_library(rooms.queries), stated).quads)

    kind = f"<{EXTERNAL['sh']}SPARQL{name.capitalize()}Executable>"
    assert kind in values(store, query_iri("other"), "rdf", "type")
    assert len(values(store, query_iri("other"), "sh", name)) == 1


def test_a_release_answers_with_its_own_questions(small: Path, tmp_path: Path) -> None:
    folder = build(find_rooms(small), tmp_path / "releases")

    rows = open_store(folder / "contrats.nq").answer(EXAMPLES)

    assert isinstance(rows, ox.QuerySolutions)
    assert {row["comment"].value for row in rows} == {
        "Quels sont les contrats ?",
        "Which contracts are there?",
    }


def test_a_term_that_the_ontology_lacks_is_found_in_the_queries(small: Path) -> None:
    path = small / "ontology" / "small.ttl"
    path.write_text(path.read_text("utf-8").replace("sh:optional a rdf:Property .", ""), "utf-8")

    _, report = check(find_rooms(small))

    assert [(each.path, each.file) for each in report.findings] == [("sh:optional", "queries")]


def test_no_file_may_fill_the_graph_of_the_queries(small: Path) -> None:
    (small / "data" / "queries.ttl").write_text("", "utf-8")

    with pytest.raises(SourceError, match="ni derived ni queries ni report"):
        read_sources(find_rooms(small))
