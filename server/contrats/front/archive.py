"""Records in one file without a name: what memory has no room for is read again, not made again."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from pathlib import Path

ENTRIES: Final = 100_000
"""Records that are known at most: each takes some 400 bytes of memory, whatever its length."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A file that takes at most so many bytes; once it is full, nothing more.

    It ends with the process: it has no name that another could open.
    """

    file: IO[bytes]
    most: int
    places: dict[Hashable, tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, key: Hashable, parts: Sequence[bytes]) -> None:
        """Keep `parts` under `key`, once and for good."""
        sizes = tuple(map(len, parts))
        with self.lock:
            if self.file.closed:
                return
            end = self.file.seek(0, os.SEEK_END)
            full = end + sum(sizes) > self.most or len(self.places) >= ENTRIES
            if full or key in self.places:
                return
            self.file.write(b"".join(parts))
            self.places[key] = (end, sizes)

    def find(self, key: Hashable) -> list[bytes] | None:
        """Return the parts that were kept under `key`."""
        with self.lock:
            place = self.places.get(key)
            if place is None or self.file.closed:
                return None
            start, sizes = place
            whole = memoryview(os.pread(self.file.fileno(), sum(sizes), start))
        parts = []
        for size in sizes:
            parts.append(bytes(whole[:size]))
            whole = whole[size:]
        return parts

    def close(self) -> None:
        """Give the file back: nothing is found any more."""
        with self.lock:
            self.file.close()


def open_archive(folder: Path, most: int) -> Archive:
    """Return an empty archive on the disk of `folder`."""
    return Archive(TemporaryFile(dir=folder, buffering=0), most)
