"""The embedded store, the remote store and the descriptions that pages are made of."""

from __future__ import annotations

import socketserver
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, ClassVar

import pyoxigraph as ox
import pytest

from contrats.described import FIRST, describe
from contrats.endpoint import RemoteStore
from contrats.errors import EndpointError, QueryRefusedError, ReleaseError
from contrats.neighbourhood import open_neighbourhood
from contrats.page_queries import PageQueries, read_page_queries
from contrats.rooms import find_rooms
from contrats.store import Dataset, EmbeddedStore, Store, open_store, select
from contrats.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CONTRACT = ox.NamedNode(f"{BASE}id/contract/valence-2019")
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def queries() -> PageQueries:
    return read_page_queries(find_rooms().queries / "pages")


@pytest.fixture(params=["embedded", "remote"])
def any_store(request: pytest.FixtureRequest, store: EmbeddedStore, address: str) -> Store:
    """Return each kind of store over the same release: both must answer alike."""
    return store if request.param == "embedded" else RemoteStore(f"{address}/sparql")


def rows(store: Store, text: str, **bind: ox.NamedNode) -> list[ox.QuerySolution]:
    found = store.answer(text, bind)
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


def test_a_variable_is_bound_not_written_into_the_text(any_store: Store) -> None:
    text = "SELECT ?contract ?o WHERE { ?contract <http://purl.org/dc/terms/identifier> ?o }"

    found = rows(any_store, text, contract=CONTRACT)

    assert [row["o"].value for row in found] == ["valence-2019"]


def test_an_ask_and_a_construct_are_answered(any_store: Store) -> None:
    verdict = any_store.answer("ASK { ?s a <https://w3id.org/contrats-sante/def#Priority> }")
    graph = any_store.answer("CONSTRUCT WHERE { ?s <http://purl.org/dc/terms/identifier> ?o }")

    assert verdict
    assert isinstance(graph, list)
    assert ox.Triple(CONTRACT, graph[0].predicate, ox.Literal("valence-2019")) in graph


def test_without_a_dataset_all_graphs_are_asked(any_store: Store) -> None:
    text = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"

    everywhere, in_graphs = rows(any_store, COUNT)[0]["n"], rows(any_store, text)[0]["n"]

    assert int(everywhere.value) > 5000
    assert int(in_graphs.value) > 10


def test_a_default_graph_narrows_the_answer(any_store: Store) -> None:
    laws = Dataset(default=(f"{BASE}graph/laws",))
    found = any_store.answer(COUNT, None, laws)
    named = any_store.answer("ASK { GRAPH ?g { ?s ?p ?o } }", None, laws)

    assert isinstance(found, ox.QuerySolutions)
    assert 0 < int(next(found)["n"].value) < 500
    assert not named


def test_named_graphs_are_the_only_ones_named(any_store: Store) -> None:
    dataset = Dataset(named=(f"{BASE}graph/laws",))
    found = any_store.answer("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", None, dataset)
    default = any_store.answer("ASK { ?s ?p ?o }", None, dataset)

    assert isinstance(found, ox.QuerySolutions)
    assert [row["g"].value for row in found] == [f"{BASE}graph/laws"]
    assert not default


def test_a_malformed_query_is_refused_with_its_place(store: EmbeddedStore) -> None:
    with pytest.raises(QueryRefusedError) as refused:
        store.answer("SELECT *\nWHERE { ?s ?p }")

    assert (refused.value.line, refused.value.column) == (2, 16)


def test_a_file_that_is_no_nquads_is_a_damaged_release(tmp_path: Path) -> None:
    (tmp_path / "contrats.nq").write_text("this is no N-Quads")

    with pytest.raises(ReleaseError, match="contrats build"):
        open_store(tmp_path / "contrats.nq")


