"""Clients that ask without end, all in one thread: light, since they share the processors."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.benchmarks.connection import read_head
from tests.benchmarks.mixture import SEED

if TYPE_CHECKING:
    from tests.benchmarks.mixture import Mixture, Wanted

_LAST_CHUNK = b"0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One request: what was asked, the milliseconds to the last byte, the status."""

    wanted: Wanted
    milliseconds: float
    status: int
    size: int

    @property
    def failed(self) -> bool:
        """Tell whether the answer is another than it should be."""
        return self.status != self.wanted.status


class Line(asyncio.Protocol):
    """A connection that is kept alive: one request after the other."""

    def __init__(self) -> None:
        """Wait for the connection."""
        self._transport: asyncio.Transport | None = None
        self._done: asyncio.Future[tuple[int, int]] | None = None
        self._bodiless = False
        self._head = bytearray()
        self._status = self._size = 0
        self._left: int | None = None
        self.etag = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def ask(self, request: bytes) -> asyncio.Future[tuple[int, int]]:
        """Send a request; the result is the status and the bytes of the body."""
        self._done = asyncio.get_running_loop().create_future()
        self._bodiless = request.startswith(b"HEAD")
        self._head.clear()
        self._status = self._size = 0
        if self._transport is None or self._transport.is_closing():
            self._done.set_exception(ConnectionResetError())
        else:
            self._transport.write(request)
        return self._done

    def data_received(self, data: bytes) -> None:
        """Count what comes; the answer is over when as much came as was announced."""
        if not self._status:
            self._head += data
            end = self._head.find(b"\r\n\r\n")
            if end < 0:
                return
            self._status, headers = read_head(bytes(self._head[:end]))
            data = bytes(self._head[end + 4 :])
            self.etag = headers.get("etag", "")
            length = headers.get("content-length")
            self._left = None if length is None else int(length)
            if self._bodiless or self._status == 304:
                self._left = 0
        self._size += len(data)
        over = data.endswith(_LAST_CHUNK) if self._left is None else self._size >= self._left
        if over and self._done is not None and not self._done.done():
            self._done.set_result((self._status, self._size))

    def connection_lost(self, error: Exception | None) -> None:
        """Tell whoever waits."""
        if self._done is not None and not self._done.done():
            self._done.set_exception(error or ConnectionResetError())


@dataclass(slots=True)
class Crowd:
    """Clients, each of which asks again as soon as it is answered."""

    port: int
    mixture: Mixture
    outcomes: list[Outcome] = field(default_factory=list)

    async def run(self, clients: int, seconds: float) -> None:
        """Ask for some seconds."""
        end = time.perf_counter() + seconds
        await asyncio.gather(*(self._ask_on(number, end) for number in range(clients)))

    async def _ask_on(self, number: int, end: float) -> None:
        """Be one client until `end`."""
        chance = random.Random(SEED + number)  # noqa: S311 -- a load, no secret
        line = await self._open()
        while time.perf_counter() < end:
            wanted = self.mixture.draw(chance)
            began = time.perf_counter()
            try:
                status, size = await asyncio.wait_for(line.ask(wanted.request), 60)
            except (OSError, TimeoutError):
                status, size = 0, 0
                line = await self._open()
            took = 1000 * (time.perf_counter() - began)
            self.outcomes.append(Outcome(wanted, took, status, size))

    async def _open(self) -> Line:
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(Line, "127.0.0.1", self.port)
        return line
