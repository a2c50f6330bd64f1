"""The servers that are measured, each started on a free port of loopback, and ended."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BUDGET: Final = ("client_requests=1000000", "client_seconds=100000", "pages_ahead=1")
"""What one address may ask for in a minute here: all load comes from one, or a few.

No page is made ahead: that would go on for two minutes beside what is measured.
"""
_PORTS: Final = (18_300, 18_900)
_TURN: Final = 0.02
_ASK: Final = "ASK { ?s ?p ?o }"
JSON: Final = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers: its process, port and path, and the seconds to its first answer."""

    name: str
    process: subprocess.Popen[bytes]
    port: int
    path: str
    seconds: float

    def connect(self, source: str = "127.0.0.1", timeout: float = 120.0) -> Connection:
        """Return a client of it."""
        return Connection(self.port, source, timeout)


@contextmanager
def serve_release(releases: Path, limits: Sequence[str] = BUDGET) -> Iterator[Server]:
    """Give `contrats serve` over the current release of a folder."""
    command = [str(Path(sys.executable).with_name("contrats")), "serve"]
    command += ["--releases", str(releases)]
    for limit in limits:
        command += ["--limit", limit]
    with _serve("contrats serve", command, "/sparql") as server:
        yield server


@contextmanager
def serve_oxigraph(executable: str, quads: Path) -> Iterator[Server]:
    """Give `oxigraph serve`, in memory, with the same quads and the same default graph."""
    port = free_port()
    command = [executable, "serve", "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with _serve("oxigraph serve", command, "/query", port) as server:
        client = http.client.HTTPConnection("127.0.0.1", port)
        with quads.open("rb") as body:
            client.request("POST", "/store", body, {"Content-Type": "application/n-quads"})
        if client.getresponse().status >= 400:
            raise SystemExit(f"{executable} did not take {quads}")
        client.close()
        yield server


@contextmanager
def serve_rdflib(executable: str, quads: Path) -> Iterator[Server]:
    """Give rdflib-endpoint over rdflib's own Dataset in memory."""
    port = free_port()
    command = [executable, "serve", "--port", str(port), "--host", "127.0.0.1", str(quads)]
    with _serve("rdflib-endpoint", command, "/", port, patience=600) as server:
        yield server


@contextmanager
def _serve(
    name: str, command: Sequence[str], path: str, port: int = 0, patience: float = 60
) -> Iterator[Server]:
    """Start a server, wait for its first answer, end it; without a port a free one is added."""
    if not port:
        port = free_port()
        command = [*command, "--port", str(port)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await_answer(process, port, path, began + patience)
        yield Server(name, process, port, path, time.perf_counter() - began)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await_answer(process: subprocess.Popen[bytes], port: int, path: str, until: float) -> None:
    """Ask until there is an answer."""
    client = Connection(port)
    while process.poll() is None and time.perf_counter() < until:
        try:
            if client.query(path, _ASK, JSON).status == 200:
                client.close()
                return
        except (OSError, EOFError):
            client.close()
        time.sleep(_TURN)
    raise SystemExit(f"{process.args!r} does not answer on port {port}")


def free_port() -> int:
    """Return a port that nobody listens on, below those from which clients call.

    One of theirs may be a client's own, which then reaches itself.
    """
    for port in range(*_PORTS):
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise SystemExit(f"no free port in {_PORTS}")


def family(process: int) -> list[int]:
    """Return `process` and all that it started."""
    found = [process]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:  # it ended meanwhile
                continue
    return found


def megabytes(process: int) -> tuple[float, float]:
    """Return what a process and all that it started hold: each page once (PSS), and RSS."""
    shared = resident = 0
    for each in family(process):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:  # it ended meanwhile
            continue
        sizes = {line.split()[0]: int(line.split()[1]) for line in lines[1:]}
        shared += sizes["Pss:"]
        resident += sizes["Rss:"]
    return shared / 1024, resident / 1024


def processor_time(process: int) -> float:
    """Return the milliseconds of processors that a process and all that it started have taken."""
    ticks = 0
    for each in family(process):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile: the one that buried it has its time
            continue
        ticks += sum(map(int, fields[11:15]))
    return 1000 * ticks / os.sysconf("SC_CLK_TCK")
