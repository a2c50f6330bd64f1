"""The parent of the workers: one thread, the release in memory, and nothing to do but fork.

    python -m contrats.engine.zygote <descriptor of its socket> <its orders, as JSON>

It is told what to do through its socket: `fork`, answered by a frame with the descriptors of the
worker's channel and of its file, and `signal` or `nice`, about a worker that is still its child. It
ends when the other side is gone, and its workers with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import sys
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from contrats.engine import wire
from contrats.engine.worker import Confines, work

if TYPE_CHECKING:
    from collections.abc import Callable

_PR_SET_PDEATHSIG: Final = 1
"""<linux/prctl.h>"""
_BEHIND: Final = 2
"""How much a worker lets the zygote and the web process go before it."""
_HOUSEKEEPING: Final = 1.0
"""Seconds after which the dead are buried, at the latest."""


@dataclass(frozen=True, slots=True)
class Orders:
    """Where the release is, whether it is held in memory, and what its workers may use."""

    quads: str
    store: str
    in_memory: bool
    spool: str
    memory: int
    result: int
    kept: int


def main(descriptor: str, orders: str) -> None:
    """Open the release, say so, and do as told until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started us answers Ctrl-C
    channel = socket.socket(fileno=int(descriptor))
    told = Orders(**json.loads(orders))
    opened = _opener(told)
    _give_back()
    gc.collect()
    gc.freeze()  # so that no collection writes to what the workers share
    wire.send(channel, {"ready": os.getpid()})
    _Zygote(channel, told, opened).run()


def _give_back() -> None:
    """Have the allocator give back what loading took, where it is mimalloc."""
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).mi_collect(True)  # noqa: FBT003 -- what the C function takes


def _opener(orders: Orders) -> Callable[[], ox.Store]:
    """Return what gives a worker its store: the one in memory, or its own view of the disk."""
    if not orders.in_memory:
        return lambda: ox.Store.read_only(orders.store)
    store = ox.Store()
    store.bulk_load(path=orders.quads, format=ox.RdfFormat.N_QUADS)
    return lambda: store


class _Zygote:
    """The socket, and the children that are still alive."""

    def __init__(
        self, channel: socket.socket, orders: Orders, opened: Callable[[], ox.Store]
    ) -> None:
        self._channel = channel
        self._orders = orders
        self._opened = opened
        self._children: set[int] = set()

    def run(self) -> None:
        """Do as told, and bury the dead."""
        while True:
            readable, _, _ = select.select([self._channel], [], [], _HOUSEKEEPING)
            self._bury()
            if readable and not self._obey():
                break
        for child in self._children:
            os.kill(child, signal.SIGKILL)

    def _obey(self) -> bool:
        """Do what the next frame says; tell whether there was one."""
        try:
            told = wire.receive(self._channel).record
            if told["do"] == "fork":
                self._fork()
            elif told["pid"] in self._children:  # it alone buries them: the number is still theirs
                self._affect(told)
        except (EOFError, ConnectionError):
            return False
        return True

    def _affect(self, told: dict[str, Any]) -> None:
        if told["do"] == "signal":
            os.kill(told["pid"], told["number"])
        else:
            os.setpriority(os.PRIO_PROCESS, told["pid"], told["number"])

    def _fork(self) -> None:
        """Make a worker; send its number, its channel and its file."""
        ours, theirs = socket.socketpair()
        with tempfile.TemporaryFile(dir=self._orders.spool, buffering=0) as file:
            child = os.fork()
            if child == 0:
                ours.close()
                self._channel.close()
                self._become_worker(theirs, file)
            self._children.add(child)
            wire.send(self._channel, {"pid": child}, b"", (ours.fileno(), file.fileno()))
        ours.close()
        theirs.close()

    def _become_worker(self, channel: socket.socket, file: Any) -> None:  # noqa: ANN401 -- a raw file
        """Answer queries, and never come back."""
        status = 1
        try:
            _end_with_parent()
            os.nice(_BEHIND)
            confines = Confines(self._orders.memory, self._orders.result, self._orders.kept)
            work(channel, file, self._opened(), confines)
            status = 0
        finally:
            os._exit(status)

    def _bury(self) -> None:
        """Take the dead from the children."""
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, _ = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    break
                self._children.discard(pid)


def _end_with_parent() -> None:
    """Have this process killed when the one that made it is gone, whatever it is doing then."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
