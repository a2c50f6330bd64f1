"""Each offered form is chosen by its own Accept and its own suffix, and all say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from flask import Response

from contrats.rooms import find_rooms
from contrats.web import Settings, create_app
from contrats.web.media import CATALOGUES, DOCUMENTS, GRAPHS, HTML, RESULTS, Variant
from contrats.writing import RDF_FORMATS

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from contrats.release import Release
    from contrats.store import EmbeddedStore
    from contrats.web.site import Engines

THING = "/doc/priority/valence-2019-3"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/contrats-sante/def#Principle> } ORDER BY ?s"
CONSTRUCT = "CONSTRUCT WHERE { ?s a <https://w3id.org/contrats-sante/def#Principle> }"


def name(variant: Variant) -> str:
    return variant.suffix


def triples(body: bytes, variant: Variant) -> set[ox.Triple]:
    quads = ox.parse(body, format=RDF_FORMATS[variant.suffix])
    return {ox.Triple(q.subject, q.predicate, q.object) for q in quads}


@pytest.mark.parametrize("variant", [HTML, *DOCUMENTS], ids=name)
def test_a_document_takes_the_form_of_its_accept(client: FlaskClient, variant: Variant) -> None:
    answer = client.get(THING, headers={"Accept": variant.media_type})

    assert answer.status_code == 200
    assert answer.content_type == variant.content_type
    assert answer.headers["Vary"] == "Accept, Accept-Datetime"
    assert answer.headers["Content-Location"] == f"{THING}.{variant.suffix}"


@pytest.mark.parametrize("variant", [HTML, *DOCUMENTS], ids=name)
def test_a_document_takes_the_form_of_its_suffix(client: FlaskClient, variant: Variant) -> None:
    by_accept = client.get(THING, headers={"Accept": variant.media_type})
    by_suffix = client.get(f"{THING}.{variant.suffix}", headers={"Accept": "image/png"})

    assert by_suffix.content_type == variant.content_type
    assert by_suffix.data == by_accept.data


@pytest.mark.parametrize("thing", [THING, "/doc/contract/valence-2019", "/def", "/graph/actors"])
@pytest.mark.parametrize("variant", DOCUMENTS[1:], ids=name)
def test_all_rdf_forms_of_a_document_are_the_same_graph(
    client: FlaskClient, variant: Variant, thing: str
) -> None:
    turtle = triples(client.get(f"{thing}.ttl").data, DOCUMENTS[0])

    other = triples(client.get(f"{thing}.{variant.suffix}").data, variant)

    assert len(turtle) > 20
    assert other == turtle


@pytest.mark.parametrize("variant", RESULTS, ids=name)
@pytest.mark.parametrize("query", [SELECT, "ASK {}"], ids=["SELECT", "ASK"])
def test_rows_take_each_result_form(client: FlaskClient, variant: Variant, query: str) -> None:
    asked = {"Accept": variant.media_type}

    answer = client.get("/sparql", query_string={"query": query}, headers=asked)

    assert answer.status_code == 200
    assert answer.content_type == variant.content_type
    if variant.suffix in {"json", "xml"}:
        form = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}
        found = ox.parse_query_results(answer.data, format=form[variant.suffix])
        assert len(list(found)) == 4 if isinstance(found, ox.QuerySolutions) else bool(found)
    else:
        assert len(answer.text.splitlines()) == (5 if query == SELECT else 1)


@pytest.mark.parametrize("variant", GRAPHS, ids=name)
def test_a_graph_takes_each_rdf_form(client: FlaskClient, variant: Variant) -> None:
    asked = {"Accept": variant.media_type}

    answer = client.get("/sparql", query_string={"query": CONSTRUCT}, headers=asked)

    assert answer.content_type == variant.content_type
    assert len(triples(answer.data, variant)) == 4


@pytest.mark.parametrize("variant", [*CATALOGUES, HTML], ids=name)
def test_the_catalogue_takes_each_form(client: FlaskClient, variant: Variant) -> None:
    by_accept = client.get("/catalog", headers={"Accept": variant.media_type})
    by_suffix = client.get(f"/catalog.{variant.suffix}")

    assert by_accept.content_type == by_suffix.content_type == variant.content_type
    assert by_accept.data == by_suffix.data


@pytest.mark.parametrize(
    ("path", "accept", "expected"),
    [
        (THING, None, "text/html; charset=utf-8"),
        (THING, "", "text/html; charset=utf-8"),
        (THING, "*/*", "text/html; charset=utf-8"),
        (THING, BROWSER, "text/html; charset=utf-8"),
        (THING, "text/html;q=0, */*", "text/turtle; charset=utf-8"),
        (THING, "text/turtle;q=0.4, application/ld+json;q=0.6", "application/ld+json"),
        (THING, "application/*", "application/ld+json"),
        (THING, "text/turtle;charset=utf-8", "text/turtle; charset=utf-8"),
        (THING, "TEXT/TURTLE", "text/turtle; charset=utf-8"),
        (THING, "application/json", "application/ld+json"),
        (THING, "application/xml", "application/rdf+xml; charset=utf-8"),
        (THING, "application/x-turtle", "text/turtle; charset=utf-8"),
        (THING, "text/turtle;version=1.2", "text/turtle; charset=utf-8"),
        (THING, 'application/ld+json;profile="http://a;b,c"', "application/ld+json"),
        (THING, "text/turtle;charset=latin1, application/trig;q=0.1", "application/trig"),
        (THING, "*;q=0.5", "text/html; charset=utf-8"),
        ("/sparql?query=ASK{}", "text/*", "text/csv; charset=utf-8"),
        ("/sparql?query=ASK{}", "text/csv;header=present", "text/csv; charset=utf-8"),
        ("/sparql?query=ASK{}", "text/xml", "application/sparql-results+xml; charset=utf-8"),
        ("/catalog", None, "text/turtle; charset=utf-8"),
        ("/catalog", BROWSER, "text/html; charset=utf-8"),
        ("/sparql", None, "text/turtle; charset=utf-8"),
        ("/sparql", BROWSER, "text/html; charset=utf-8"),
        ("/sparql?query=ASK{}", None, "application/sparql-results+json"),
        ("/sparql?query=ASK{}", "application/json", "application/sparql-results+json"),
        ("/sparql?query=ASK{}", BROWSER, "text/html; charset=utf-8"),
        ("/sparql?query=ASK{}&as=csv", BROWSER, "text/csv; charset=utf-8"),
    ],
)
def test_the_best_liked_form_is_chosen(
    client: FlaskClient, path: str, accept: str | None, expected: str
) -> None:
    headers = {} if accept is None else {"Accept": accept}

    answer = client.get(path, headers=headers)

    assert (answer.status_code, answer.content_type) == (200, expected)


@pytest.mark.parametrize(
    ("path", "accept"),
    [(THING, "image/png"), ("/sparql?query=ASK{}", "text/turtle"), ("/", "text/turtle")],
)
def test_an_unacceptable_accept_is_406_with_what_is_offered(
    client: FlaskClient, path: str, accept: str
) -> None:
    answer = client.get(path, headers={"Accept": accept})

    assert answer.status_code == 406
    assert "text/html" in answer.text


@pytest.mark.parametrize("path", [THING, f"{THING}.ttl", "/", "/catalog.ttl", "/dump/contrats.nt"])
def test_what_is_known_already_is_304(client: FlaskClient, path: str) -> None:
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert not first.headers["ETag"].startswith("W/")
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_forms_of_one_document_have_tags_of_their_own(client: FlaskClient) -> None:
    accepts = [variant.media_type for variant in (HTML, *DOCUMENTS)]

    tags = {client.get(THING, headers={"Accept": a}).headers["ETag"] for a in accepts}

    assert len(tags) == len(accepts)


@pytest.mark.parametrize(
    "path",
    [THING, f"{THING}.ttl", "/", "/catalog.ttl", "/dump/contrats.ttl", "/sparql?query=ASK{}"],
)
def test_head_is_get_without_the_body(client: FlaskClient, path: str) -> None:
    get, head = client.get(path), client.head(path)

    assert head.status_code == get.status_code == 200
    assert head.data == b""
    for header in ("Content-Type", "Content-Length", "ETag"):
        assert head.headers[header] == get.headers[header]


def test_data_may_be_read_from_any_site(client: FlaskClient) -> None:
    answer = client.get(f"{THING}.ttl", headers={"Origin": "https://ailleurs.test"})
    preflight = client.options("/sparql", headers={"Origin": "https://ailleurs.test"})

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"
    assert set(preflight.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize("query", ["ASK {", "FIND"])
@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "text/csv"])
def test_a_malformed_query_is_400_whatever_is_accepted(
    client: FlaskClient, query: str, accept: str
) -> None:
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})

    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/sparql", "/sparql?query=", "/sparql?query=%20%0A"])
@pytest.mark.parametrize("accept", ["text/csv", "application/sparql-results+json"])
def test_rows_of_no_query_are_400_that_says_so(client: FlaskClient, path: str, accept: str) -> None:
    answer = client.get(path, headers={"Accept": accept})

    assert answer.status_code == 400
    assert "« query » manque" in answer.get_json(force=True)["detail"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own use of it
@pytest.mark.parametrize("thing", [THING, "/def", "/graph/actors"])
def test_json_ld_is_for_readers_of_the_default_graph(client: FlaskClient, thing: str) -> None:
    answer = client.get(f"{thing}.jsonld")

    graph = rdflib.Graph().parse(data=answer.data, format="json-ld")
    assert len(graph) == len(triples(answer.data, DOCUMENTS[1])) > 20


@pytest.mark.parametrize("path", ["/graph//actors", "/doc//x", "/sparql//", "//evil.test/x"])
def test_the_host_of_a_request_is_in_no_answer(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "malin.test"})

    assert answer.status_code == 404
    assert "malin" not in f"{answer.headers}{answer.text}"


def test_shapes_are_the_same_bytes_each_time(
    app: Flask, store: EmbeddedStore, release: Release, engines: Engines, client: FlaskClient
) -> None:
    settings = Settings("https://exemple.test/contrats", find_rooms())
    again = create_app(store, release, settings, engines)
    get, head = client.get("/shape.ttl"), client.head("/shape.ttl")

    with again.test_client() as other:
        assert other.get("/shape.ttl").data == get.data
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert head.headers["ETag"] == get.headers["ETag"]
    assert app is not again


def test_tags_change_with_the_public_address(
    client: FlaskClient, store: EmbeddedStore, release: Release, engines: Engines
) -> None:
    settings = Settings("https://ailleurs.test", find_rooms())
    moved = create_app(store, release, settings, engines)

    with moved.test_client() as other:
        there, here = other.get("/catalog.ttl"), client.get("/catalog.ttl")

    assert there.headers["ETag"] != here.headers["ETag"]


def test_what_is_drawn_by_chance_is_never_known_already(client: FlaskClient) -> None:
    asked = {"query": "SELECT (RAND() AS ?x) {}"}
    first = client.get("/sparql", query_string=asked)

    again = client.get(
        "/sparql", query_string=asked, headers={"If-None-Match": first.headers["ETag"]}
    )

    assert again.status_code == 200


def test_a_document_that_is_no_longer_the_one_named_is_412_with_a_reason(
    client: FlaskClient,
) -> None:
    answer = client.get(f"{THING}.ttl", headers={"If-Match": '"autre"'})

    assert answer.status_code == 412
    assert b"If-Match" in answer.data


def test_a_redirection_of_the_framework_stays_on_this_host(app: Flask) -> None:
    sent = {"Location": "http://malin.test//ailleurs?x=1"}

    with app.test_request_context("/def"):
        answer = app.process_response(Response(status=308, headers=sent))

    assert (answer.status_code, answer.headers["Location"]) == (308, "/ailleurs?x=1")
