"""Where an answer is written while it is not complete: in memory first, then on disk."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Buffer  # type: ignore[attr-defined]  # from Python 3.12 on


class TooLargeError(Exception):
    """An answer is longer than the limit."""


class Spool(io.RawIOBase):
    """Bytes that are kept in memory up to `memory`, then all in `file`; at most `most` of them."""

    def __init__(self, file: IO[bytes], memory: int, most: int) -> None:
        """Keep where to write; `file` is opened already: a worker can open none."""
        super().__init__()
        self.size = 0
        self._kept = io.BytesIO()
        self._file = file
        self._memory = memory
        self._most = most

    def writable(self) -> bool:
        """Tell that it is there to be written."""
        return True

    def write(self, data: Buffer) -> int:
        """Take `data`, or raise `TooLargeError`: what is longer than the limit is no answer."""
        view = memoryview(data)
        self.size += view.nbytes
        if self.size > self._most:
            raise TooLargeError
        if self.on_disk:
            self._file.write(view)
        elif self._kept.tell() + view.nbytes <= self._memory:
            self._kept.write(view)
        else:
            self._file.write(self._kept.getbuffer())
            self._file.write(view)
        return view.nbytes

    @property
    def on_disk(self) -> bool:
        """Tell whether the bytes are in the file."""
        return self.size > self._memory and self._file.tell() > 0

    def kept(self) -> bytes:
        """Return the bytes, where they are in memory."""
        return self._kept.getvalue()
