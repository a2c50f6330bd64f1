"""What is found in the index of names of a release, and what was most likely meant."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING, Any, Final

from contrats.database import reading
from contrats.search import LITTLE, NAME, WORD, stem
from contrats.spelling import nearest_words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_MOST: Final = 20
"""Words of one search; the others are left out."""
_EACH: Final = 25
"""Names of one kind that come before the further ones of another."""
_TRIED: Final = 12
"""Ways to read misspelt words that are tried."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that bears what was looked for in one of its names.

    Communes are a kind apart, and so is all that a reader rarely looks for: `other`.
    """

    iri: str
    name: str
    kind: str


def find(
    folder: Path, words: str, limit: int = 100, *, some: bool = False, kind: str | None = None
) -> Sequence[Hit]:
    """Return the things of the release in `folder` with a name that begins by each of `words`.

    Little words count only when there are no others; names that hold the words whole come first.
    With `some`, a part of the words is enough: names that hold most of them come first. With
    `kind`, only things of it. Raise `ReleaseError` when the index is damaged.
    """
    stems = _asked(words)
    if not stems:
        return ()
    held = " + ".join(["(instr(' ' || stems, ' ' || ?) > 0)"] * len(stems))
    whole = " + ".join(["(instr(' ' || stems || ' ', ' ' || ? || ' ') > 0)"] * len(stems))
    rows = _select(
        folder,
        # No word of the reader is in this text, only as many marks as there are words.
        "WITH found AS MATERIALIZED (SELECT iri, name, kind, place, bm25(names) AS far, "  # noqa: S608
        f"{held} AS held, {whole} AS whole FROM names WHERE names MATCH ?), "
        "ranked AS (SELECT *, row_number() OVER (PARTITION BY place "
        "ORDER BY held DESC, whole DESC, far, name, iri) AS nth FROM found) "
        "SELECT iri, name, kind FROM ranked WHERE ? IS NULL OR kind = ? "
        "ORDER BY nth > ?, held DESC, whole DESC, place, far, name, iri LIMIT ?",
        (*stems, *stems, _match(stems, some=some), kind, kind, _EACH, limit),
    )
    return [Hit(*row) for row in rows]


def count(folder: Path, words: str, *, some: bool = False) -> Mapping[str, int]:
    """Return how many things `find` finds without a limit, by kind, in the order of the kinds."""
    stems = _asked(words)
    if not stems:
        return {}
    rows = _select(
        folder,
        "SELECT kind, count(*) FROM names WHERE names MATCH ? GROUP BY place, kind ORDER BY place",
        (_match(stems, some=some),),
    )
    return dict(rows)


def suggest(folder: Path, words: str) -> str | None:
    """Return `words` with those that begin no name replaced by others, if that finds a name."""
    given = WORD.findall(words)[:_MOST]
    with reading(folder / NAME) as connection:
        meant = [_meant(connection, word) for word in given]
    for said in islice(product(*meant), _TRIED):
        if list(said) != given and find(folder, " ".join(said), 1):
            return " ".join(said)
    return None


def _meant(connection: sqlite3.Connection, word: str) -> Sequence[str]:
    """Return those most like `word`, which comes first when some name has a word that begins so."""
    part = (stem(word) or [""])[0]
    known = connection.execute("SELECT 1 FROM names WHERE names MATCH ?", (f'"{part}"*',))
    near = [each for each in nearest_words(connection, part) if each != word.lower()]
    return [word, *near] if known.fetchone() or not near else near


def _asked(words: str) -> list[str]:
    """Return the stems to look for, each once; little words only when there are no others."""
    stems = list(dict.fromkeys(stem(words)))[:_MOST]
    return [each for each in stems if each not in LITTLE] or stems


def _match(stems: Sequence[str], *, some: bool) -> str:
    """Return what FTS5 is asked: each stem between quotation marks, which no stem holds."""
    return (" OR " if some else " ").join(f'"{each}"*' for each in stems)


def _select(folder: Path, text: str, values: tuple[object, ...]) -> list[Any]:
    """Return the rows that the index in `folder` answers."""
    with reading(folder / NAME) as connection:
        return connection.execute(text, values).fetchall()
