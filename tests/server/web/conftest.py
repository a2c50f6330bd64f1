"""The real release, built once, and a real server on loopback."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from flask.testing import FlaskClient

from contrats.release import Release, build, open_release
from contrats.rooms import find_rooms
from contrats.search import write_index
from contrats.serving import Place, listen
from contrats.store import EmbeddedStore, open_store
from contrats.web import Settings, create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from werkzeug.test import TestResponse

PUBLIC = "https://exemple.test/contrats"


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of releases that holds that of the real data."""
    folder = tmp_path_factory.mktemp("releases")
    build(find_rooms(), folder, [write_index])
    return folder


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
def app(store: EmbeddedStore, release: Release) -> Flask:
    made = create_app(store, release, Settings(PUBLIC, find_rooms()))
    made.test_client_class = Client
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def address(releases: Path) -> Iterator[str]:
    """Return the address of a server that answers, without the last slash."""
    listener = listen(releases, find_rooms(), Place("127.0.0.1", 0, None))
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    yield listener.address.rstrip("/")
    listener.server.close()
    thread.join(timeout=5)
