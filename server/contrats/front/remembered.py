"""Whole responses that are sent again without asking the application: pages, data, answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from contrats.engine.cache import Cache
from contrats.front.archive import Archive, open_archive
from contrats.web.negotiation import profile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Headers = list[tuple[bytes, bytes]]
Key = tuple[str, bytes, tuple[float, ...]]

_OVERHEAD: Final = 1500
"""Bytes that a response takes beside its body and its address."""
_ASKED: Final = frozenset(
    {b"range", b"if-range", b"if-match", b"if-modified-since", b"if-unmodified-since",
     b"authorization", b"cookie", b"accept-datetime"}
)  # fmt: skip
"""Headers of a request that only the application knows how to answer."""
_VARIES: Final = frozenset({b"accept", b"accept, accept-datetime"})
"""What a response that is remembered may depend on: the second is never asked of memory."""
_SENT_WITH_304: Final = frozenset(
    {b"etag", b"vary", b"cache-control", b"content-location", b"link",
     b"access-control-allow-origin", b"access-control-expose-headers", b"contrats-release",
     b"contrats-query"}
)  # fmt: skip
"""https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A response of status 200; `counted` tells whether a client's budget pays for it."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    etag: bytes
    counted: bool


@dataclass(frozen=True, slots=True)
class Memory:
    """The responses asked for last, in memory; on disk all whose address has no fields.

    Anyone may write as many fields as they like: what these give is only kept for a while.
    """

    recent: Cache[Remembered]
    archive: Archive

    def find(self, key: Key) -> Remembered | None:
        """Return the response that was kept under `key`."""
        found = self.recent.find(key)
        parts = self.archive.find(key) if found is None else None
        if parts is None:
            return found
        etag, body, *headers = parts
        read = Remembered(
            tuple(zip(headers[::2], headers[1::2], strict=True)), body, etag, counted=False
        )
        self.recent.keep(key, read, _weight(key, body))
        return read

    def keep(self, key: Key, response: Remembered) -> None:
        """Keep `response` under `key`."""
        self.recent.keep(key, response, _weight(key, response.body))
        if not key[1] and not response.counted:
            headers = (part for header in response.headers for part in header)
            self.archive.keep(key, (response.etag, response.body, *headers))

    def close(self) -> None:
        """Give the disk back."""
        self.archive.close()


def open_memory(folder: Path, memory: int, disk: int) -> Memory:
    """Return a memory of responses: in memory, and on the disk of `folder`, in bytes."""
    return Memory(Cache(memory), open_archive(folder, disk))


def _weight(key: Key, body: bytes) -> int:
    """Return how many bytes a response takes in memory."""
    return len(body) + len(key[1]) + _OVERHEAD


def key_of(scope: Mapping[str, Any]) -> Key | None:
    """Return what tells the request from others: its address, what it accepts; None to ask."""
    if scope["method"] not in {"GET", "HEAD"}:
        return None
    accept = ""
    for name, value in scope["headers"]:
        if name == b"accept":
            accept = f"{accept},{value.decode('latin-1')}" if accept else value.decode("latin-1")
        elif name in _ASKED:
            return None
    return scope["path"], scope["query_string"], profile(accept)


def is_known(condition: str, etag: bytes) -> bool:
    """Tell whether If-None-Match, `condition`, names `etag`.

    https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
    """
    named = {each.strip().removeprefix("W/") for each in condition.split(",")}
    return bool(condition) and (etag.decode() in named or "*" in named)


def headers_of_304(remembered: Remembered) -> Headers:
    """Return the headers of the answer to a client that has this already."""
    return [(name, value) for name, value in remembered.headers if name.lower() in _SENT_WITH_304]


def remember(memory: Memory, key: Key | None, headers: Headers, body: bytes) -> None:
    """Keep a 200 that is the same for whoever sends the same Accept, and may be stored."""
    if key is None or not body:
        return
    said = {name.lower(): value for name, value in headers}
    storable = b"no-store" not in said.get(b"cache-control", b"no-store")
    if storable and said.get(b"vary", b"").lower() in _VARIES and b"etag" in said:
        counted = b"contrats-query" in said
        memory.keep(key, Remembered(tuple(headers), body, said[b"etag"], counted))
