"""SPARQL 1.1 Protocol as strangers speak it: SPARQLWrapper, urllib, and bad input of every kind."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from SPARQLWrapper import (
    CSV,
    JSON,
    JSONLD,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

if TYPE_CHECKING:
    from flask.testing import FlaskClient

PRIORITIES = """
PREFIX cls: <https://w3id.org/contrats-sante/def#>
SELECT ?p WHERE { <https://w3id.org/contrats-sante/id/contract/valence-2019> cls:hasPriority ?p }
"""


def wrapper(
    address: str, query: str, form: str, *, method: str = "GET", direct: bool = False
) -> SPARQLWrapper:
    client = SPARQLWrapper(f"{address}/sparql")
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(method)
    if direct:
        client.setRequestMethod(POSTDIRECTLY)
    return client


@pytest.mark.parametrize(
    ("method", "direct"),
    [("GET", False), (POST, False), (POST, True)],
    ids=["GET", "form", "direct"],
)
def test_a_strangers_client_asks_in_three_ways(address: str, method: str, direct: bool) -> None:  # noqa: FBT001
    client = wrapper(address, PRIORITIES, JSON, method=method, direct=direct)

    found = client.queryAndConvert()

    assert isinstance(found, dict)
    assert len(found["results"]["bindings"]) == 12


@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_a_strangers_client_reads_each_result_form(address: str, form: str) -> None:
    answer = wrapper(address, PRIORITIES, form).query()

    body = answer.response.read()

    assert body.count(b"id/priority/valence-2019-") == 12


@pytest.mark.parametrize("form", [TURTLE, RDFXML, JSONLD])
def test_a_strangers_client_reads_graphs(address: str, form: str) -> None:
    query = PRIORITIES.replace("SELECT ?p WHERE", "CONSTRUCT WHERE")

    answer = wrapper(address, query, form).query()

    assert answer.response.status == 200
    assert b"valence-2019-12" in answer.response.read()


def test_a_strangers_client_is_told_that_its_query_is_malformed(address: str) -> None:
    with pytest.raises(QueryBadFormed):
        wrapper(address, "SELECT * {", JSON).query()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('SELECT ("100%25 de 1+1" AS ?x) {}', "100%25 de 1+1"),
        ('SELECT ("100% Drôme" AS ?x) {}', "100% Drôme"),
        ('SELECT ("a&b=c;d" AS ?x) {}', "a&b=c;d"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_query_is_decoded_once(address: str, query: str, expected: str, method: str) -> None:
    fields = urlencode({"query": query})
    url = f"{address}/sparql?{fields}" if method == "GET" else f"{address}/sparql"
    request = Request(url, data=fields.encode() if method == "POST" else None)  # noqa: S310 -- loopback

    with urlopen(request) as answer:  # noqa: S310 -- loopback
        found = json.load(answer)

    assert found["results"]["bindings"][0]["x"]["value"] == expected


def test_a_default_graph_in_the_address_is_honoured(client: FlaskClient) -> None:
    query = "ASK { ?s a <https://w3id.org/contrats-sante/def#Priority> }"
    graph = "https://w3id.org/contrats-sante/graph/actors"

    everywhere = client.get("/sparql", query_string={"query": query})
    in_actors = client.get("/sparql", query_string={"query": query, "default-graph-uri": graph})

    assert everywhere.get_json(force=True)["boolean"] is True
    assert in_actors.get_json(force=True)["boolean"] is False


def test_a_malformed_query_is_400_with_line_and_column(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": "SELECT *\nWHERE { ?s ?p }"})

    problem = answer.get_json(force=True)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert (problem["line"], problem["column"]) == (2, 16)
    assert "ligne 2, colonne 16" in problem["detail"]
    assert "line 2, column 16" in problem["detail-en"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <http://a> <http://b> 1 }",
        "",
        "not SPARQL at all",
        "ASK { " * 2000,
        "SELECT (1+1 AS ?x) {} " + "# é" * 5000,
    ],
    ids=["SERVICE", "LOAD", "INSERT", "empty", "words", "nested", "long"],
)
def test_a_refused_query_is_400_in_both_languages(client: FlaskClient, query: str) -> None:
    answer = client.post("/sparql", data=query.encode(), content_type="application/sparql-query")

    problem = answer.get_json(force=True)
    assert answer.status_code == 400
    assert problem["detail"]
    assert problem["detail-en"]


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"update=INSERT%20DATA%20%7B%7D", "application/x-www-form-urlencoded"),
        (b"INSERT DATA {}", "application/sparql-update"),
    ],
)
def test_an_update_is_refused_by_name(client: FlaskClient, body: bytes, media_type: str) -> None:
    answer = client.post("/sparql", data=body, content_type=media_type)

    assert answer.status_code == 403
    assert "lecture seule" in answer.text


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"query=%FF", "application/x-www-form-urlencoded", 400),
        (b"ASK { ?s ?p '\xff' }", "application/sparql-query", 400),
        (b"ASK {}", "application/sparql-query; charset=utf-16", 415),
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", "", 415),
        (b"query=ASK%7B%7D&query=ASK%7B%7D", "application/x-www-form-urlencoded", 400),
        (b"x=1", "application/x-www-form-urlencoded", 400),
        (b"&".join([b"a=1"] * 200), "application/x-www-form-urlencoded", 400),
        (b"query=ASK%7B%7D&default-graph-uri=nowhere", "application/x-www-form-urlencoded", 400),
        (b"query=ASK%7B%7D&default-graph-uri=a:%20b", "application/x-www-form-urlencoded", 400),
        (b"query=ASK%7B%7D&as=docx", "application/x-www-form-urlencoded", 400),
        (b"query=" + b"a" * 100_000, "application/x-www-form-urlencoded", 413),
    ],
)
def test_a_bad_request_is_told_from_a_bad_query(
    client: FlaskClient, body: bytes, media_type: str, status: int
) -> None:
    answer = client.post("/sparql", data=body, content_type=media_type)

    assert answer.status_code == status
    assert answer.get_json(force=True)["detail"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_405_with_what_is_allowed(client: FlaskClient, method: str) -> None:
    answer = client.open("/sparql", method=method)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert method in answer.text


def test_bytes_that_are_no_utf8_are_refused_on_the_wire(address: str) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{address}/sparql?query=ASK%7B%3Fs%20%3Fp%20%27%FF%27%7D")  # noqa: S310 -- loopback

    assert refused.value.code == 400
    assert "UTF-8" in refused.value.read().decode()
    refused.value.close()


def test_the_service_description_names_the_public_endpoint(client: FlaskClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})

    assert "<https://exemple.test/contrats/sparql>" in answer.text
    assert "sd:UnionDefaultGraph" in answer.text
    assert "graph:contract" in answer.text or "graph/contract" in answer.text


def test_for_people_the_answer_is_a_table_that_links_within_the_site(client: FlaskClient) -> None:
    answer = client.get(
        "/sparql", query_string={"query": PRIORITIES}, headers={"Accept": "text/html"}
    )

    assert answer.text.count('href="/doc/priority/valence-2019-') == 12
    assert "12 lignes" in answer.text
    assert "as=csv" in answer.text


def test_the_empty_form_has_its_prefixes_filled_in(client: FlaskClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/html"})

    assert "PREFIX cls: &lt;https://w3id.org/contrats-sante/def#&gt;" in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_refused_query_is_not_lost_for_its_reader(client: FlaskClient, method: str) -> None:
    query = "SELECT ?s { ?s a 'l'été : 1er < 2 ; }"
    fields = urlencode({"query": query})
    path = f"/sparql?{fields}" if method == "GET" else "/sparql"
    body = {"query": query} if method == "POST" else None

    answer = client.open(path, method=method, data=body, headers={"Accept": "text/html"})

    kept = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", answer.text, re.DOTALL)
    quoted = re.search(r"<code>([^<]*)</code>", answer.text)
    assert answer.status_code == 400
    assert kept is not None
    assert html.unescape(kept[1]) == query
    assert quoted is not None
    assert "✗" in quoted[1]
    assert html.unescape(quoted[1]).replace("✗", "") in query
    assert 'role="search"' not in answer.text


def test_the_page_of_an_unknown_thing_has_a_search_and_no_bare_address(client: FlaskClient) -> None:
    answer = client.get("/doc/contract/nowhere", headers={"Accept": "text/html"})

    assert 'role="search"' in answer.text
    assert "&lt;" not in answer.text
    assert " /search" not in answer.text
