"""A release on a port: open it, listen, and say where; every fault is one sentence."""

from __future__ import annotations

import logging
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import waitress  # type: ignore[import-untyped]

from contrats.errors import ContratsError
from contrats.release import open_release
from contrats.store import open_store
from contrats.web import Settings, create_app
from contrats.web.operation import MAX_BODY

if TYPE_CHECKING:
    from pathlib import Path

    from contrats.rooms import Rooms

THREADS = 8
BACKLOG = 128
CONNECTIONS = 1000
"""Open at once: with the server's own 100, as many silent clients would shut all others out."""
PATIENCE = 20
"""Seconds that a silent connection stays open."""
MAX_RECEIVED = 16 * MAX_BODY
"""Bytes of a body; above its own limit the site still says what is wrong, here only waitress."""

_log = logging.getLogger(__name__)


class ListeningError(ContratsError):
    """The address or the port asked for cannot be listened on."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen, and the address that the world outside uses (None: the same)."""

    host: str
    port: int
    public_url: str | None


@dataclass(frozen=True, slots=True)
class Listener:
    """A site that listens; it answers once `run` is called."""

    address: str
    server: Any
    """The server that waitress makes, which has no types."""

    def run(self) -> None:
        """Answer until the process is told to stop."""
        self.server.run()


def listen(releases: Path, rooms: Rooms, place: Place) -> Listener:
    """Return a listener on `place` for the current release of `releases`.

    Raises `ReleaseError` when there is none or it is damaged, before any port is opened, and
    `ListeningError` when the port is taken.
    """
    public = _public(place.public_url) if place.public_url else None
    release = open_release(releases)
    store = open_store(release.path("contrats.nq"))
    listening = _bind(place)
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}"
    app = create_app(store, release, Settings(public or address, rooms))
    server = waitress.create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        connection_limit=CONNECTIONS,
        channel_timeout=PATIENCE,
        max_request_body_size=MAX_RECEIVED,
        ident=None,
        url_prefix=urlsplit(public).path if public else "",
        clear_untrusted_proxy_headers=True,
    )
    _log.info("publication / release: %s", release.identifier)
    return Listener(f"{address}/", server)


def _bind(place: Place) -> socket.socket:
    """Return a socket bound to `place`, or raise `ListeningError`."""
    try:
        family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
        return socket.create_server((place.host, place.port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as fault:
        said = getattr(fault, "strerror", None) or str(fault)
        where = f"{place.host}:{place.port}"
        raise ListeningError(
            f"Impossible d’écouter sur {where} : {said}. Le port est sans doute pris : "
            "arrêtez l’autre programme, ou choisissez un autre port avec --port.",
            f"Cannot listen on {where}: {said}. The port is probably taken: stop the other "
            "program, or choose another port with --port.",
        ) from fault


def _public(url: str) -> str:
    """Return the public address without a last slash, or refuse what is no web address."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ListeningError(
            f"--public-url {url} : il faut une adresse http(s) sans « ? » ni « # », par exemple "
            "https://exemple.fr/contrats.",
            f'--public-url {url}: an http(s) address without "?" or "#" is needed, for example '
            "https://example.org/contrats.",
        )
    return url.rstrip("/")
