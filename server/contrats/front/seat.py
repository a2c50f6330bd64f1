"""A scribe seen from the process that serves: it is started, asked for documents, and ended."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final

from contrats.engine.parent import with_allocator
from contrats.errors import WorkerError
from contrats.front.environ import variables_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from contrats.front.wsgi import Answer
    from contrats.limits import Limits
    from contrats.release import Release
    from contrats.web import Settings

SEATS: Final = 2
"""Documents that a scribe is asked for at once: it would idle while an answer is being sent."""
_MODULE: Final = "contrats.front.scribe"


@dataclass(frozen=True, slots=True)
class Duty:
    """What a scribe must know: its release, the folder of all, and how it is seen from outside."""

    release: Release
    releases: Path
    spool: Path
    limits: Limits
    settings: Settings


@dataclass(frozen=True, slots=True, eq=False)
class Seat:
    """A channel to a scribe, for one who asks at a time."""

    channel: Connection

    def answer(self, environ: dict[str, Any]) -> Answer:
        """Return what the application answers there, or raise `WorkerError` when it is gone."""
        self.send(variables_of(environ))
        answer: Answer = self.receive()
        return answer

    def send(self, what: object) -> None:
        """Send; when the scribe is gone that is seen as soon as one listens."""
        with suppress(OSError):
            self.channel.send(what)

    def receive(self) -> Any:  # noqa: ANN401 -- what the other side sent
        """Return what the scribe sends, or raise `WorkerError` when it is gone."""
        try:
            return self.channel.recv()
        except (EOFError, OSError) as fault:
            raise WorkerError(
                "Un processus qui fait les documents s’est arrêté ; ils se font sans lui.",
                "A process that makes documents stopped; they are made without it.",
            ) from fault


@dataclass(frozen=True, slots=True, eq=False)
class Scribe:
    """A process that makes one document at a time, and finds the next one waiting."""

    duty: Duty
    process: subprocess.Popen[bytes]
    seats: tuple[Seat, ...]

    def wait(self) -> None:
        """Return once it holds the release, or raise `WorkerError`."""
        self.seats[0].send(self.duty)
        self.seats[0].receive()

    def close(self) -> None:
        """End it, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        for seat in self.seats:
            seat.channel.close()


def start_scribe(duty: Duty) -> Scribe:
    """Start a scribe, a process of its own and no fork: the one that serves has threads."""
    pairs = [socket.socketpair() for _ in range(SEATS)]
    theirs = [there.fileno() for _, there in pairs]
    command = [*with_allocator(), sys.executable, "-m", _MODULE, *map(str, theirs)]
    process = subprocess.Popen(  # noqa: S603 -- our own module
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=theirs
    )
    for _, there in pairs:
        there.close()
    return Scribe(duty, process, tuple(Seat(Connection(here.detach())) for here, _ in pairs))
