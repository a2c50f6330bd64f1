"""Queries of visitors over one release: remembered, counted, and answered whole or refused."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from contrats.contents import CANONICAL, STORE
from contrats.engine import parent, wire
from contrats.engine.asked import Answered, Asked
from contrats.engine.cache import Cache
from contrats.engine.lanes import Lanes, over_memory
from contrats.engine.normal import digest, is_repeatable
from contrats.engine.zygote import Orders
from contrats.errors import AnswerTooLargeError, QueryRefusedError
from contrats.malformed import explain_malformed

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import FileIO
    from pathlib import Path

    from contrats.engine.budget import Budgets
    from contrats.engine.lanes import Reply, Underway
    from contrats.limits import Limits


@dataclass(frozen=True, slots=True)
class Held:
    """How a release is held: in memory or read from its disk store, by how many ready workers."""

    in_memory: bool = True
    spare: int = 4


_OVERHEAD: Final = 500
"""Bytes that an answer takes in memory beside its own."""


@dataclass(frozen=True, slots=True)
class Started:
    """A query that was begun for a client."""

    asked: Asked
    client: str
    key: str
    underway: Underway


class Engine:
    """What answers visitors about one release; several threads may ask at once."""

    def __init__(
        self,
        folder: Path,
        limits: Limits,
        budgets: Budgets,
        spool: Path,
        held: Held | None = None,
    ) -> None:
        """Start the processes over the release in `folder`; long answers go to `spool`."""
        how = held or Held()
        self.identifier = folder.name
        self.limits = limits
        self._budgets = budgets
        self._cache: Cache[Answered] = Cache(limits.cache_bytes)
        orders = _orders(folder, limits, spool, in_memory=how.in_memory)
        self._lanes = Lanes(lambda: parent.start(orders), limits, how.spare)

    def answer(
        self, asked: Asked, client: str, gone: Callable[[], bool] = lambda: False
    ) -> Answered:
        """Return the whole answer to `asked`, which `guard` let pass, for the address `client`.

        Raise `QueryRefusedError` when it is not SPARQL, `LimitError` past a limit, `BusyError`
        when too much is asked at once, `BudgetError` when `client` asked for more than its share.
        `gone` tells whether nobody waits for the answer any more.
        """
        key = digest(asked)
        known = self._recall(asked, client, key)
        if known is not None:
            return known
        underway = self._lanes.start(_request(asked), client)
        return self.finish(Started(asked, client, key, underway), gone)

    def try_start(self, asked: Asked, client: str) -> Answered | Started | None:
        """Begin without waiting: return an answer that is known, what began, or None.

        None means that nothing was begun, and that `answer` is to be called.
        """
        key = digest(asked)
        known = self._recall(asked, client, key)
        if known is not None:
            return known
        underway = self._lanes.try_start(_request(asked), client)
        if underway is None:
            self._budgets.give_back(client)
            return None
        return Started(asked, client, key, underway)

    def finish(self, started: Started, gone: Callable[[], bool] = lambda: False) -> Answered:
        """Return the answer to what was begun; see `answer`."""
        asked, began = started.asked, started.underway.turn.started
        seconds = None
        try:
            reply = self._lanes.finish(started.underway, gone)
            seconds = reply.frame.record.get("seconds")
        finally:  # a query that failed took all the time that it was under way
            now = time.monotonic()
            spent = now - began if seconds is None else seconds
            self._budgets.spend_seconds(started.client, spent, now)
        answered = self._read(asked, reply, started.key)
        if isinstance(answered.body, bytes) and is_repeatable(asked.text):
            self._cache.keep((started.key, asked.form), answered, len(answered.body) + _OVERHEAD)
        return answered

    def _recall(self, asked: Asked, client: str, key: str) -> Answered | None:
        """Count a query of `client`, or raise `BudgetError`; return its answer when it is known."""
        self._budgets.spend_request(client, time.monotonic())
        return self._cache.find((key, asked.form))

    @property
    def process(self) -> int:
        """Return the number of the process whose children answer."""
        return self._lanes.process

    def close(self) -> None:
        """End the processes."""
        self._lanes.close()

    def _read(self, asked: Asked, reply: Reply, key: str) -> Answered:
        """Return the answer that a worker gave, or raise what it said went wrong."""
        record = reply.frame.record
        body: bytes | FileIO = reply.frame.body
        if reply.worker is not None:
            body = reply.worker.file
            body.seek(0)
        if "fault" in record:
            if not isinstance(body, bytes):
                body.close()
            raise _fault(asked.text, record, self.limits)
        return Answered(body, record["count"], record["seconds"], self.identifier, key)


def _orders(folder: Path, limits: Limits, spool: Path, *, in_memory: bool) -> Orders:
    return Orders(
        quads=str(folder / CANONICAL),
        store=str(folder / STORE),
        in_memory=in_memory,
        spool=str(spool),
        memory=limits.query_memory,
        result=limits.result_bytes,
        kept=limits.memory_bytes,
    )


def _request(asked: Asked) -> bytes:
    """Return the frame that asks a worker."""
    record = {
        "form": asked.form,
        "default": asked.dataset.default,
        "named": asked.dataset.named,
        "bind": asked.bind,
    }
    return wire.pack(record, asked.text.encode("utf-8"))


def _fault(text: str, record: dict[str, Any], limits: Limits) -> Exception:
    """Return the error that the worker's `record` tells."""
    if record["fault"] == "malformed":
        return explain_malformed(text, SyntaxError(record["said"]))
    if record["fault"] == "refused":
        return QueryRefusedError(record["fr"], record["en"])
    if record["fault"] == "no-memory":
        return over_memory(limits)
    size = limits.result_bytes // 1024**2
    return AnswerTooLargeError(
        f"La réponse dépasse {size} Mio. Demandez-en moins (LIMIT, moins de colonnes), prenez le "
        "fichier entier sur /catalog, ou posez la question chez vous avec « contrats query ».",
        f"The answer is over {size} MiB. Ask for less (LIMIT, fewer columns), take the whole dump "
        "from /catalog, or ask on your own machine with `contrats query`.",
    )
