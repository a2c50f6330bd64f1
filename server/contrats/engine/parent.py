"""The zygote seen from the web process: it is started, told what to do, and given up."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING, Any, Final

from contrats.engine import wire
from contrats.errors import ReleaseError, WorkerError

if TYPE_CHECKING:
    from contrats.engine.zygote import Orders

_MODULE: Final = "contrats.engine.zygote"
_ALLOCATOR: Final = "cmeel-mimalloc"
_SPARING: Final = ("MIMALLOC_ARENA_RESERVE=16MiB", "MIMALLOC_ARENA_EAGER_COMMIT=0")
"""Else it reserves a gigabyte at once, which no bound on memory would tell from what is used."""


@dataclass(eq=False, slots=True)
class Worker:
    """A process that answers: its number, its channel, the file of long answers, its size at birth.

    `resident` are the pages of memory that it had before its first query.
    """

    pid: int
    channel: socket.socket
    file: io.FileIO
    resident: int = 0

    def close(self) -> None:
        """Give up what leads to it."""
        self.channel.close()
        self.file.close()

    def worked(self) -> float:
        """Return the seconds of processor that it took since its birth; 0 once it is gone."""
        try:
            with open(f"/proc/{self.pid}/schedstat", encoding="ascii") as spent:  # noqa: PTH123
                return int(spent.read().split()[0]) / 1e9
        except (OSError, IndexError):
            return 0.0

    def grown(self) -> int:
        """Return the bytes of memory that it took since its birth; 0 once it is gone."""
        now = resident_pages(self.pid)
        return max(0, now - self.resident) * _PAGE


_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


def resident_pages(pid: int) -> int:
    """Return how many pages of memory the process `pid` holds, 0 when it is gone."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as sizes:  # noqa: PTH123 -- in each tick
            return int(sizes.read().split()[1])
    except (OSError, IndexError):
        return 0


@dataclass(eq=False, slots=True)
class Parent:
    """A running zygote; several threads may tell it what to do."""

    process: subprocess.Popen[bytes]
    channel: socket.socket
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fork(self) -> Worker:
        """Return a new worker, or raise `WorkerError` when the zygote is gone."""
        try:
            with self.lock:
                wire.send(self.channel, {"do": "fork"})
                born = wire.receive(self.channel)
        except (EOFError, OSError) as fault:
            raise WorkerError(
                "Le moteur s’est arrêté ; il redémarre. Reposez la requête.",
                "The engine stopped; it starts again. Ask again.",
            ) from fault
        channel, file = born.descriptors
        pid = born.record["pid"]
        return Worker(
            pid, socket.socket(fileno=channel), io.FileIO(file, "rb"), resident_pages(pid)
        )

    def kill(self, worker: Worker) -> None:
        """End `worker` at once."""
        self._tell({"do": "signal", "pid": worker.pid, "number": int(signal.SIGKILL)})
        worker.close()

    def pause(self, worker: Worker) -> None:
        """Have `worker` stand still, keeping what it has done."""
        self._tell({"do": "signal", "pid": worker.pid, "number": int(signal.SIGSTOP)})

    def resume(self, worker: Worker) -> None:
        """Have `worker` go on."""
        self._tell({"do": "signal", "pid": worker.pid, "number": int(signal.SIGCONT)})

    def slow_down(self, worker: Worker, nice: int) -> None:
        """Have the others go before `worker` (https://man7.org/linux/man-pages/man7/sched.7.html)."""
        self._tell({"do": "nice", "pid": worker.pid, "number": nice})

    def close(self) -> None:
        """End the zygote, and its workers with it."""
        self.channel.close()
        self.process.kill()
        self.process.wait()

    def _tell(self, what: dict[str, Any]) -> None:
        """Tell the zygote; when it is gone its workers are too."""
        try:
            with self.lock:
                wire.send(self.channel, what)
        except OSError:
            return


def with_allocator() -> list[str]:
    """Return what starts a command with mimalloc: queries then take a quarter less time.

    Without that package the command starts all the same.
    """
    try:
        files = distribution(_ALLOCATOR).files or []
    except PackageNotFoundError:
        return []
    found = [str(file.locate()) for file in files if file.name == "libmimalloc.so"]
    return ["env", f"LD_PRELOAD={found[0]}", *_SPARING] if found else []


def start(orders: Orders) -> Parent:
    """Start a zygote and wait until it holds the release, or raise `ReleaseError`."""
    ours, theirs = socket.socketpair()
    with theirs:
        command = [
            *with_allocator(), sys.executable, "-m", _MODULE, str(theirs.fileno()),
            json.dumps(asdict(orders)),
        ]  # fmt: skip
        process = subprocess.Popen(  # noqa: S603 -- our own module
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, pass_fds=(theirs.fileno(),),
        )  # fmt: skip
    try:
        wire.receive(ours)
    except (EOFError, OSError) as fault:
        ours.close()
        process.wait()
        raise ReleaseError(
            f"Le moteur n’a pas pu ouvrir {orders.quads} ; refaites « contrats build ».",
            f"The engine could not open {orders.quads}; run `contrats build` again.",
        ) from fault
    return Parent(process, ours)
