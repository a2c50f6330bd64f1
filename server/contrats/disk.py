"""The disk store of a release, which any engine could build again from its N-Quads.

Where the store of the release before is still the one that was written, bit by bit, a copy of it
takes the lines that changed: most builds change few.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.difference import GONE, NEW, differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MOST: Final = 20_000
"""More changed lines than these, and the store is built anew."""


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier release: its store, its N-Quads, and the SHA-256 of each when written."""

    store: Path
    canonical: Path
    sha256: str
    digests: Mapping[str, str]


def write_store(folder: Path, canonical: Path, before: Before | None) -> dict[str, str]:
    """Write, in `folder`, the store of the N-Quads at `canonical`; return its files' SHA-256."""
    if before is None or not _write_changes(folder, canonical, before):
        shutil.rmtree(folder, ignore_errors=True)
        store = ox.Store(str(folder))
        store.bulk_load(path=canonical, format=ox.RdfFormat.N_QUADS)
        store.flush()
        del store  # closed: its files are whole
    return _digests(folder)


def _write_changes(folder: Path, canonical: Path, before: Before) -> bool:
    """Write the store from that of `before`; tell whether it then holds what it should."""
    if not before.store.is_dir() or _digests(before.store) != before.digests:
        return False
    if not before.canonical.is_file() or _sha256(before.canonical) != before.sha256:
        return False
    gone, new = _differences(before.canonical, canonical)
    if len(gone) + len(new) > MOST:
        return False
    shutil.copytree(before.store, folder, ignore=shutil.ignore_patterns("LOCK", "LOG*"))
    store = ox.Store(str(folder))
    for quad in _quads(gone):
        store.remove(quad)
    store.extend(_quads(new))
    store.flush()
    with canonical.open("rb") as lines:
        return len(store) == sum(1 for _ in lines)


def _quads(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    return ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS)


def _differences(old: Path, new: Path) -> tuple[list[bytes], list[bytes]]:
    """Return the lines of `old` that `new` lacks, and the other way round; both are sorted."""
    found: dict[bytes, list[bytes]] = {GONE: [], NEW: []}
    with old.open("rb") as before, new.open("rb") as after:
        for letter, line in differences(before, after):
            found[letter].append(line)
    return found[GONE], found[NEW]


def _digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of `folder` but for logs and locks."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.name != "LOCK" and not path.name.startswith("LOG"):
            found[path.name] = _sha256(path)
    return found


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
