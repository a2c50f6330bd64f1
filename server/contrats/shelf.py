"""The folder of the releases: one builder at a time, `current` switched in one step."""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CURRENT: Final = "current"
MEMORY: Final = ".cache"
"""What builds remember: it may be removed at any time."""

_BUILDING: Final = ".building"
_SWITCHING: Final = ".current-next"
_LOCK: Final = ".lock"
_INPUTS: Final = ".inputs"
_AT_A_TIME: Final = 16

_log = logging.getLogger(__name__)


@contextmanager
def hold(releases: Path) -> Iterator[Path]:
    """Hold the folder `releases` alone and give an empty folder to build in, on the same disk.

    What a killed build left is removed first; its lock went with it.
    """
    releases.mkdir(parents=True, exist_ok=True)
    with (releases / _LOCK).open("wb") as lock:
        _wait_for(lock.fileno())
        folder = releases / _BUILDING
        _clear(releases)
        try:
            folder.mkdir()
            yield folder
        finally:
            _clear(releases)


def publish(releases: Path, folder: Path, identifier: str) -> Path:
    """Give `folder` its name in `releases`, for good, and make `current` point to it."""
    final = releases / identifier
    _write_through(folder)
    if final.exists():
        shutil.rmtree(final)
    folder.rename(final)
    switch(releases, identifier)
    return final


def switch(releases: Path, identifier: str) -> None:
    """Make `current` point to the release `identifier`, in one step."""
    link = releases / _SWITCHING
    link.symlink_to(identifier)
    link.replace(releases / CURRENT)
    _sync(releases)


def read_inputs(releases: Path) -> tuple[str, str]:
    """Return the digest of the inputs of the last build and the release that it made."""
    path = releases / _INPUTS
    words = path.read_text("utf-8").split() if path.is_file() else []
    return (words[0], words[1]) if len(words) == 2 else ("", "")  # noqa: PLR2004 -- digest, release


def write_inputs(releases: Path, digest: str, identifier: str) -> None:
    """Keep, beside the releases, from which inputs `identifier` was made."""
    (releases / _INPUTS).write_text(f"{digest} {identifier}\n", "utf-8")


def _wait_for(lock: int) -> None:
    """Take the lock, saying so when another build has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _log.info("une autre construction est en cours : attente / another build runs: waiting")
        fcntl.flock(lock, fcntl.LOCK_EX)


def _clear(releases: Path) -> None:
    """Remove what is half built."""
    if (releases / _BUILDING).exists():
        shutil.rmtree(releases / _BUILDING)
    (releases / _SWITCHING).unlink(missing_ok=True)


def _write_through(folder: Path) -> None:
    """Have the disk hold every file below `folder` before its name changes.

    Several at a time: the disk then writes thousands of small files together, in a tenth of what
    they take one after the other.
    """
    with ThreadPoolExecutor(_AT_A_TIME) as threads:
        list(threads.map(_sync, sorted(folder.rglob("*"))))
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
