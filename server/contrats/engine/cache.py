"""What is kept for whoever asks the same again; the least used goes when it is too much."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


@dataclass(slots=True)
class Cache(Generic[Kept]):
    """What was kept, by key; several threads may use it."""

    most: int
    """Bytes of all that is kept."""
    kept: OrderedDict[object, tuple[Kept, int]] = field(default_factory=OrderedDict)
    size: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, key: object) -> Kept | None:
        """Return what was kept under `key`."""
        with self.lock:
            found = self.kept.get(key)
            if found is None:
                return None
            self.kept.move_to_end(key)
            return found[0]

    def keep(self, key: object, value: Kept, size: int) -> None:
        """Keep `value`, which takes `size` bytes, unless it is a large part of all."""
        if size > self.most // 8:
            return
        with self.lock:
            self._forget(key)
            self.kept[key] = (value, size)
            self.size += size
            while self.size > self.most:
                self._forget(next(iter(self.kept)))

    def _forget(self, key: object) -> None:
        if key in self.kept:
            self.size -= self.kept.pop(key)[1]
