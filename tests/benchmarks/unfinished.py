"""Connections that say nothing, or a byte a second, beside a polite client."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.benchmarks.race import p99

if TYPE_CHECKING:
    from tests.benchmarks.servers import Server

EACH: Final = 100
SECONDS: Final = 40.0
PACE: Final = 1.0
"""Seconds between two bytes of one that trickles."""
_HOSTILE: Final = "127.0.0.2"
_POLITE: Final = "127.0.0.9"
_POST: Final = (
    b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
    b"Content-Length: 5000\r\n\r\nASK {"
)
_WAYS: Final = {
    "silent": (b"", b""),
    "trickling headers": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", b"a"),
    "trickling body": (_POST, b" "),
}
_ASKED: Final = (
    "/", "/contracts", "/doc/contract/valence-2019.html", "/queries/themes-covered.csv",
    "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D", "/catalog.ttl",
)  # fmt: skip


@dataclass(slots=True)
class Crowded:
    """The polite client's milliseconds, and after how many seconds each other was dropped."""

    polite: list[float] = field(default_factory=list)
    failed: int = 0
    dropped: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def hold_unfinished(server: Server) -> None:
    """Hold the connections and print what a polite client saw, and when each was dropped."""
    seen = Crowded()
    asyncio.run(_hold(server, seen))
    _say(f"{EACH} each of {', '.join(_WAYS)} from {_HOSTILE}, for {SECONDS:g} s")
    told = f"p50 {median(seen.polite):.2f} ms, p99 {p99(seen.polite):.2f} ms"
    told += f", most {max(seen.polite):.0f} ms"
    _say(f"polite client on {_POLITE}: {len(seen.polite)} requests, {seen.failed} failed, {told}")
    for way in _WAYS:
        times = sorted(seen.dropped[way])
        when = f", after {times[0]:.1f} to {times[-1]:.1f} s" if times else ""
        _say(f"{way}: {len(times)} of {EACH} dropped{when}")


async def _hold(server: Server, seen: Crowded) -> None:
    """Hold all connections, and ask politely beside them in a thread."""
    end = time.perf_counter() + SECONDS
    others = [
        asyncio.create_task(_trickle(server.port, way, end, seen))
        for way in _WAYS
        for _ in range(EACH)
    ]
    await asyncio.sleep(PACE)
    await asyncio.to_thread(_ask_politely, server, end, seen)
    await asyncio.gather(*others)


def _ask_politely(server: Server, end: float, seen: Crowded) -> None:
    """Ask one thing after the other until `end`, as a reader does."""
    client = server.connect(_POLITE)
    number = 0
    while (began := time.perf_counter()) < end:
        status = client.get(_ASKED[number % len(_ASKED)]).status
        seen.polite.append(1000 * (time.perf_counter() - began))
        seen.failed += status != 200
        number += 1
        time.sleep(0.01)


async def _trickle(port: int, way: str, end: float, seen: Crowded) -> None:
    """Be one connection that never finishes; note when it is dropped."""
    first, following = _WAYS[way]
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(_HOSTILE, 0))
    began = time.perf_counter()
    try:
        writer.write(first)
        while time.perf_counter() < end:
            if await _is_closed(reader):
                seen.dropped[way].append(time.perf_counter() - began)
                return
            writer.write(following)
    except OSError:
        seen.dropped[way].append(time.perf_counter() - began)
    finally:
        writer.close()


async def _is_closed(reader: asyncio.StreamReader) -> bool:
    """Wait as long as a byte takes; tell whether the other side ended the connection meanwhile."""
    try:
        async with asyncio.timeout(PACE):
            while await reader.read(4096):
                pass
    except TimeoutError:
        return False
    return True


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201
