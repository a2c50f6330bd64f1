"""Requests over HTTP as the harvesters make them: bounded in time and bytes, no redirection.

A request bears no Accept, https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1.
"""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit

from contrats.errors import ContratsError

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHUNK: Final = 1 << 16
_AGENT: Final = "contrats-harvest-check"


class UnreachableError(ContratsError):
    """An address gave no answer, or is none that can be asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: its headers in lower case; `cut` tells that its body is longer than was read."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    cut: bool = False

    @property
    def media_type(self) -> str:
        """Return the media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def redirects(self) -> bool:
        """Tell whether the answer sends elsewhere."""
        return 300 <= self.status < 400  # noqa: PLR2004 -- the class 3xx

    @property
    def fails(self) -> bool:
        """Tell whether the answer is an error."""
        return self.status >= 400  # noqa: PLR2004 -- the classes 4xx and 5xx


class Fetch(Protocol):
    """What asks for an address: over the network, or within a site without it."""

    def __call__(self, method: str, url: str) -> Answer:
        """Return the answer to `method` at `url`; raise `UnreachableError` when there is none."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a rehearsal goes: bytes of a page, seconds of a request, pages, files.

    `page_bytes` is where ckanext-dcat stops (`ckanext.dcat.max_file_size`).
    """

    page_bytes: int = 50 * 1024 * 1024
    request_seconds: float = 30
    pages: int = 500
    files: int = 2000


@dataclass(frozen=True, slots=True)
class Network:
    """The web, within `bounds`."""

    bounds: Bounds = field(default_factory=Bounds)

    def __call__(self, method: str, url: str) -> Answer:
        """Return the answer to `method` at `url`, of which no more is read than is allowed."""
        end = time.monotonic() + self.bounds.request_seconds
        try:
            parts = urlsplit(url)
            connection = _connect(parts.scheme, parts.netloc, self.bounds.request_seconds)
        except ValueError:
            raise _unreachable(url, "adresse illisible", "not an address") from None
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request(method, path, headers={"User-Agent": _AGENT})
            return self._read(connection.getresponse(), end)
        except TimeoutError:
            raise _unreachable(url, "pas de réponse à temps", "no answer in time") from None
        except (OSError, http.client.HTTPException, ValueError) as fault:
            raise _unreachable(url, str(fault) or "?", str(fault) or "?") from None
        finally:
            connection.close()

    def _read(self, response: http.client.HTTPResponse, end: float) -> Answer:
        """Return the response, its body read until the bounds are met."""
        headers = {name.lower(): value for name, value in response.getheaders()}
        body = bytearray()
        while chunk := response.read(_CHUNK):
            body += chunk
            if len(body) >= self.bounds.page_bytes:
                return Answer(response.status, headers, bytes(body), cut=True)
            if time.monotonic() > end:
                raise TimeoutError
        return Answer(response.status, headers, bytes(body))


def _connect(scheme: str, place: str, seconds: float) -> http.client.HTTPConnection:
    """Return a connection; raise ValueError for what is no address of the web."""
    if scheme not in {"http", "https"} or not place:
        raise ValueError(scheme)
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    return kind(place.rpartition("@")[2], timeout=seconds)


def _unreachable(url: str, french: str, english: str) -> UnreachableError:
    return UnreachableError(f"{url} : {french}.", f"{url}: {english}.")
