"""The index of one release, read: things by code, by equal name, by words that are alike."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from contrats.database import reading
from contrats.reconciliation.folding import fold
from contrats.reconciliation.kinds import ZONES, Type
from contrats.reconciliation.spelling import SHORTEST, letters_of, nearest
from contrats.reconciliation.things import Span, Thing, Zone, read_thing
from contrats.reconciliation.weights import weight_of
from contrats.reconciliation.writing import NAME

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_NEAREST: Final = 4
"""Words that a misspelt one may stand for."""
_FAR: Final = 0.5
"""The least share of the words of the best that a thing must have to be looked at."""


@dataclass(frozen=True, slots=True)
class Index:
    """What is held in memory of an index; the rest is read from its file."""

    path: Path
    counts: Mapping[str, int]
    weights: array[float]
    spans: Mapping[str, Span]
    zones: Mapping[str, Zone]
    """Départements and regions, by the end of their IRI."""
    weighed: Mapping[str, float]
    letters: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """Words by their first letter, each with its letters; those that were asked for."""

    def weigh(self, word: str) -> float:
        """Return what `word` counts; one that no name has counts as much as the rarest."""
        found = self.weighed.get(word)
        return weight_of(word, 1, len(self.weights)) if found is None else found

    def spelled(self, first: str) -> tuple[tuple[str, int], ...]:
        """Return the words that begin by a letter, each with its letters."""
        found = self.letters.get(first)
        if found is None:
            words = [each for each in self.counts if each[0] == first and each.isalpha()]
            found = self.letters[first] = tuple((each, letters_of(each)) for each in words)
        return found

    def zones_around(self, thing: Thing) -> list[Zone]:
        """Return the départements and regions in which `thing` is."""
        return [self.zones[place] for place in sorted(thing.around) if place in self.zones]

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give what reads the file, from one thread."""
        with reading(self.path) as connection:
            yield Reader(self, connection)


@dataclass(frozen=True, slots=True)
class Reader:
    """An index with its file open."""

    index: Index
    connection: sqlite3.Connection

    def things(self, numbers: Iterable[int]) -> list[Thing]:
        """Return the things of these numbers, in their order."""
        wanted = sorted(set(numbers))
        marks = ", ".join("?" * len(wanted))
        rows = self.connection.execute(
            # Only as many marks as there are numbers.
            "SELECT n, id, type, places, around, codes, names, namesakes, changed "  # noqa: S608
            f"FROM things WHERE n IN ({marks}) ORDER BY n",
            wanted,
        )
        return [read_thing(row) for row in rows]

    def with_code(self, code: str) -> list[int]:
        """Return the things that bear `code`, whatever its case: INSEE, SIREN, our identifier."""
        rows = self.connection.execute("SELECT n FROM codes WHERE code = ?", (code.lower(),))
        return [n for (n,) in rows]

    def with_key(self, key: str) -> list[int]:
        """Return the things with a name of these words."""
        return [n for (n,) in self.connection.execute("SELECT n FROM keys WHERE key = ?", (key,))]

    def alike(
        self, words: Mapping[str, Sequence[str]], spans: Sequence[Span], most: int
    ) -> list[int]:
        """Return those of `spans` whose names have most of `words`, the shortest names first.

        `words` gives for each word those that it may stand for, itself among them.
        """
        shared: defaultdict[int, float] = defaultdict(float)
        for word, meant in words.items():
            weight = self.index.weigh(word)
            for n in {n for each in meant for n in self._bearers(each, spans)}:
                shared[n] += weight
        floor = max(shared.values(), default=0) * _FAR
        weights = self.index.weights
        order = sorted(
            (round(weights[n] - 2 * weight, 3), n) for n, weight in shared.items() if weight > floor
        )
        return [n for _, n in order[:most]]

    def near(self, word: str) -> list[str]:
        """Return the words of names that `word` may be a misspelling of, the nearest first."""
        if len(word) < SHORTEST or not word.isalpha():
            return []
        near = nearest(word, self.index.spelled(word[0]))
        return sorted(near, key=lambda each: (-self.index.counts[each], each))[:_NEAREST]

    def _bearers(self, word: str, spans: Sequence[Span]) -> Iterable[int]:
        """Return the things of `spans` that bear `word`: they are kept in order."""
        row = self.connection.execute("SELECT things FROM words WHERE word = ?", (word,)).fetchone()
        found = array("i")
        if row:
            found.frombytes(row[0])
        if not spans:
            return found
        cut = [(bisect_left(found, s.first), bisect_left(found, s.past)) for s in spans]
        return [n for first, past in cut for n in found[first:past]]


def open_index(folder: Path) -> Index:
    """Return the index of the release in `folder`, or raise `ReleaseError` when there is none."""
    path = folder / NAME
    with reading(path) as connection:
        counts = dict(connection.execute("SELECT word, count FROM words"))
        weights = array("f")
        weights.frombytes(connection.execute("SELECT one FROM weights").fetchone()[0])
        spans = {
            row[0]: Span(Type(*row[:4]), row[4], row[5])
            for row in connection.execute(
                "SELECT id, fr, en, broader, first, past FROM types ORDER BY place"
            )
        }
        zones = {zone.place: zone for zone in _zones(connection)}
    weighed = {word: weight_of(word, count, len(weights)) for word, count in counts.items()}
    return Index(path, counts, weights, spans, zones, weighed)


def _zones(connection: sqlite3.Connection) -> Iterator[Zone]:
    marks = ", ".join("?" * len(ZONES))
    rows = connection.execute(
        f"SELECT id, type, codes, names FROM things WHERE type IN ({marks})",  # noqa: S608 -- only marks
        ZONES,
    )
    for name, type_id, codes, names in rows:
        code = codes.lower() if type_id != "igeo:Region" and codes else None
        words = fold(json.loads(names)[0][0]).words
        yield Zone(name.removeprefix("territory/"), code, words)
