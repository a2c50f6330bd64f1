"""What earlier builds worked out, by the hash of all that it depends on.

Nothing here is needed: what is missing, damaged or of other code is worked out again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_DIGITS: Final = 64
"""Length of a SHA-256 in hexadecimal: a file begins with that of what follows."""


@dataclass(frozen=True, slots=True)
class Memory:
    """A folder of files, each named by its key; without a folder nothing is remembered.

    `basis` is what everything depends on: the code and the engines.
    """

    folder: Path | None = None
    basis: str = ""
    used: set[str] = field(default_factory=set)

    def recall(self, name: str, key: str) -> bytes | None:
        """Return what was kept as `name` under `key`, when it is there and whole."""
        if self.folder is None:
            return None
        self.used.add(self._file(name, key))
        try:
            content = (self.folder / self._file(name, key)).read_bytes()
        except OSError:
            return None
        said, kept = content[:_DIGITS], content[_DIGITS:]
        return kept if hashlib.sha256(kept).hexdigest().encode() == said else None

    def keep(self, name: str, key: str, content: bytes) -> None:
        """Keep `content` as `name` under `key`; a reader sees all of it or nothing."""
        if self.folder is None:
            return
        self.used.add(self._file(name, key))
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(content).hexdigest().encode() + content)
        Path(temporary).replace(self.folder / self._file(name, key))

    def forget(self) -> None:
        """Remove what was neither recalled nor kept since."""
        if self.folder is None or not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            if path.name not in self.used:
                with contextlib.suppress(OSError):  # another build may have removed it just now
                    path.unlink()

    def _file(self, name: str, key: str) -> str:
        return f"{name}-{hashlib.sha256(f'{self.basis} {key}'.encode()).hexdigest()}"
