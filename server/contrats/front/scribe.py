"""A process that makes documents about things: it holds the release, and takes what one asks for.

The process that serves has one interpreter, so one processor; a crawl that asks for all of a
release at night finds two.
"""

from __future__ import annotations

import gc
import multiprocessing
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final, cast

from contrats.contents import CANONICAL
from contrats.engine.budget import Budgets
from contrats.engine.past import Past
from contrats.errors import WorkerError
from contrats.front.environ import complete, variables_of
from contrats.front.wsgi import run_wsgi
from contrats.pool import follow_parent
from contrats.store import open_store
from contrats.web import create_app
from contrats.web.site import Engines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path
    from typing import Any

    from contrats.front.wsgi import Answer
    from contrats.limits import Limits
    from contrats.release import Release
    from contrats.web import Settings

SEATS: Final = 2
"""Documents that a scribe is asked for at once: it would idle while an answer is being sent."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What a scribe must know: its release, the folder of all, and how it is seen from outside."""

    release: Release
    releases: Path
    spool: Path
    limits: Limits
    settings: Settings


@dataclass(frozen=True, slots=True, eq=False)
class Scribe:
    """A process that makes one document at a time, and finds the next one waiting."""

    duty: Duty
    process: BaseProcess
    seats: tuple[Seat, ...]

    def wait(self) -> None:
        """Return once it holds the release, or raise `WorkerError`."""
        self.seats[0].receive()

    def close(self) -> None:
        """End it, whatever it is doing."""
        self.process.kill()
        self.process.join()
        for seat in self.seats:
            seat.channel.close()


@dataclass(frozen=True, slots=True, eq=False)
class Seat:
    """A channel to a scribe, for one who asks at a time."""

    channel: Connection

    def answer(self, environ: dict[str, Any]) -> Answer:
        """Return what the application answers there, or raise `WorkerError` when it is gone."""
        with suppress(OSError):  # then there is nothing to receive either
            self.channel.send(variables_of(environ))
        answer: Answer = self.receive()
        return answer

    def receive(self) -> Any:  # noqa: ANN401 -- what the other side sent
        """Return what the scribe sends, or raise `WorkerError` when it is gone."""
        try:
            return self.channel.recv()
        except (EOFError, OSError) as fault:
            raise WorkerError(
                "Un processus qui fait les documents s’est arrêté ; ils se font sans lui.",
                "A process that makes documents stopped; they are made without it.",
            ) from fault


def start_scribe(duty: Duty) -> Scribe:
    """Start a scribe, which then reads its release."""
    context = multiprocessing.get_context("spawn")
    pairs = [context.Pipe() for _ in range(SEATS)]
    theirs = [there for _, there in pairs]
    process = context.Process(target=_work, args=(theirs, duty), daemon=True)
    process.start()
    for each in theirs:
        each.close()
    return Scribe(duty, process, tuple(Seat(here) for here, _ in pairs))


def _work(channels: Sequence[Connection], duty: Duty) -> None:
    """Read the release, say so, and make what is asked for until nobody asks any more."""
    follow_parent()
    past = Past(duty.releases, duty.limits, Budgets(duty.limits), duty.spool)
    store = open_store(duty.release.path(CANONICAL))
    app = create_app(store, duty.release, duty.settings, Engines(None, past))
    gc.collect()
    gc.freeze()
    channels[0].send(None)
    with suppress(EOFError, OSError):
        while True:
            for channel in cast("list[Connection]", wait(channels)):
                channel.send(run_wsgi(app, complete(channel.recv())))
