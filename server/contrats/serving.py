"""A release on a port: open it, listen, and say where; every fault is one sentence."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from contrats.engine.budget import Budgets
from contrats.errors import ContratsError
from contrats.front.desk import count_threads
from contrats.front.gateway import Gateway
from contrats.front.publication import Ground, Newest, begin
from contrats.web import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contrats.limits import Limits
    from contrats.rooms import Rooms

BACKLOG: Final = 1024
_SOON: Final = 0.01
_M_ARENA_MAX: Final = -8
"""<malloc.h>"""
_SWITCH: Final = 0.001
"""Seconds that a thread which makes a page keeps the others waiting (5 ms by default)."""

_log = logging.getLogger(__name__)


class ListeningError(ContratsError):
    """The address or the port asked for cannot be listened on."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen, the address that the world outside uses (None: the same), the proxies.

    `contact` is the e-mail that the catalogue gives to portals.
    """

    host: str
    port: int
    public_url: str | None = None
    proxies: frozenset[str] = frozenset()
    contact: str | None = None


@dataclass(slots=True)
class Listener:
    """A site that listens; it answers once `run` is called, until `stop` is."""

    address: str
    newest: Newest
    gateway: Gateway
    place: Place
    limits: Limits
    server: Server | None = field(default=None)
    loop: asyncio.AbstractEventLoop | None = field(default=None)

    def run(self, announce: Callable[[str], None] = lambda _: None) -> None:
        """Answer until the process is told to stop; then end what was started.

        `announce` is given the address once somebody listens there.
        """
        threading.Thread(target=self.newest.watch, daemon=True).start()
        sys.setswitchinterval(_SWITCH)
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)  # else each thread keeps memory of its own
        gc.collect()
        gc.freeze()  # what is here by now stays: no pause to look at it again
        try:
            asyncio.run(self._serve(announce))
        finally:
            self.newest.close()

    def stop(self) -> None:
        """Have `run`, in another thread, come to its end."""
        if self.loop and self.server:
            self.loop.call_soon_threadsafe(self.server.stop)

    async def _serve(self, announce: Callable[[str], None]) -> None:
        self.loop = asyncio.get_running_loop()
        self.server = Server(
            self.gateway,
            address=self.place.host,
            port=self.place.port,
            interface=Interfaces.ASGINL,
            http=HTTPModes.http1,
            websockets=False,
            backlog=BACKLOG,
            backpressure=self.limits.connections,
            http1_settings=HTTP1Settings(
                header_read_timeout=round(1000 * self.limits.headers_seconds)
            ),
            log_enabled=False,
        )
        if threading.current_thread() is threading.main_thread():
            # Through the loop: a signal may come in a thread of the server's, which wakes nobody.
            for number in (signal.SIGINT, signal.SIGTERM):
                self.loop.add_signal_handler(number, self.server.stop)
        serving = asyncio.create_task(self.server.serve())
        while not await self._listens():  # noqa: ASYNC110 -- the server has no event for it
            await asyncio.sleep(_SOON)
        announce(self.address)
        await serving

    async def _listens(self) -> bool:
        """Tell whether a connection is taken."""
        try:
            _, writer = await asyncio.open_connection(self.place.host, self.place.port)
        except OSError:
            return False
        writer.close()
        return True


def listen(releases: Path, rooms: Rooms, place: Place, limits: Limits, spool: Path) -> Listener:
    """Return a listener on `place` for the current release of `releases`, once it can answer.

    `spool` is a folder for long answers. Raises `ReleaseError` when there is no release or it is
    damaged, and `ListeningError` when the port is taken.
    """
    public = _public(place.public_url) if place.public_url else None
    port = _free_port(place)
    shown = f"[{place.host}]" if ":" in place.host else place.host
    address = f"http://{shown}:{port}"
    settings = Settings(public or address, rooms, place.proxies, place.contact)
    newest = begin(Ground(releases, spool, limits, Budgets(limits), settings))
    prefix = urlsplit(public).path if public else ""
    documents = ThreadPoolExecutor(count_threads(limits.documents))
    gateway = Gateway(newest.current, limits.body_seconds, prefix, documents)
    _log.info("publication / release: %s", newest.publication.release.identifier)
    listens = replace(place, port=port, public_url=public)
    return Listener(f"{address}/", newest, gateway, listens, limits)


def _free_port(place: Place) -> int:
    """Return the port to listen on, which is free now, or raise `ListeningError`."""
    try:
        family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
        with socket.create_server((place.host, place.port), family=family) as tried:
            port: int = tried.getsockname()[1]
            return port
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