def test_both_stores_give_the_same_quads(
    store: EmbeddedStore, address: str, queries: PageQueries
) -> None:
    remote = RemoteStore(f"{address}/sparql")
    bind = {"iri": ox.NamedNode(f"{BASE}id/priority/valence-2019-3")}

    here, there = (queries.quads(each, "own", bind) for each in (store, remote))

    assert here
    assert here == there


def test_a_contract_is_described_with_its_whole_graph(store: EmbeddedStore) -> None:
    graph = ox.NamedNode(f"{BASE}graph/contract/valence-2019")

    described = describe(open_neighbourhood(store.quads), CONTRACT.value)

    assert described is not None
    assert not described.cut
    stated = set(store.quads.quads_for_pattern(None, None, None, graph))
    assert stated <= set(described.quads)


@pytest.mark.parametrize(
    ("thing", "question"),
    [
        (
            "priority/valence-2019-3",
            "{ ?s owl:annotatedTarget ?iri } UNION { ?s owl:annotatedSource ?iri } ?s ?p ?o",
        ),
        ("priority/valence-2019-3", "?iri prov:hadPrimarySource/oa:hasSource? ?s . ?s ?p ?o"),
        ("actor/ars-auvergne-rhone-alpes", "?iri ?link ?s . ?s ?p ?o FILTER (?p = skos:prefLabel)"),
        (
            "actor/ars-auvergne-rhone-alpes",
            (
                "?node cv:hasParticipant ?iri . ?s cv:hasParticipation ?node . ?s ?p ?o"
                " FILTER (?p = dcterms:title)"
            ),
        ),
        (
            "contract/valence-2019",
            (
                "GRAPH ?g { ?iri a cls:LocalHealthContract . ?t ?l ?s } ?s ?p ?o"
                " FILTER (?p = skos:prefLabel)"
            ),
        ),
        (
            "contract/valence-2019",
            (
                "?iri cls:hasPriority ?t . ?n owl:annotatedSource ?t ; owl:annotatedTarget ?i ."
                " ?i dcterms:isPartOf ?s . ?s ?p ?o FILTER (?p = dcterms:title)"
            ),
        ),
        ("theme/sante-mentale", "?s cls:hasTheme ?iri . ?s ?p ?o FILTER (?p = skos:prefLabel)"),
    ],
)
def test_what_lies_around_a_thing_is_what_a_query_finds(
    store: EmbeddedStore, thing: str, question: str
) -> None:
    iri = ox.NamedNode(f"{BASE}id/{thing}")
    declared = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    text = f"{declared}SELECT DISTINCT ?iri ?s ?p ?o {{ {question} }}"
    rows = list(select(store, text, "this test", {"iri": iri}))

    described = describe(open_neighbourhood(store.quads), iri.value)

    assert described is not None
    assert rows
    said = {(quad.subject, quad.predicate, quad.object) for quad in described.quads}
    assert {(row["s"], row["p"], row["o"]) for row in rows} <= said


def test_of_an_unknown_thing_nothing_is_described(store: EmbeddedStore) -> None:
    around = open_neighbourhood(store.quads)

    assert describe(around, f"{BASE}id/contract/nowhere-1999") is None


def test_more_incoming_links_than_a_page_holds_are_said_to_be_cut() -> None:
    target, link = ox.NamedNode(f"{BASE}id/role/signatory"), ox.NamedNode("http://x/p")
    graph = ox.NamedNode(f"{BASE}graph/x")
    crowd = ox.Store()
    crowd.extend(ox.Quad(ox.NamedNode(f"http://x/{n}"), link, target, graph) for n in range(1500))

    described = describe(open_neighbourhood(crowd), target.value)

    assert described is not None
    assert described.cut
    assert len(described.quads) == FIRST
    assert described.counts == {link.value: 1500}


