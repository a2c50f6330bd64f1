"""A query that the front of the server has begun, and that the application goes on with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import request

from contrats.web.client import client_address, client_gone

if TYPE_CHECKING:
    from collections.abc import Callable

    from contrats.engine.asked import Answered, Asked
    from contrats.engine.engine import Engine

BEGUN = "contrats.begun"
"""The key of the environment under which the front hands it over."""


@dataclass(slots=True)
class Begun:
    """A query under way: `finish` waits for its answer, given what tells that nobody waits."""

    asked: Asked
    finishing: Callable[[Callable[[], bool]], Answered]
    finished: bool = field(default=False)

    def finish(self, gone: Callable[[], bool]) -> Answered:
        """Return the answer, or raise what went wrong; once."""
        self.finished = True
        return self.finishing(gone)


def answer(engine: Engine, asked: Asked) -> Answered:
    """Return the answer of `engine` to `asked`, going on with what was begun of it already."""
    begun: Begun | None = request.environ.get(BEGUN)
    if begun is not None and begun.asked == asked and not begun.finished:
        return begun.finish(client_gone())
    return engine.answer(asked, client_address(), client_gone())
