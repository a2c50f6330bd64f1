"""What is served at the moment: a release, its application, its engines; then a newer one."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from contrats import shelf
from contrats.contents import CANONICAL, STORE
from contrats.engine.engine import Engine, Held
from contrats.engine.past import Past
from contrats.errors import BudgetError, ContratsError
from contrats.front.desk import Desk
from contrats.front.ready import make_ready
from contrats.front.remembered import open_memory
from contrats.front.seat import Duty
from contrats.release import check_release, find_current, survey_release
from contrats.store import open_disk_store, open_store
from contrats.web import Settings, create_app
from contrats.web.site import Engines

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from contrats.engine.budget import Budgets
    from contrats.front.remembered import Memory
    from contrats.limits import Limits
    from contrats.release import Release

LOOK: Final = 2.0
"""Seconds between two looks at which release is current."""
LINGER: Final = 15.0
"""Seconds that the engine of the release before goes on, for what is under way."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Publication:
    """A release that is served; its memory of responses is its own, so that none outlives it."""

    release: Release
    app: Callable[..., Any]
    engine: Engine
    memory: Memory
    desk: Desk
    proxies: Collection[str]
    public: str
    budgets: Budgets

    def pays(self, client: str) -> bool:
        """Count a query of `client` that is answered from memory; tell whether it may be."""
        try:
            self.budgets.spend_request(client, time.monotonic())
        except BudgetError:
            return False
        return True

    def close(self) -> None:
        """End its processes, and give its disk back."""
        self.engine.close()
        self.desk.close()
        self.memory.close()


@dataclass(frozen=True, slots=True)
class Ground:
    """What all publications share: folders, limits, budgets, settings."""

    releases: Path
    spool: Path
    limits: Limits
    budgets: Budgets
    settings: Settings

    def duty(self, release: Release) -> Duty:
        """Return what a scribe for `release` must know."""
        return Duty(release, self.releases, self.spool, self.limits, self.settings)


@dataclass(slots=True)
class Newest:
    """The publication of the moment, replaced when another release is made current."""

    ground: Ground
    past: Past
    publication: Publication
    closed: threading.Event = field(default_factory=threading.Event)

    def current(self) -> Publication:
        """Return what is served now."""
        return self.publication

    def watch(self) -> None:
        """Make what is served quick, then look whether another release is current, until closed."""
        self._quicken()
        while not self.closed.wait(LOOK):
            try:
                self._follow()
            except ContratsError as fault:  # the one that is served goes on
                _log.warning("%s\n%s", fault.fr, fault.en)

    def close(self) -> None:
        """End all processes."""
        self.closed.set()
        self.publication.close()
        self.past.close()

    def _follow(self) -> None:
        """Serve the current release when it is another than the one served."""
        named = (self.ground.releases / shelf.CURRENT).resolve().name
        before = self.publication
        if named in {shelf.CURRENT, before.release.identifier}:
            return
        self.publication = publish(self.ground, self.past)
        _log.info("publication / release: %s", self.publication.release.identifier)
        self._quicken()
        self.closed.wait(LINGER)
        before.close()

    def _quicken(self) -> None:
        """Have our pages read the release from memory, once that is loaded, and make some ready."""
        publication = self.publication
        if publication.release.path(CANONICAL).stat().st_size > self.ground.limits.in_memory:
            return
        store = open_store(publication.release.path(CANONICAL))
        engines = Engines(publication.engine, self.past)
        app = create_app(store, publication.release, self.ground.settings, engines)
        self.publication = replace(publication, app=app)
        for _ in range(self.ground.limits.documents - 1):
            publication.desk.employ(self.ground.duty(publication.release))
        make_ready(self.publication, self.ground.limits.pages_ahead, self.closed)


def begin(ground: Ground) -> Newest:
    """Return what serves the current release, or raise `ReleaseError`."""
    past = Past(ground.releases, ground.limits, ground.budgets, ground.spool)
    return Newest(ground, past, publish(ground, past))


def publish(ground: Ground, past: Past) -> Publication:
    """Open the current release: visitors' queries in processes, our pages from disk for now.

    The bytes of its files are checked while the engine starts.
    """
    folder = find_current(ground.releases)
    survey_release(folder)  # which says at once what is missing or cut
    quads = folder / CANONICAL
    in_memory = quads.stat().st_size <= ground.limits.in_memory
    with ThreadPoolExecutor(1) as beside:
        checking = beside.submit(check_release, folder)
        engine = Engine(folder, ground.limits, ground.budgets, ground.spool, Held(in_memory))
        try:
            release = checking.result()
            store = open_disk_store(release.path(STORE))
        except ContratsError:
            engine.close()
            raise
    app = create_app(store, release, ground.settings, Engines(engine, past))
    return Publication(
        release,
        app,
        engine,
        open_memory(ground.spool, ground.limits.pages_bytes, ground.limits.pages_disk_bytes),
        Desk(),
        ground.settings.proxies,
        ground.settings.public_url,
        ground.budgets,
    )
