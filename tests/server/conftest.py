"""A small world of four rooms that each test may break."""

from __future__ import annotations

import gc
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contrats.release import build
from contrats.rooms import find_rooms
from contrats.search import write_index
from contrats.serving import Listener, Place, listen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contrats.limits import Limits

SMALL = Path(__file__).parent / "small"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a copy of the small world: the folder that holds the four rooms."""
    return shutil.copytree(SMALL, tmp_path / "rooms")


@pytest.fixture(scope="session")
def releases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of releases that holds that of the real data: the one given, or one made."""
    given: Path | None = request.config.getoption("--releases")
    if given is not None:
        return given.resolve()
    folder = tmp_path_factory.mktemp("releases")
    build(find_rooms(), folder, [write_index])
    return folder


@pytest.fixture(autouse=True, scope="module")
def own_thread() -> Iterator[None]:
    """Have what the tests of a module leave end here: rows of the engine may not in a server's."""
    yield
    gc.collect()


@contextmanager
def serving(releases: Path, limits: Limits, spool: Path) -> Iterator[Listener]:
    """Give a server over `releases` that listens, in a thread of this process."""
    listener = listen(releases, find_rooms(), Place("127.0.0.1", 0), limits, spool)
    listening = threading.Event()
    thread = threading.Thread(target=listener.run, args=(lambda _: listening.set(),), daemon=True)
    thread.start()
    assert listening.wait(timeout=60)
    try:
        yield listener
    finally:
        listener.stop()
        thread.join(timeout=20)
        assert not thread.is_alive()