class _Liar(BaseHTTPRequestHandler):
    """A server that answers with whatever the test wants."""

    status: ClassVar[int] = 200
    media_type: ClassVar[str] = "text/html"
    body: ClassVar[bytes] = b"<p>hello</p>"

    def do_POST(self) -> None:
        self.send_response(self.status)
        self.send_header("Content-Type", self.media_type)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def liar() -> Iterator[str]:
    """Return the address of an endpoint that answers with a page and status 200."""
    server = HTTPServer(("127.0.0.1", 0), _Liar)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


class _Raw(socketserver.BaseRequestHandler):
    """A server that sends bytes of its choice, HTTP or not."""

    sent: ClassVar[bytes] = b""

    def handle(self) -> None:
        head, _, body = self.request.recv(65536).partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        while len(body) < length:
            body += self.request.recv(65536)
        self.request.sendall(self.sent)


@pytest.fixture
def raw(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], str]]:
    """Return what starts answering with bytes and gives the address."""
    with socketserver.TCPServer(("127.0.0.1", 0), _Raw) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()

        def send(content: bytes) -> str:
            monkeypatch.setattr(_Raw, "sent", content)
            return f"http://127.0.0.1:{server.server_address[1]}/sparql"

        yield send
        server.shutdown()


JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
BROKEN = (
    b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"1"}},{"n":oops'
)


@pytest.mark.parametrize(
    ("sent", "fr", "en"),
    [
        (b"what is this?\r\n\r\n", "n’est pas du HTTP", "not HTTP"),
        (JSON + b"Content-Length: 500\r\n\r\n{", "réponse incomplète", "truncated answer"),
        (JSON + b"\r\n" + BROKEN, "réponse illisible", "unreadable answer"),
        (b'HTTP/1.1 503 Busy\r\n\r\nb"\\xzz"', '503 Busy. b"\\xzz"', '503 Busy. b"\\xzz"'),
        (b'HTTP/1.1 500 No\r\n\r\nsee b"\\xzz"', "panne du serveur", "internal server error"),
        (b"", "connexion coupée", "connection cut"),
    ],
)
def test_whatever_an_endpoint_sends_is_one_clear_error(
    raw: Callable[[bytes], str], sent: bytes, fr: str, en: str
) -> None:
    store = RemoteStore(raw(sent))

    with pytest.raises(EndpointError) as caught:
        store.answer(COUNT)

    assert fr in caught.value.fr
    assert en in caught.value.en
    assert "\n" not in caught.value.fr + caught.value.en


@pytest.mark.parametrize(
    "url",
    ["foo", "", "http://[::1", "http://a b/", "http://x/\nHost: y", "http:///sparql",
     "file:///etc/passwd", "ftp://x/", "http://x:99999/", "http://x:y/", "http://é.fr/"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_before_anything_is_asked(url: str) -> None:
    with pytest.raises(EndpointError, match="--endpoint") as caught:
        RemoteStore(url)

    assert "\n" not in caught.value.fr


def test_a_page_instead_of_results_is_an_endpoint_error(liar: str) -> None:
    with pytest.raises(EndpointError, match="text/html"):
        RemoteStore(liar).answer(COUNT)


def test_an_endpoint_that_does_not_answer_is_an_endpoint_error() -> None:
    with pytest.raises(EndpointError, match=r"127\.0\.0\.1:1") as caught:
        RemoteStore("http://127.0.0.1:1/sparql").answer(COUNT)

    assert ": connexion refusée." in caught.value.fr
    assert ": connection refused." in caught.value.en
    assert "Errno" not in str(caught.value)


def test_what_a_remote_endpoint_says_of_a_fault_is_passed_on(address: str) -> None:
    with pytest.raises(EndpointError, match="ligne 1, colonne 11"):
        RemoteStore(f"{address}/sparql").answer("SELECT * {")


def test_a_name_that_is_no_variable_is_never_sent() -> None:
    with pytest.raises(QueryRefusedError):
        RemoteStore("http://127.0.0.1:1/sparql").answer(COUNT, {"x) { }": CONTRACT})
