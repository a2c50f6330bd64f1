"""What is answered without the application is what the application answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode, urlsplit

import pytest
from tests.server.web.test_unfinished import exchange

if TYPE_CHECKING:
    from contrats.serving import Listener

SELECT: Final = "SELECT ?t { ?c a <https://w3id.org/contrats-sante/def#Principle> ; ?p ?t } LIMIT 5"
GRAPH: Final = "CONSTRUCT WHERE { ?s a <https://w3id.org/contrats-sante/def#Principle> }"
GRAPHS_TOO: Final = urlencode(
    {"query": SELECT, "default-graph-uri": "https://w3id.org/contrats-sante/graph/laws"}
)
REQUESTS: Final = {
    "json": (f"query={quote(SELECT)}", "*/*"),
    "csv": (f"query={quote(SELECT)}", "text/csv"),
    "html left to the application": (f"query={quote(SELECT)}", "text/html"),
    "turtle": (f"query={quote(GRAPH)}", "text/turtle"),
    "quads": (f"query={quote(GRAPH)}", "application/n-quads"),
    "graphs": (GRAPHS_TOO, "application/sparql-results+xml"),
    "by chance": (f"query={quote('ASK { FILTER(RAND() < 2) }')}", "application/json"),
    "malformed": (f"query={quote('SELECT {')}", "*/*"),
    "refused": (f"query={quote('ASK { SERVICE <http://x/> {} }')}", "*/*"),
    "not acceptable": (f"query={quote(SELECT)}", "image/png"),
    "empty": ("query=", "text/csv"),
}
CHANGING: Final = {"date", "server", "contrats-seconds", "connection"}


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_both_give_the_same_status_headers_and_bytes(
    listener: Listener, name: str, method: str
) -> None:
    fields, accept = REQUESTS[name]
    headers = {"Accept": accept}
    path = f"/sparql?{fields}" if method == "GET" else "/sparql"
    body = b"" if method == "GET" else fields.encode()
    if method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    parts = urlsplit(listener.address)

    status, said, sent = exchange(parts.port or 0, method, path, headers, body)
    answer = listener.newest.publication.app.test_client().open(  # type: ignore[attr-defined]
        path, method=method, headers=headers, data=body or None
    )

    expected = {k.lower(): ", ".join(answer.headers.getlist(k)) for k in answer.headers.keys()}  # noqa: SIM118 -- names come twice
    assert (status, sent) == (answer.status_code, answer.data)
    assert {k: v for k, v in said.items() if k not in CHANGING} == {
        k: v for k, v in expected.items() if k not in CHANGING
    }
