"""The W3C's tests of SPARQL 1.1 Protocol: each query test by its name, and its updates refused.

https://github.com/w3c/rdf-tests/tree/main/sparql/sparql11/protocol
"""

from __future__ import annotations

import http.client
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox
import pytest

from contrats import shelf
from contrats.assembly import assemble
from contrats.canonical import canonical_lines
from contrats.contents import Made, begin_contents, finish_contents
from contrats.edition import select_graph
from contrats.pool import open_pool
from contrats.report import Report
from contrats.rooms import find_rooms
from contrats.running import Running
from contrats.union import unite
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SMALL: Final = Path(__file__).parents[1] / "small"
FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
EMPTY, ONE, TWO, THREE = (f"http://kasei.us/2009/09/sparql/data/data{n}.rdf" for n in range(4))
"""The graphs of the suite; of the first, nothing is stated anywhere."""
TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DOCUMENT: Final = ox.NamedNode("http://xmlns.com/foaf/0.1/Document")

ROWS: Final = {
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
BOOLEANS: Final = {media_type: ROWS[media_type] for media_type in list(ROWS)[:2]}
GRAPHS: Final = {
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}
"""The suite takes RDFa too, in which we write nothing."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request, byte by byte: nothing is added but Host and Content-Length."""

    method: str
    fields: tuple[tuple[str, str], ...] = ()
    content_type: str | None = None
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Came:
    """What came back."""

    status: int
    media_type: str
    body: bytes


def get(query: str, *fields: tuple[str, str]) -> Sent:
    return Sent("GET", (("query", query), *fields))


def post(query: str, *fields: tuple[str, str]) -> Sent:
    return Sent("POST", fields, QUERY, query.encode())


def post_form(*fields: tuple[str, str], address: tuple[tuple[str, str], ...] = ()) -> Sent:
    return Sent("POST", address, FORM, urlencode(fields, quote_via=quote).encode())


def post_update(update: str, *fields: tuple[str, str]) -> Sent:
    return Sent("POST", fields, UPDATE, update.encode())


def send(address: str, sent: Sent) -> Came:
    """Return what the endpoint answers, asked at the address of the suite, `/sparql/`."""
    query_string = urlencode(sent.fields, quote_via=quote)
    client = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    client.putrequest(
        sent.method,
        "/sparql/" + (f"?{query_string}" if query_string else ""),
        skip_accept_encoding=True,
    )
    if sent.content_type is not None:
        client.putheader("Content-Type", sent.content_type)
    if sent.method != "GET":
        client.putheader("Content-Length", str(len(sent.body)))
    client.endheaders(sent.body)
    answer = client.getresponse()
    media_type = answer.headers.get("Content-Type", "").partition(";")[0]
    came = Came(answer.status, media_type, answer.read())
    client.close()
    return came


def make_release(releases: Path) -> None:
    """Publish, in `releases`, the small world and beside it the graphs of the suite."""
    graphs = [
        ox.Quad(ox.NamedNode(iri), TYPE, DOCUMENT, ox.NamedNode(iri)) for iri in (ONE, TWO, THREE)
    ]
    assembled, lines = assemble(find_rooms(SMALL), Running())
    assembled.store.extend(graphs)
    lines = sorted([*lines, *canonical_lines(graphs)])
    with shelf.hold(releases) as folder, open_pool(alone=True) as pool:
        begun = begin_contents(folder, lines, pool)
        digests = {name: sha for each in begun.files for name, sha in each.result().items()}
        identifier = finish_contents(
            folder,
            select_graph(assembled.quads),
            unite(lines, assembled.store),
            Report(()),
            Made(digests, begun.graphs.result()),
        )
        shelf.publish(releases, folder, identifier)
        shelf.switch(releases, identifier)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server, a process of its own, over the data of the suite."""
    releases = tmp_path_factory.mktemp("w3c")
    make_release(releases)
    command = [sys.executable, "-m", "contrats", "serve", "--port", "0", "--releases"]
    with subprocess.Popen(
        [*command, str(releases)], stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def default(*graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple(("default-graph-uri", graph) for graph in graphs)


def named(*graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple(("named-graph-uri", graph) for graph in graphs)


IN_DEFAULT: Final = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type }}"
IN_NAMED: Final = f"GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }}"

TRUE: Final = {
    "query_post_form": post_form(("query", "ASK {}"), address=default(EMPTY)),
    "query_dataset_default_graphs_get": get(IN_DEFAULT, *default(ONE, TWO)),
    "query_dataset_default_graphs_post": post(IN_DEFAULT, *default(ONE, TWO)),
    "query_dataset_named_graphs_post": post(f"ASK {{ {IN_NAMED} }}", *named(ONE, TWO)),
    "query_dataset_named_graphs_get": get(f"ASK {{ {IN_NAMED} }}", *named(ONE, TWO)),
    "query_dataset_full": post(
        f"ASK {{\n  <{THREE}> a ?type\n  {IN_NAMED}\n}}", *default(THREE), *named(ONE, TWO)
    ),
    "query_multiple_dataset": post(f"ASK FROM <{THREE}> {{ {IN_NAMED} }}", *named(ONE, TWO)),
    "query_get": get("ASK {}", *default(EMPTY)),
    "query_post_direct": post("ASK {}"),
}


@pytest.mark.parametrize("sent", TRUE.values(), ids=TRUE)
def test_a_query_is_answered_true(endpoint: str, sent: Sent) -> None:
    came = send(endpoint, sent)

    assert came.status == 200
    found = ox.parse_query_results(came.body, format=BOOLEANS[came.media_type])
    assert isinstance(found, ox.QueryBoolean)
    assert found


OTHERWISE: Final = {
    "default_graph_get": get(IN_DEFAULT, *default(ONE)),
    "default_graph_post": post(IN_DEFAULT, *default(TWO)),
    "default_graph_form": post_form(("query", IN_DEFAULT), *default(THREE)),
    "named_graph_get": get(f"ASK {{ {IN_NAMED} }}", *named(ONE)),
    "named_graph_post": post(f"ASK {{ {IN_NAMED} }}", *named(TWO, THREE)),
    "named_are_not_default": get(IN_DEFAULT, *named(ONE, TWO)),
    "default_are_not_named": get(f"ASK {{ {IN_NAMED} }}", *default(ONE, TWO)),
    "protocol_before_query": post(f"ASK FROM <{ONE}> {{ <{ONE}> a ?type }}", *default(TWO)),
}
"""The suite's questions over another dataset: what it does not name is not there."""


@pytest.mark.parametrize("sent", OTHERWISE.values(), ids=OTHERWISE)
def test_a_query_over_another_dataset_is_answered_false(endpoint: str, sent: Sent) -> None:
    came = send(endpoint, sent)

    assert came.status == 200
    found = ox.parse_query_results(came.body, format=BOOLEANS[came.media_type])
    assert isinstance(found, ox.QueryBoolean)
    assert not found


TYPES: Final[dict[str, tuple[str, Collection[str]]]] = {
    "query_content_type_select": ("SELECT (1 AS ?value) {}", ROWS),
    "query_content_type_ask": ("ASK {}", BOOLEANS),
    "query_content_type_describe": ("DESCRIBE <http://example.org/>", GRAPHS),
    "query_content_type_construct": ("CONSTRUCT { <s> <p> 1 } WHERE {}", GRAPHS),
}


@pytest.mark.parametrize(("query", "allowed"), TYPES.values(), ids=TYPES)
def test_an_answer_has_the_type_that_its_query_calls_for(
    endpoint: str, query: str, allowed: Collection[str]
) -> None:
    came = send(endpoint, post(query, *default(EMPTY)))

    assert came.status == 200
    assert came.media_type in allowed


def test_a_relative_iri_is_read_against_the_base_of_the_service(endpoint: str) -> None:
    came = send(endpoint, post("CONSTRUCT { <s> <p> 1 } WHERE {}"))

    assert came.status == 200
    (found,) = ox.parse(came.body, format=GRAPHS[came.media_type])
    assert str(found.triple) == f"<{BASE}s> <{BASE}p> {ox.Literal(1)}"


BAD: Final = {
    "bad_query_method": Sent("PUT", (("query", "ASK {}"), *default(EMPTY)), FORM),
    "bad_multiple_queries": get("ASK {}", ("query", "SELECT * {}")),
    "bad_query_wrong_media_type": Sent("POST", (), "text/plain", b"ASK {}"),
    "bad_query_missing_form_type": Sent("POST", (), None, b"query=ASK%20%7B%7D"),
    "bad_query_missing_direct_type": Sent("POST", (), None, b"ASK {}"),
    "bad_query_non_utf8": Sent("POST", (), f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16")),
    "bad_query_syntax": get("ASK {"),
}
STATUSES: Final = {
    "bad_query_method": 405,
    "bad_query_wrong_media_type": 415,
    "bad_query_missing_form_type": 415,
    "bad_query_missing_direct_type": 415,
    "bad_query_non_utf8": 415,
}
"""The suite asks for any 4xx; these are ours where it is not 400."""


@pytest.mark.parametrize("name", BAD)
def test_a_bad_request_is_refused(endpoint: str, name: str) -> None:
    came = send(endpoint, BAD[name])

    assert came.status == STATUSES.get(name, 400)
    assert came.media_type == "application/problem+json"


INSERT: Final = f"INSERT DATA {{ GRAPH <{EMPTY}> {{ <{EMPTY}> a <{DOCUMENT.value}> }} }}"
COPY: Final = f"INSERT {{ GRAPH <{EMPTY}> {{ ?s a <{DOCUMENT.value}> }} }} WHERE"


def using(*graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple(("using-graph-uri", graph) for graph in graphs)


def using_named(*graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple(("using-named-graph-uri", graph) for graph in graphs)


UPDATES: Final = {
    "update_dataset_default_graph": post_update(
        f"CLEAR ALL ; {INSERT} ; {COPY} {{ ?s a ?type }}", *using(ONE)
    ),
    "update_dataset_default_graphs": post_update(f"{COPY} {{ ?s a ?type }}", *using(ONE, TWO)),
    "update_dataset_named_graphs": post_update(
        f"{COPY} {{ GRAPH ?g {{ ?s a ?type }} }}", *using_named(ONE, TWO)
    ),
    "update_dataset_full": post_update(
        f"{COPY} {{ {{ GRAPH ?g {{ ?s a ?t }} }} UNION {{ ?s a ?t }} }}",
        *using(ONE),
        *using_named(TWO),
    ),
    "update_post_form": post_form(("update", "CLEAR ALL")),
    "update_post_direct": post_update("CLEAR ALL"),
    "update_base_uri": post_update(f"INSERT DATA {{ GRAPH <{EMPTY}> {{ <s> <p> <test> }} }}"),
    "bad_update_get": Sent("GET", (("update", "CLEAR ALL"),)),
    "bad_multiple_updates": post_form(("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT")),
    "bad_update_wrong_media_type": Sent("POST", (), "text/plain", b"CLEAR NAMED"),
    "bad_update_missing_form_type": Sent("POST", (), None, b"update=CLEAR%20NAMED"),
    "bad_update_non_utf8": Sent(
        "POST", (), f"{UPDATE}; charset=UTF-16", "CLEAR NAMED".encode("utf-16")
    ),
    "bad_update_syntax": post_form(("update", "CLEAR XYZ")),
    "bad_update_dataset_conflict": post_update(
        f"WITH <{ONE}> DELETE {{ ?s a ?t }} WHERE {{ ?s a ?t }}", *using_named(TWO)
    ),
    "an update sent as a query": post("CLEAR ALL"),
    "an update in the form's query": post_form(("query", INSERT)),
    "an update in the address's query": get(INSERT),
}
REFUSED: Final = {
    "bad_update_wrong_media_type": 415,
    "bad_update_missing_form_type": 415,
    "an update sent as a query": 400,
    "an update in the form's query": 400,
    "an update in the address's query": 400,
}


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_is_refused_and_changes_nothing(endpoint: str, name: str) -> None:
    everything = post("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o")
    before = send(endpoint, everything)

    came = send(endpoint, UPDATES[name])

    assert came.status == REFUSED.get(name, 403)
    assert before.status == 200
    assert send(endpoint, everything) == before
