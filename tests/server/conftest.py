"""A small world of four rooms that each test may break."""

from __future__ import annotations

import gc
import json
import shutil
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, CompletedProcess, Popen
from typing import IO, TYPE_CHECKING

import pytest

from contrats.reconciliation.writing import write_reconciliation
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
    build(find_rooms(), folder, [write_index, write_reconciliation])
    return folder


@dataclass(frozen=True, slots=True)
class Contrats:
    """The command `contrats` as a person runs it, each time in a process of its own (`forked`)."""

    orders: IO[str]
    replies: IO[str]
    files: tuple[Path, ...]

    def __call__(self, *arguments: str | Path, typed: str = "") -> CompletedProcess[str]:
        """Return what the command does with `arguments`, `typed` on its standard input."""
        for path, text in zip(self.files, (typed, "", ""), strict=True):
            path.write_text(text, "utf-8")
        given = [str(each) for each in arguments]
        order = {"arguments": given, "files": [str(path) for path in self.files]}
        print(json.dumps(order), file=self.orders, flush=True)
        status = int(self.replies.readline())
        _, stdout, stderr = (path.read_text("utf-8") for path in self.files)
        return CompletedProcess(given, status, stdout, stderr)


@pytest.fixture(scope="session")
def contrats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Contrats]:
    """Give the command, which is loaded once."""
    folder = tmp_path_factory.mktemp("command")
    files = tuple(folder / name for name in ("typed", "answers", "remarks"))
    command = [sys.executable, "-P", str(Path(__file__).with_name("forked.py"))]
    with Popen(command, stdin=PIPE, stdout=PIPE, encoding="utf-8") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Contrats(process.stdin, process.stdout, files)


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
