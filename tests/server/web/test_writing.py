"""An answer is written whole in the form asked for, or refused."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats.errors import QueryRefusedError
from contrats.writing import write_graph, write_rows

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from contrats.store import Term

A, P = ox.NamedNode("urn:a"), ox.NamedNode("urn:x#p")
RDF_XML = ox.RdfFormat.RDF_XML


def test_a_triple_term_is_refused_as_json_ld() -> None:
    stated = ox.Triple(A, P, ox.Triple(A, P, A))

    with pytest.raises(QueryRefusedError, match="autre forme"):
        write_graph([stated], ox.RdfFormat.JSON_LD)


@pytest.mark.parametrize("iri", ["http://x/", "http://x/123", "urn:1", "http://x/a%20"])
def test_a_predicate_without_a_local_name_is_refused_as_rdf_xml(iri: str) -> None:
    with pytest.raises(QueryRefusedError, match="nom XML"):
        write_graph([ox.Triple(A, ox.NamedNode(iri), A)], RDF_XML)


@pytest.mark.parametrize("iri", ["http://x/1a", "http://x#é", "urn:x-1", "http://x/a.b", "urn:_"])
def test_a_predicate_with_a_local_name_is_read_back_from_rdf_xml(iri: str) -> None:
    stated = ox.Triple(A, ox.NamedNode(iri), ox.Literal("a\rb\r\nc\td"))

    body = write_graph([stated], RDF_XML)

    assert [q.triple for q in ox.parse(body, format=RDF_XML)] == [stated]


@pytest.mark.parametrize("character", ["\x01", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_has_not_is_refused(character: str) -> None:
    stated = ox.Literal(character)
    rows = ox.Store().query("SELECT ?x {}", substitutions={ox.Variable("x"): stated})
    assert isinstance(rows, ox.QuerySolutions)

    with pytest.raises(QueryRefusedError, match="U\\+"):
        write_graph([ox.Triple(A, P, stated)], RDF_XML)
    with pytest.raises(QueryRefusedError, match="U\\+"):
        write_rows(rows, ox.QueryResultsFormat.XML)


COMMAS: Final = r"""
SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (<urn:a,b> "x, \"y\"\r\nz"@fr <urn:c>) (UNDEF 1 "") } }
"""


def test_an_iri_with_a_comma_is_one_value_of_a_row_in_csv(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": COMMAS}, headers={"Accept": "text/csv"})
    found = ox.Store().query(COMMAS)
    assert isinstance(found, ox.QuerySolutions)

    rows = list(csv.reader(io.StringIO(answer.text, newline="")))

    assert rows == [
        ["a", "b", "c"],
        ["urn:a,b", 'x, "y"\r\nz', "urn:c"],
        ["", "1", ""],
    ]
    assert answer.data == write_rows(found, ox.QueryResultsFormat.CSV)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=4))
def test_whatever_characters_a_value_has_csv_gives_them_back(texts: list[str]) -> None:
    names = [f"x{number}" for number in range(len(texts))]
    values: dict[ox.Variable, Term] = {
        ox.Variable(n): ox.Literal(t) for n, t in zip(names, texts, strict=True)
    }
    query = f"SELECT {' '.join(f'?{n}' for n in names)} {{}}"
    found = ox.Store().query(query, substitutions=values)
    assert isinstance(found, ox.QuerySolutions)

    body = write_rows(found, ox.QueryResultsFormat.CSV).decode()

    assert list(csv.reader(io.StringIO(body, newline=""))) == [names, texts]


def test_what_cannot_be_written_is_400_on_the_wire(client: FlaskClient) -> None:
    asked = {"query": "CONSTRUCT { <urn:a> <http://x/> 1 } {}"}

    answer = client.get("/sparql", query_string=asked, headers={"Accept": "application/rdf+xml"})

    assert answer.status_code == 400
    assert "RDF/XML" in answer.text


@pytest.mark.parametrize("character", ["%EF%BF%BE", "%EF%BF%BF", "%01", "%7F", "%C2%85"])
def test_a_404_for_a_strange_name_is_well_formed_xml(client: FlaskClient, character: str) -> None:
    answer = client.get(f"/doc/contract/x{character}y", headers={"Accept": "application/rdf+xml"})

    assert answer.status_code == 404
    assert ET.fromstring(answer.data).tag.endswith("RDF")  # noqa: S314 -- our own answer
    assert "\ufffd" in answer.text
