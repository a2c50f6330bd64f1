"""Requests that never come whole are given up; those of others go on."""

from __future__ import annotations

import http.client
import json
import socket
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

import pytest
from tests.server.conftest import serving

from contrats.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PATIENCE: Final = 1.0


def exchange(
    port: int, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
) -> tuple[int, dict[str, str], bytes]:
    """Return the status, the headers and the body of one answer, headers of one name joined."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    client.request(method, path, body or None, dict(headers))
    response = client.getresponse()
    sent = response.read()
    client.close()
    said: dict[str, str] = {}
    for name, value in response.getheaders():
        key = name.lower()
        said[key] = f"{said[key]}, {value}" if key in said else value
    return response.status, said, sent


@pytest.fixture(scope="module")
def hasty(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Give the port of a server that waits a second for the rest of a request."""
    limits = Limits(
        body_seconds=PATIENCE, headers_seconds=PATIENCE, client_requests=3, pages_ahead=1
    )
    with serving(releases, limits, tmp_path_factory.mktemp("spool")) as listener:
        yield listener.place.port


def read_all(connection: socket.socket) -> bytes:
    """Return all that comes until the other side closes."""
    parts = b""
    while part := connection.recv(65536):
        parts += part
    return parts


def test_a_body_that_does_not_come_is_answered_408_and_the_connection_closed(hasty: int) -> None:
    with socket.create_connection(("127.0.0.1", hasty), timeout=10) as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 100\r\n\r\nASK"
        )
        started = time.monotonic()

        answer = read_all(connection)

    head, _, body = answer.partition(b"\r\n\r\n")
    assert time.monotonic() - started < PATIENCE + 3
    assert head.startswith(b"HTTP/1.1 408")
    assert "Renvoyez-la" in json.loads(body)["detail"]


def test_headers_that_do_not_come_end_the_connection(hasty: int) -> None:
    with socket.create_connection(("127.0.0.1", hasty), timeout=10) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        started = time.monotonic()

        read_all(connection)

    assert time.monotonic() - started < PATIENCE + 3


def test_many_unfinished_requests_do_not_keep_the_others_waiting(hasty: int) -> None:
    with ExitStack() as silent:
        for number in range(150):
            connection = silent.enter_context(
                socket.create_connection(("127.0.0.1", hasty), timeout=5)
            )
            if number % 3:
                connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n")
            if number % 3 == 1:
                connection.sendall(b"\r\nA")
        started = time.monotonic()

        status, _, _ = exchange(hasty, "GET", "/healthz", {})

    assert status == 200
    assert time.monotonic() - started < PATIENCE


def test_past_its_budget_a_client_is_told_when_to_come_back(hasty: int) -> None:
    asked = [exchange(hasty, "GET", "/sparql?query=ASK%7B%7D", {}) for _ in range(6)]

    statuses = [status for status, _, _ in asked]
    refused = asked[-1]
    assert statuses[0] == 200
    assert refused[0] == 429
    assert int(refused[1]["retry-after"]) > 0
    assert "minute" in json.loads(refused[2])["detail-en"]


def test_a_client_may_not_pass_for_another_by_a_header(hasty: int) -> None:
    asked = [
        exchange(hasty, "GET", "/sparql?query=ASK%7B%7D", {"X-Forwarded-For": f"10.0.0.{n}"})
        for n in range(6)
    ]

    assert asked[-1][0] == 429
