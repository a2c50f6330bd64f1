"""The real release, built once, and a real server on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from flask.testing import FlaskClient
from tests.server.conftest import serving

from contrats.engine.budget import Budgets
from contrats.engine.engine import Engine
from contrats.engine.past import Past
from contrats.limits import Limits
from contrats.release import Release, open_release
from contrats.rooms import find_rooms
from contrats.store import EmbeddedStore, open_store
from contrats.web import Settings, create_app
from contrats.web.site import Engines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from werkzeug.test import TestResponse

    from contrats.serving import Listener

PUBLIC = "https://exemple.test/contrats"


@pytest.fixture(scope="session")
def release(releases: Path) -> Release:
    return open_release(releases)


@pytest.fixture(scope="session")
def store(release: Release) -> EmbeddedStore:
    return open_store(release.path("contrats.nq"))


class Client(FlaskClient):
    """A client that reads each answer to its end, so that no file of a dump stays open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401 -- as its parent
        """Return the whole answer."""
        return super().open(*args, **({"buffered": True} | kwargs))


@pytest.fixture(scope="session")
def limits() -> Limits:
    """Return the limits of the tests: one address asks for far more than a person's scripts.

    No page is made ahead: that would take a processor from the tests for minutes.
    """
    return Limits(client_requests=1_000_000, client_seconds=100_000, pages_ahead=1)


@pytest.fixture(scope="session")
def engines(
    releases: Path, release: Release, limits: Limits, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engines]:
    """Return the engines of the real release, in processes of their own."""
    budgets, spool = Budgets(limits), tmp_path_factory.mktemp("spool")
    past = Past(releases, limits, budgets, spool)
    current = Engine(release.folder, limits, budgets, spool)
    yield Engines(current, past)
    current.close()
    past.close()


@pytest.fixture(scope="session")
def app(store: EmbeddedStore, release: Release, engines: Engines) -> Flask:
    made = create_app(store, release, Settings(PUBLIC, find_rooms()), engines)
    made.test_client_class = Client
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def listener(
    releases: Path, limits: Limits, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Listener]:
    """Give a server that answers."""
    with serving(releases, limits, tmp_path_factory.mktemp("spool")) as started:
        yield started


@pytest.fixture(scope="session")
def address(listener: Listener) -> str:
    """Return the address of a server that answers, without the last slash."""
    return listener.address.rstrip("/")
