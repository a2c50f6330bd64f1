"""A connection that is kept alive, as light as can be: what is measured is the server."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

_BLOCK: Final = 256 * 1024
_HEAD: Final = b"\r\n\r\n"
_HOST: Final = "127.0.0.1"
_LONG: Final = 4_000
"""Characters of an address that some servers do not take."""


@dataclass(frozen=True, slots=True)
class Response:
    """A whole response; the names of its headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Connection:
    """A client of one server on loopback, whose own address may be chosen."""

    port: int
    source: str = "127.0.0.1"
    timeout: float = 120.0
    opened: socket.socket | None = field(default=None)

    def get(self, target: str, accept: str = "*/*") -> Response:
        """Return the response to a GET."""
        return self.send(
            f"GET {target} HTTP/1.1\r\nHost: {_HOST}\r\nAccept: {accept}\r\n\r\n".encode()
        )

    def send(self, request: bytes) -> Response:
        """Return the response to a whole request; a connection closed meanwhile is opened again."""
        if self.opened is not None:
            try:
                return self._exchange(self.opened, request)
            except (BrokenPipeError, ConnectionResetError, EOFError):
                self.close()
        self.opened = self._open()
        return self._exchange(self.opened, request)

    def query(self, path: str, text: str, accept: str) -> Response:
        """Return the response to a SPARQL query: by GET as most clients do, by POST when long."""
        target = f"{path}?query={quote(text, safe='')}"
        if len(target) < _LONG:
            return self.get(target, accept)
        body = text.encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {_HOST}\r\nAccept: {accept}\r\n"
            f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return self.send(head.encode() + body)

    def close(self) -> None:
        """End the connection."""
        if self.opened is not None:
            self.opened.close()
            self.opened = None

    def _open(self) -> socket.socket:
        opened = socket.create_connection(
            (_HOST, self.port), self.timeout, source_address=(self.source, 0)
        )
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def _exchange(self, opened: socket.socket, request: bytes) -> Response:
        opened.sendall(request)
        received = bytearray()
        while (end := received.find(_HEAD)) < 0:
            _receive(opened, received)
        status, headers = read_head(bytes(received[:end]))
        del received[: end + len(_HEAD)]
        if "content-length" in headers:
            return Response(status, headers, _sized(opened, received, headers))
        if headers.get("transfer-encoding") == "chunked":
            return Response(status, headers, _chunked(opened, received))
        return Response(status, headers, b"")


def read_head(head: bytes) -> tuple[int, dict[str, str]]:
    """Return the status and the headers of a response."""
    first, *lines = head.decode("latin-1").split("\r\n")
    parts = (line.partition(":") for line in lines)
    return int(first.split(" ", 2)[1]), {n.lower(): value.strip() for n, _, value in parts}


def _receive(opened: socket.socket, received: bytearray) -> None:
    part = opened.recv(_BLOCK)
    if not part:
        raise EOFError
    received += part


def _sized(opened: socket.socket, received: bytearray, headers: Mapping[str, str]) -> bytes:
    length = int(headers["content-length"])
    while len(received) < length:
        _receive(opened, received)
    return bytes(received)


def _chunked(opened: socket.socket, received: bytearray) -> bytes:
    """Return a body that comes in pieces, of which `received` is the beginning."""
    body, place = bytearray(), 0
    while True:
        while (end := received.find(b"\r\n", place)) < 0:
            _receive(opened, received)
        size = int(received[place:end].split(b";")[0], 16)
        while len(received) < end + 2 + size + 2:
            _receive(opened, received)
        body += received[end + 2 : end + 2 + size]
        place = end + 2 + size + 2
        if size == 0:
            return bytes(body)
