"""The files that pages load, each known by its bytes: the same tag on every machine."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app, send_file
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

if TYPE_CHECKING:
    from flask import Response


def send_static(filename: str) -> Response:
    """Answer with a file of `static/`; 304 when its bytes are known, whenever it was installed."""
    found = safe_join(current_app.static_folder or "", filename)
    path = Path(found) if found else None
    if path is None or "\0" in filename or not path.is_file():
        raise NotFound
    state = path.stat()
    return send_file(path, etag=_tag(path, state.st_mtime_ns, state.st_size))


@lru_cache  # the files of `static/`
def _tag(path: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:24]
