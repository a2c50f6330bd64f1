"""Workers at work: each query has one, is slowed down, set aside or ended as the limits say."""

from __future__ import annotations

import contextlib
import logging
import select
import socket
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.engine import wire
from contrats.engine.queue import Queue
from contrats.errors import LimitError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from contrats.engine.parent import Parent, Worker
    from contrats.engine.queue import Turn
    from contrats.engine.wire import Frame
    from contrats.limits import Limits

POLITE: Final = 0.1
"""Seconds of processor after which a query lets the others go before it."""
SMALL: Final = 0.02
"""Seconds in which a query cannot have taken much memory."""
NICE: Final = 10
"""How much a long query lets the others go before it: it keeps a tenth of a busy processor.

At 19 it keeps a hundredth: a crowd then has a query of half a second end at the deadline.
"""
TICK: Final = 0.03
"""Seconds between two looks at a query that goes on."""
BIG: Final = 24 * 1024 * 1024
"""Bytes that a worker may have grown by and still be used again."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker said, and the file of a long answer, which is the reader's to close."""

    frame: Frame
    worker: Worker | None


@dataclass(frozen=True, slots=True)
class Underway:
    """A query that a worker has begun with."""

    turn: Turn
    worker: Worker


class Lanes:
    """The workers of one zygote; several threads may ask at once."""

    def __init__(self, start: Callable[[], Parent], limits: Limits, spare: int) -> None:
        """Start a zygote with `start`, and again whenever it is gone; keep `spare` workers."""
        self._spare = spare
        self._start = start
        self._limits = limits
        self._parent = start()
        self._ready: deque[Worker] = deque()
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._closed = False
        self.queue = Queue(limits)
        self._wanted.set()
        threading.Thread(target=self._keep_spare, daemon=True).start()

    def start(self, request: bytes, client: str) -> Underway:
        """Have a worker begin with the frame `request`, once one is free for `client`.

        Raise `BusyError` when none is in time.
        """
        turn = self.queue.enter(client)
        try:
            return self._begin(request, turn, self._take())
        except BaseException:
            self.queue.leave(turn)
            raise

    def try_start(self, request: bytes, client: str) -> Underway | None:
        """Do the same when nobody has to be waited for, else return None."""
        turn = self.queue.try_enter(client)
        if turn is None:
            return None
        worker = self._find_ready()
        if worker is None:
            self.queue.leave(turn)
            return None
        return self._begin(request, turn, worker)

    def finish(self, underway: Underway, gone: Callable[[], bool]) -> Reply:
        """Return what the worker replies.

        Raise `LimitError` past the deadline or the memory, `BusyError` when too many long queries
        are under way. `gone` tells whether nobody waits for the answer any more.
        """
        worker, turn = underway.worker, underway.turn
        try:
            kept = self._follow(underway, gone)
            frame = wire.receive(worker.channel)
        except (EOFError, ConnectionError) as fault:
            self._drop(worker)
            raise over_memory(self._limits) from fault
        except BaseException:
            self._drop(worker)
            raise
        finally:
            self.queue.leave(turn)
        if frame.record["on-disk"]:
            self._retire(worker)
            return Reply(frame, worker)
        if kept:
            self._ready.append(worker)
        else:
            self._drop(worker)
        return Reply(frame, None)

    def _begin(self, request: bytes, turn: Turn, worker: Worker) -> Underway:
        """Send the request; a worker that died meanwhile is found when its reply is read."""
        with contextlib.suppress(OSError):
            worker.channel.sendall(request)
        return Underway(turn, worker)

    def _follow(self, underway: Underway, gone: Callable[[], bool]) -> bool:
        """Wait for the worker's reply; tell whether the worker may serve again."""
        worker, turn = underway.worker, underway.turn
        poll = select.poll()
        poll.register(worker.channel, select.POLLIN)
        if poll.poll(1000 * TICK):
            return time.monotonic() < turn.started + SMALL or worker.grown() < BIG
        slowed, before = False, worker.worked()
        while not poll.poll(1000 * TICK):
            now = time.monotonic()
            turn.grown = worker.grown()
            if not slowed and (turn.slow or worker.worked() - before > POLITE):
                self._parent.slow_down(worker, NICE)
                slowed = True
            if not turn.slow and (turn.pressed or now - turn.started > self._limits.fast):
                self._go_slow(worker, turn)
            if now > turn.ends:
                raise _deadline(self._limits)
            if self.queue.is_largest(turn):
                raise over_memory(self._limits)
            if gone():
                raise LimitError("Personne n’attend plus la réponse.", "Nobody waits any more.")
        return not slowed and worker.grown() < BIG

    def _go_slow(self, worker: Worker, turn: Turn) -> None:
        """Have a long query go on in the slow lane, standing still until there is room."""
        if self.queue.enter_slow(turn):
            return
        self._parent.pause(worker)
        while not self.queue.await_slow(turn, TICK):
            if time.monotonic() > turn.ends:
                raise _deadline(self._limits)
        self._parent.resume(worker)

    def _find_ready(self) -> Worker | None:
        """Return the worker that served last, whose memory is warm; have another one made."""
        while self._ready:
            try:
                worker = self._ready.pop()
            except IndexError:  # another thread was first
                break
            if len(self._ready) < self._spare - 1:
                self._wanted.set()
            if _lives(worker):
                return worker
            worker.close()
        return None

    def _take(self) -> Worker:
        """Return a worker that is ready, or a new one."""
        return self._find_ready() or self._fork()

    def _fork(self) -> Worker:
        """Return a new worker; the zygote is started anew when it is gone."""
        parent = self._parent
        try:
            return parent.fork()
        except WorkerError:
            with self._lock:
                if self._parent is parent and not self._closed:
                    _log.warning("le moteur redémarre / the engine starts again")
                    parent.close()
                    self._parent = self._start()
            return self._parent.fork()

    def _keep_spare(self) -> None:
        """Have some workers ready, so that a query need not wait for its own to be made."""
        while self._wanted.wait() and not self._closed:
            self._wanted.clear()
            while len(self._ready) < self._spare and not self._closed:
                try:
                    self._ready.append(self._fork())
                except WorkerError as fault:
                    if not self._closed:
                        _log.warning("%s", fault.en)
                    break

    def _drop(self, worker: Worker) -> None:
        """End a worker and have another made."""
        self._parent.kill(worker)
        self._wanted.set()

    def _retire(self, worker: Worker) -> None:
        """End a worker whose file is still to be read."""
        worker.channel.close()
        self._wanted.set()

    @property
    def process(self) -> int:
        """Return the number of the zygote's process."""
        return self._parent.process.pid

    def close(self) -> None:
        """End all processes."""
        self._closed = True
        self._wanted.set()
        self._parent.close()
        while self._ready:
            self._ready.popleft().close()


def _lives(worker: Worker) -> bool:
    """Tell whether a worker that should be silent is."""
    try:
        worker.channel.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _deadline(limits: Limits) -> LimitError:
    return LimitError(
        f"La requête a dépassé {limits.deadline:g} s. Restreignez-la (LIMIT, moins de jointures), "
        "prenez le fichier entier sur /catalog, ou posez-la chez vous avec « contrats query ».",
        f"The query took longer than {limits.deadline:g} s. Narrow it (LIMIT, fewer joins), take "
        "the whole dump from /catalog, or ask it on your own machine with `contrats query`.",
    )


def over_memory(limits: Limits) -> LimitError:
    """Return the error of a query that took too much memory, or ended its worker."""
    size = limits.query_memory // 1024**2
    return LimitError(
        f"La requête a dépassé la mémoire permise ({size} Mio) ou fait échouer le moteur. Triez ou "
        "groupez moins de lignes, ou posez-la chez vous avec « contrats query ».",
        f"The query went past the memory allowed ({size} MiB) or broke the engine. Sort or group "
        "fewer rows, or ask it on your own machine with `contrats query`.",
    )
