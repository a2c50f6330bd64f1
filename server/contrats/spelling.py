"""The words of an index of names, and those most like a word that is not among them."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

_SHORTEST: Final = 4
"""Letters of a word that may be misspelt: a shorter one is like too many others."""
_LONGEST: Final = 30
_LIKE: Final = 0.8
"""How much of two words must be the same, in order."""
_NEAREST: Final = 3


def write_words(connection: sqlite3.Connection, words: Mapping[str, tuple[str, int]]) -> None:
    """Write the table of `words`: by stem, one way to write the word, and how often it is used."""
    connection.execute(
        "CREATE TABLE words (stem TEXT PRIMARY KEY, word TEXT, count INTEGER) WITHOUT ROWID"
    )
    rows = [(stem, *words[stem]) for stem in sorted(words) if _SHORTEST <= len(stem) <= _LONGEST]
    connection.executemany("INSERT INTO words VALUES (?, ?, ?)", rows)


def nearest_words(connection: sqlite3.Connection, stem: str) -> Sequence[str]:
    """Return the words whose stems are most like `stem`, which begin by the same letter.

    Of two that are as like, the more frequent comes first. An index of an earlier version has none.
    """
    if not _SHORTEST <= len(stem) <= _LONGEST or not _has_words(connection):
        return ()
    found = connection.execute(
        "SELECT stem, word, count FROM words WHERE stem >= ? AND stem < ? "
        "AND abs(length(stem) - ?) <= 2",
        (stem[0], chr(ord(stem[0]) + 1), len(stem)),
    ).fetchall()
    likeness = SequenceMatcher(b=stem, autojunk=False)
    like: list[tuple[float, int, str]] = []
    for each, word, count in found:
        likeness.set_seq1(each)
        if likeness.real_quick_ratio() >= _LIKE and likeness.quick_ratio() >= _LIKE:
            like.append((round(likeness.ratio(), 3), count, word))
    best = sorted((each for each in like if each[0] >= _LIKE), reverse=True)
    return [word for _, _, word in best[:_NEAREST]]


def _has_words(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone()
    return found is not None
