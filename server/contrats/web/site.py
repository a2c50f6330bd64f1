"""What every view needs: the store, the release and the settings, held by the application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    import pyoxigraph as ox

    from contrats.described import PageQueries
    from contrats.library import SavedQuery
    from contrats.release import Release
    from contrats.rooms import Rooms
    from contrats.store import Store

NAME = "contrats"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the site is seen from, and where its queries and shapes lie.

    `public_url` begins every absolute address in the catalogue and the service description; it is
    never taken from a request's `Host`. It ends without a slash.
    """

    public_url: str
    rooms: Rooms


@dataclass(frozen=True, slots=True)
class Site:
    """The parts of the application, made once and only read afterwards."""

    store: Store
    release: Release
    settings: Settings
    queries: PageQueries
    library: tuple[SavedQuery, ...]
    shapes: tuple[ox.Quad, ...]


def this_site() -> Site:
    """Return the site that the request is for."""
    return cast("Site", current_app.extensions[NAME])
