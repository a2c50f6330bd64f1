"""Where documents are made: in the process that serves, and in scribes beside it, once they can."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING

from contrats.errors import WorkerError
from contrats.front.seat import SEATS, start_scribe
from contrats.front.wsgi import run_wsgi

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from contrats.front.seat import Duty, Scribe, Seat
    from contrats.front.wsgi import Answer

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Desk:
    """Who makes documents: one thread here, and the scribes.

    In `free`, None stands for the thread. A scribe that is lost is replaced.
    """

    free: SimpleQueue[tuple[Scribe, Seat] | None] = field(default_factory=SimpleQueue)
    scribes: set[Scribe] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    closed: bool = False

    def __post_init__(self) -> None:
        """Have the thread here ready."""
        self.free.put(None)

    def answer(self, app: Callable[..., Any], environ: dict[str, Any]) -> Answer:
        """Return what `app` answers, made by who is free first: scribes have the same one."""
        free = self.free.get()
        if free is not None:
            scribe, seat = free
            try:
                answer = seat.answer(environ)
            except WorkerError as fault:
                self._lose(scribe, fault)
                return run_wsgi(app, environ)
            self.free.put(free)
            return answer
        try:
            return run_wsgi(app, environ)
        finally:
            self.free.put(None)

    def employ(self, duty: Duty) -> None:
        """Start a scribe; it takes its share once it holds the release."""
        with self.lock:
            if self.closed:
                return
            scribe = start_scribe(duty)
            self.scribes.add(scribe)
        threading.Thread(target=self._welcome, args=(scribe,), daemon=True).start()

    def close(self) -> None:
        """End all scribes."""
        with self.lock:
            self.closed = True
            while self.scribes:
                self.scribes.pop().close()

    def _welcome(self, scribe: Scribe) -> None:
        """Give `scribe` its share once it can; one that never could is not replaced."""
        try:
            scribe.wait()
        except WorkerError as fault:
            self._dismiss(scribe, fault)
            return
        for seat in scribe.seats:
            self.free.put((scribe, seat))

    def _lose(self, scribe: Scribe, fault: WorkerError) -> None:
        """Have another in the place of `scribe`, which stopped while it worked."""
        if self._dismiss(scribe, fault):
            self.employ(scribe.duty)

    def _dismiss(self, scribe: Scribe, fault: WorkerError) -> bool:
        """Give `scribe` up, and say so; tell whether it was here until now."""
        with self.lock:
            if scribe not in self.scribes:
                return False
            self.scribes.remove(scribe)
            scribe.close()
        _log.warning("%s\n%s", fault.fr, fault.en)
        return True


def count_threads(processes: int) -> int:
    """Return how many threads may ask a desk of so many processes, this one among them."""
    return 1 + SEATS * (processes - 1)
