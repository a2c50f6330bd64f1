"""What the difference between two releases is about: things, their names, how many of each kind."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.canonical import graph_in
from contrats.derivation import GRAPH as DERIVED
from contrats.difference import GONE, NEW, differences, refuse_blank
from contrats.vocabulary import BASE, EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from contrats.membership import Surveyed

_THINGS: Final = f"<{BASE}id/".encode()
_NAMED: Final = tuple(
    f" <{EXTERNAL[prefix]}{name}> ".encode()
    for prefix, name in (("skos", "prefLabel"), ("dcterms", "title"))
)
_DERIVED: Final = str(DERIVED).encode()
_FRENCH: Final = b'"@fr '


@dataclass(slots=True)
class Touched:
    """Things of ours, in angle brackets, that lines speak of or are a part of; names that went.

    `derived` are those of which only a rule says something else.
    """

    added: int = 0
    removed: int = 0
    subjects: set[bytes] = field(default_factory=set)
    owners: set[bytes] = field(default_factory=set)
    derived: set[bytes] = field(default_factory=set)
    names: dict[bytes, str] = field(default_factory=dict)

    def touch(self, letter: bytes, line: bytes, surveyed: Surveyed) -> None:
        """Add what a line is about, one of the file that was `surveyed`."""
        subject = line[: line.index(b" ")]
        if letter == GONE:
            self.removed += 1
            self._remember_name(subject, line)
        else:
            self.added += 1
        graph = graph_in(line)
        if subject.startswith(_THINGS):
            (self.derived if graph == _DERIVED else self.subjects).add(subject)
        owner = surveyed.owner(subject, graph)
        if owner is not None:
            self.owners.add(owner)

    def _remember_name(self, subject: bytes, line: bytes) -> None:
        if any(name in line for name in _NAMED) and (_FRENCH in line or subject not in self.names):
            self.names[subject] = _text_in(line)


def compare(target: Path, old: Path, new: Path, before: Surveyed, after: Surveyed) -> Touched:
    """Write the lines that tell `new` from `old` to `target`, compressed; return what they touch.

    Neither file is held in memory. Raises `ReleaseError` when a blank node changed.
    """
    touched = Touched()
    with (
        gzip.GzipFile(target, "wb", mtime=0) as file,
        old.open("rb") as left,
        new.open("rb") as right,
    ):
        for letter, line in refuse_blank(differences(left, right)):
            file.write(letter + b" " + line)
            touched.touch(letter, line, before if letter == GONE else after)
    return touched


def touch_all(new: Path, after: Surveyed) -> Touched:
    """Return what all lines of `new` are about: those of a release that follows none."""
    touched = Touched()
    with new.open("rb") as lines:
        for line in lines:
            touched.touch(NEW, line, after)
    return touched


def count_kinds(*moved: Collection[bytes]) -> dict[str, list[int]]:
    """Return, for each kind of thing, how many are in each of `moved`."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(moved))
    for place, things in enumerate(moved):
        kinds = Counter(each.removeprefix(_THINGS).partition(b"/")[0].decode() for each in things)
        for kind, count in kinds.items():
            counts[kind][place] = count
    return dict(sorted(counts.items()))


def _text_in(line: bytes) -> str:
    """Return the text that a line states."""
    value = next(iter(ox.parse(line, format=ox.RdfFormat.N_QUADS))).object
    return value.value if isinstance(value, ox.Literal) else ""
