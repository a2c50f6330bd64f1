"""Releases that are no longer current and can still be asked, over their disk stores."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from contrats.engine.engine import Engine, Held
from contrats.errors import ContratsError
from contrats.manifest import NAME
from contrats.release import check_release

if TYPE_CHECKING:
    from pathlib import Path

    from contrats.engine.budget import Budgets
    from contrats.limits import Limits


class ReleaseGoneError(ContratsError):
    """A release is not here, or no longer answers."""


@dataclass(slots=True)
class Past:
    """The engines of past releases, started when they are first asked; the last used stay."""

    releases: Path
    limits: Limits
    budgets: Budgets
    spool: Path
    engines: dict[str, Engine] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def identifiers(self) -> list[str]:
        """Return the releases that answer, the newest first: the current one and those before."""
        folders = [path for path in self.releases.glob("[!.]*") if not path.is_symlink()]
        whole = [path for path in folders if (path / NAME).is_file()]
        ordered = sorted(whole, key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
        return [path.name for path in ordered[: self.limits.releases + 1]]

    def folder(self, identifier: str) -> Path:
        """Return the folder of a release that answers, or raise `ReleaseGoneError`."""
        known = self.identifiers()
        if identifier not in known:
            raise _gone(identifier, known)
        return self.releases / identifier

    def engine(self, identifier: str) -> Engine:
        """Return the engine of a past release, or raise `ReleaseGoneError`."""
        folder = self.folder(identifier)
        with self.lock:
            engine = self.engines.pop(identifier, None) or self._start(folder)
            self.engines[identifier] = engine
            while len(self.engines) > self.limits.releases:
                self.engines.pop(next(iter(self.engines))).close()
            return engine

    def _start(self, folder: Path) -> Engine:
        """Start an engine that takes little: past releases are seldom asked."""
        few = replace(self.limits, processes=3, slow=1, paused=1)
        return Engine(
            check_release(folder).folder,
            few,
            self.budgets,
            self.spool,
            Held(in_memory=False, spare=1),
        )

    def close(self) -> None:
        """End all of them."""
        with self.lock:
            while self.engines:
                self.engines.popitem()[1].close()


def _gone(identifier: str, known: list[str]) -> ReleaseGoneError:
    listed = ", ".join(known)
    return ReleaseGoneError(
        f"La publication « {identifier[:60]} » ne répond pas ici. Celles qui répondent : {listed}.",
        f'The release "{identifier[:60]}" does not answer here. Those that do: {listed}.',
    )
