"""How a build runs: what it remembers of earlier ones, and whom it tells how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contrats.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from datetime import datetime
    from typing import TypeAlias

    Progress: TypeAlias = Callable[[str, int, int], None]
    Clock: TypeAlias = Callable[[], datetime | None]


def silent(what: str, done: int, total: int) -> None:
    """Show nothing of how many tasks of `total` are done."""


def timeless() -> None:
    """Tell no time: a publication is then of the day that the data states."""


@dataclass(frozen=True, slots=True)
class Running:
    """The memory of a build, what is told of each step, and who does the work, if it has begun.

    Of a step are told its name, how many tasks are done, and how many there are.
    """

    memory: Memory = field(default_factory=Memory)
    progress: Progress = silent
    pool: Executor | None = None
