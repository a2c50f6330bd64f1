"""An SQLite file of a release: written once, the same bytes for the same rows; then only read."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from contrats.errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Give an empty database, which is the file at `path` once all is written: pages in order."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        yield connection
        connection.commit()
        connection.execute("VACUUM")
    finally:
        connection.close()


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Give the database at `path`, read only, or raise `ReleaseError` when it is damaged."""
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as fault:
        raise ReleaseError(
            f"{path} : index illisible ({fault}) ; refaites-le avec « contrats build ».",
            f"{path}: unreadable index ({fault}); make it again with `contrats build`.",
        ) from fault
