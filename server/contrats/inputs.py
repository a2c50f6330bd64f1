"""What a release depends on: the rooms, the code, the engines."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Final

from contrats.memory import Memory
from contrats.shelf import MEMORY

if TYPE_CHECKING:
    from contrats.rooms import Rooms

_ENGINES: Final = ("pyoxigraph", "pyshacl", "pyyaml", "rdflib")


def digest_inputs(rooms: Rooms) -> str:
    """Return the SHA-256 of all that a release depends on."""
    digest = hashlib.sha256()
    _digest_program(digest)
    for field in fields(rooms):
        _digest_folder(digest, field.name, getattr(rooms, field.name), "*")
    return digest.hexdigest()


def open_memory(releases: Path) -> Memory:
    """Return what builds in `releases` remember, as long as code and engines stay the same."""
    digest = hashlib.sha256()
    _digest_program(digest)
    return Memory(releases / MEMORY, digest.hexdigest())


def _digest_program(digest: hashlib._Hash) -> None:
    """Add to `digest` the engines and the code."""
    for engine in _ENGINES:
        digest.update(f"{engine} {installed(engine)}\n".encode())
    _digest_folder(digest, "code", Path(__file__).parent, "*.py")


def _digest_folder(digest: hashlib._Hash, name: str, root: Path, pattern: str) -> None:
    """Add to `digest` the files below `root`, with their paths."""
    for path in sorted(root.rglob(pattern)):
        if path.is_file():
            place = f"{name}/{path.relative_to(root).as_posix()}"
            digest.update(f"{place} {path.stat().st_size}\n".encode() + path.read_bytes())
