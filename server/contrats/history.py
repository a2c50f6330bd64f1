"""What was published, in order: the history that lies beside the releases and outlives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.contents import CANONICAL
from contrats.entry import ENTRY, THINGS, Entry, read_entries, read_moved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from contrats.entry import Moved


@dataclass(frozen=True, slots=True)
class History:
    """All publications, the first of them first; that of `releases` which is current is the last.

    A release that was published before there was a history, or by hand, is there without a
    difference: its entry has the folder of the release itself.
    """

    releases: Path
    entries: tuple[Entry, ...]

    @property
    def current(self) -> Entry:
        """Return the publication of the moment."""
        return self.entries[-1]

    @property
    def recorded(self) -> tuple[Entry, ...]:
        """Return the publications of which the difference is kept."""
        return tuple(each for each in self.entries if (each.folder / ENTRY).is_file())

    def find(self, name: str) -> Entry | None:
        """Return the last publication of a release, by its identifier, else by its version."""
        newest = self.entries[::-1]
        by_identifier = (each for each in newest if each.identifier == name)
        return next(by_identifier, next((each for each in newest if each.version == name), None))

    def numbered(self, number: int) -> Entry | None:
        """Return the publication of that number."""
        return next((each for each in self.entries if each.number == number), None)

    def before(self, entry: Entry) -> Entry | None:
        """Return the publication before `entry`."""
        place = self.entries.index(entry)
        return self.entries[place - 1] if place else None

    def is_there(self, entry: Entry) -> bool:
        """Tell whether the release itself is still on disk."""
        return (self.releases / entry.identifier / CANONICAL).is_file()

    def moved(self, entry: Entry) -> Moved:
        """Return what became of the things in `entry`."""
        return read_moved(entry.folder / THINGS)

    def departure(self, iri: str) -> Entry | None:
        """Return the publication in which `iri` left, None when it is there or never was."""
        for entry in reversed(self.recorded):
            moved = self.moved(entry)
            if iri in moved.vanished:
                return entry
            if iri in moved.appeared:
                return None
        return None

    def holding(self, iri: str) -> tuple[Entry, ...]:
        """Return the publications in which `iri` is described, the first of them first."""
        found, there = [], False
        for entry in self.recorded:
            moved = self.moved(entry)
            there = iri in moved.appeared or (there and iri not in moved.vanished)
            if there:
                found.append(entry)
        return tuple(found)

    def last_changed(self) -> Mapping[str, str]:
        """Return when what is said of each thing last changed, as xsd:dateTime.

        What never changed has the moment of the first publication; what left is not in it.
        """
        found: dict[str, str] = {}
        for entry in self.recorded:
            moved = self.moved(entry)
            found.update(dict.fromkeys(moved.appeared | moved.changed, entry.since))
            for iri in moved.vanished:
                found.pop(iri, None)
        return found


def open_history(releases: Path, identifier: str, version: str, issued: str) -> History:
    """Return the history in `releases` up to the release `identifier`, which is served.

    What came after is another server's to tell: this one will, once it serves it.
    """
    entries = read_entries(releases)
    while entries and entries[-1].identifier != identifier:
        entries.pop()
    if not entries:
        folder = releases / identifier
        entries = [
            Entry(folder, 1, identifier, version, issued, f"{issued}T00:00:00Z", 0, 0, {}, ())
        ]
    return History(releases, tuple(entries))
