"""Which query goes on: the fast lane for all, the slow lane for those that take longer, in turn."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from contrats.errors import BusyError

if TYPE_CHECKING:
    from contrats.limits import Limits

SETTLED: Final = 0.05
"""Seconds that a query is left in peace in the fast lane, even when others wait."""


@dataclass(eq=False, slots=True)
class Turn:
    """One query from the moment that it asks for a process to its end."""

    client: str
    started: float
    ends: float
    slow: bool = False
    paused: bool = False
    pressed: bool = False
    """Whether it should leave the fast lane before its time, since others wait."""
    grown: int = 0
    """Bytes of memory that its process took."""


@dataclass(slots=True)
class Queue:
    """Turns, and how many of each kind there may be; `settled` is notified when any ends.

    Of those who wait, the one whose client has fewest queries goes first, then the first come.
    """

    limits: Limits
    turns: list[Turn] = field(default_factory=list)
    waiting: list[Turn] = field(default_factory=list)
    condition: threading.Condition = field(default_factory=threading.Condition)

    def try_enter(self, client: str) -> Turn | None:
        """Return a turn for `client` when a process is free at once and nobody waits, else None."""
        with self.condition:
            turn = self._make_turn(client)
            if self.waiting or not self._may_start(turn):
                return None
            self.turns.append(turn)
            return turn

    def enter(self, client: str) -> Turn:
        """Wait for a process to be free for `client` and return the turn; raise `BusyError`."""
        with self.condition:
            turn = self._make_turn(client)
            if len(self.waiting) >= self.limits.waiting:
                raise _crowded()
            self.waiting.append(turn)
            try:
                while not self._may_start(turn):
                    self._press()
                    self.condition.wait(SETTLED)
                    if time.monotonic() > turn.ends:
                        raise _crowded()
            finally:
                self.waiting.remove(turn)
            turn.started = time.monotonic()
            self.turns.append(turn)
            self.condition.notify_all()
            return turn

    def leave(self, turn: Turn) -> None:
        """End `turn`: another may start."""
        with self.condition:
            self.turns.remove(turn)
            if self.waiting or any(each.paused for each in self.turns):
                self.condition.notify_all()

    def _make_turn(self, client: str) -> Turn:
        now = time.monotonic()
        return Turn(client, now, now + self.limits.deadline)

    def _may_start(self, turn: Turn) -> bool:
        """Tell whether there is a process for `turn`, and none who goes before it."""
        if len(self.turns) >= self.limits.processes:
            return False
        having = Counter(each.client for each in self.turns)
        if having[turn.client] >= self.limits.client_queries:
            return False
        if not self.waiting:
            return True
        first = min(
            (w for w in self.waiting if having[w.client] < self.limits.client_queries),
            key=lambda w: having[w.client],
        )
        return first is turn or having[first.client] == having[turn.client]

    def _press(self) -> None:
        """Have the oldest query of the fast lane leave it, when all processes are taken."""
        if len(self.turns) < self.limits.processes:
            return
        before = time.monotonic() - SETTLED
        fast = [t for t in self.turns if not t.slow and not t.pressed and t.started < before]
        if fast:
            min(fast, key=lambda each: each.started).pressed = True

    def enter_slow(self, turn: Turn) -> bool:
        """Tell whether `turn` goes on at once; else it waits its turn; raise `BusyError`."""
        with self.condition:
            turn.slow = True
            if self._slow_is_free(turn):
                return True
            if sum(each.paused for each in self.turns) >= self.limits.paused:
                raise _crowded()
            turn.paused = True
            return False

    def await_slow(self, turn: Turn, timeout: float) -> bool:
        """Wait for the slow lane at most `timeout` seconds; tell whether `turn` goes on."""
        with self.condition:
            if not self._slow_is_free(turn):
                self.condition.wait(timeout)
            if not self._slow_is_free(turn):
                return False
            turn.paused = False
            return True

    def _slow_is_free(self, turn: Turn) -> bool:
        """Tell whether `turn` may go on, others with fewer queries under way going first."""
        going = [each for each in self.turns if each.slow and not each.paused and each is not turn]
        if len(going) >= self.limits.slow:
            return False
        having = Counter(each.client for each in going)
        others = [each for each in self.turns if each.paused and each is not turn]
        return all(having[each.client] >= having[turn.client] for each in others)

    def is_largest(self, turn: Turn) -> bool:
        """Tell whether all queries take too much memory, and `turn` most of it."""
        with self.condition:
            taken = sum(each.grown for each in self.turns)
            most = max(each.grown for each in self.turns)
            return taken > self.limits.all_memory and turn.grown == most


def _crowded() -> BusyError:
    return BusyError(
        "Trop de longues requêtes sont en cours ; reposez celle-ci dans quelques secondes, "
        "simplifiez-la, ou posez-la chez vous avec « contrats query ».",
        "Too many long queries are under way; ask this one again in a few seconds, simplify it, or "
        "ask it on your own machine with `contrats query`.",
    )
