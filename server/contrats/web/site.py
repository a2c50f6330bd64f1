"""What every view needs: the store, the release and the settings, held by the application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

from contrats.store import select

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyoxigraph as ox

    from contrats.described import Described
    from contrats.engine.engine import Engine
    from contrats.engine.past import Past
    from contrats.history import History
    from contrats.library import SavedQuery
    from contrats.page_queries import PageQueries
    from contrats.release import Release
    from contrats.rooms import Rooms
    from contrats.statements import Statements
    from contrats.store import EmbeddedStore, Term

NAME = "contrats"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the site is seen from, and where its queries and shapes lie.

    `public_url` begins every absolute address in the catalogue and the service description; it is
    never taken from a request's `Host`. It ends without a slash. `proxies` are the addresses whose
    X-Forwarded-For is believed. `contact` is the e-mail that the catalogue gives to portals.
    """

    public_url: str
    rooms: Rooms
    proxies: frozenset[str] = frozenset()
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Engines:
    """What answers visitors: the engine of the release that is served, and those of past ones.

    Where only documents are made none is running: `current` is None, and would be started.
    """

    current: Engine | None
    past: Past

    def of(self, identifier: str) -> Engine:
        """Return the engine of the release `identifier`."""
        if self.current is not None and identifier == self.current.identifier:
            return self.current
        return self.past.engine(identifier)


@dataclass(frozen=True, slots=True)
class Site:
    """The parts of the application, made once and only read afterwards.

    `store`, `statements` and `describe` answer our own pages, `engines` whatever a visitor wrote.
    """

    store: EmbeddedStore
    statements: Statements
    describe: Callable[[str], Described | None]
    engines: Engines
    release: Release
    settings: Settings
    queries: PageQueries
    library: tuple[SavedQuery, ...]
    shapes: tuple[ox.Quad, ...]
    history: History

    def question(self, name: str) -> SavedQuery:
        """Return the saved query `name`, which the pages rest on."""
        return next(each for each in self.library if each.name == name)

    def answers(self, name: str, bind: Mapping[str, Term] | None = None) -> ox.QuerySolutions:
        """Return the rows of the saved query `name`; they must end in the thread that asked."""
        return select(self.store, self.question(name).text, f"queries/{name}.rq", bind)

    @property
    def engine(self) -> Engine:
        """Return the engine of the release that is served."""
        return self.engines.current or self.engines.of(self.release.identifier)


def this_site() -> Site:
    """Return the site that the request is for."""
    return cast("Site", current_app.extensions[NAME])
