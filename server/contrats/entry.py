"""One publication as the history keeps it: its manifest, what it changed, which things moved."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from contrats.errors import ReleaseError
from contrats.manifest import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FOLDER: Final = "history"
"""Its name in the folder of the releases. It cannot be made again: it is to be saved with them."""
ENTRY: Final = "entry.json"
CHANGES: Final = "changes.nq.gz"
THINGS: Final = "things.json.gz"


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication: the release `identifier` became the current one at `since` (UTC).

    `folder` holds what is kept of it. `kinds` counts the things that appeared, changed and
    vanished, by kind; `pages` the members of each page of the event stream.
    """

    folder: Path
    number: int
    identifier: str
    version: str
    issued: str
    since: str
    added: int
    removed: int
    kinds: Mapping[str, tuple[int, int, int]]
    pages: tuple[int, ...]

    @property
    def name(self) -> str:
        """Return what tells this publication from all others, whatever became of the history."""
        return f"{self.number}-{self.identifier}"

    def manifest(self) -> bytes:
        """Return the manifest of the release, as it was published."""
        return (self.folder / NAME).read_bytes()

    def changes(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield the lines that tell the release from the one before, D or A with each."""
        with gzip.open(self.folder / CHANGES, "rb") as lines:
            for line in lines:
                yield line[:1], line[2:]

    @property
    def differs(self) -> bool:
        """Tell whether the difference from the release before is kept: the first has none."""
        return (self.folder / CHANGES).is_file()

    def page(self, number: int) -> bytes:
        """Return a page of the event stream, counted from 1, as N-Quads."""
        return gzip.decompress((self.folder / page_name(number)).read_bytes())


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the things of the data in one publication, by IRI.

    `vanished` gives the name that each bore, or nothing; `parts` of what contract it was a part.
    """

    appeared: frozenset[str]
    changed: frozenset[str]
    vanished: Mapping[str, str]
    parts: Mapping[str, str]


def read_entries(releases: Path) -> list[Entry]:
    """Return the entries of the history in `releases`, or raise `ReleaseError` at a damaged one."""
    folders = (path.parent for path in (releases / FOLDER).glob(f"[0-9]*/{ENTRY}"))
    return sorted((_read_entry(path) for path in folders), key=lambda each: each.number)


def page_name(number: int) -> str:
    """Return the name of the file with a page of the event stream."""
    return f"page-{number}.nq.gz"


def _read_entry(folder: Path) -> Entry:
    path = folder / ENTRY
    try:
        said: dict[str, Any] = json.loads(path.read_bytes())
        kinds = {kind: tuple(counts) for kind, counts in said.pop("kinds").items()}
        return Entry(folder=folder, kinds=kinds, pages=tuple(said.pop("pages")), **said)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise ReleaseError(
            f"{path} : l’historique est abîmé ({fault}) ; reprenez-le d’une sauvegarde.",
            f"{path}: the history is damaged ({fault}); take it from a backup.",
        ) from fault


@cache  # an entry never changes
def read_moved(path: Path) -> Moved:
    """Return the things of an entry; of a release without one, none."""
    if not path.is_file():
        return Moved(frozenset(), frozenset(), {}, {})
    said = json.loads(gzip.decompress(path.read_bytes()))
    appeared, changed = frozenset(said["appeared"]), frozenset(said["changed"])
    return Moved(appeared, changed, said["vanished"], said["parts"])
