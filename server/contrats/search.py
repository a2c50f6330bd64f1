"""The index of names of a release: SQLite's FTS5 over light French stems.

Accents, case, apostrophes, plurals and feminines do not count: "sante ainee" finds "aînés".
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.errors import ReleaseError
from contrats.vocabulary import BASE, EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

NAME: Final = "search.sqlite"
_NAMING: Final = {
    f"{EXTERNAL['dcterms']}title": 0,
    f"{EXTERNAL['skos']}prefLabel": 0,
    f"{EXTERNAL['skos']}altLabel": 1,
    f"{EXTERNAL['igeo']}nom": 1,
}
"""What names a thing, and whether it is its first name (0) or another one (1)."""
_SHORTEST: Final = 3
"""Letters that a stem keeps: "cas" stays as it is."""
_MOST: Final = 20
"""Words of one search; the others are left out."""
_LITTLE: Final = frozenset(
    "a au aux avec ce ces d dan de des du en et l la le les ou par pour sur un une".split()  # noqa: SIM905
)
"""Stems of words that say nothing alone."""
_RANKS: Final = (
    "contract", "actor", "plan", "theme", "population", "priority", "territory", "commune",
)  # fmt: skip
"""Kinds that a reader most likely looks for, first to last; the others come after.

The 35,000 communes come after the other territories, whose names they would cover.
"""
_COMMUNE: Final = f"{BASE}id/territory/commune-"
_EACH: Final = 25
"""Names of one kind that come before the further ones of another."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that bears what was looked for in one of its names."""

    iri: str
    name: str
    kind: str


def write_index(folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Write `search.sqlite` in `folder`: the French and untagged names of all things of ours.

    The same quads give the same bytes: rows are sorted, pages written once.
    """
    path = folder / NAME
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute(
            "CREATE VIRTUAL TABLE names USING fts5"
            "(iri UNINDEXED, kind UNINDEXED, place UNINDEXED, name UNINDEXED, stems)"
        )
        connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?)", _rows(quads))
        connection.execute("INSERT INTO names(names) VALUES ('optimize')")
        connection.commit()
        connection.execute("VACUUM")
    finally:
        connection.close()


def find(folder: Path, words: str, limit: int = 100, *, some: bool = False) -> Sequence[Hit]:
    """Return the things of the release in `folder` with a name that begins by each of `words`.

    With `some`, a part of the words is enough: names that hold most of them come first, and little
    words count only when there are no others. Raise `ReleaseError` when the index is damaged.
    """
    stems = list(dict.fromkeys(stem(words)))[:_MOST]
    if some:
        stems = [each for each in stems if each not in _LITTLE] or stems
    if not stems:
        return ()
    asked = (" OR " if some else " ").join(f'"{each}"*' for each in stems)
    held = " + ".join(["(instr(' ' || stems, ' ' || ?) > 0)"] * len(stems))
    rows = _select(
        folder / NAME,
        # No word of the reader is in this text, only as many marks as there are words.
        "WITH found AS MATERIALIZED (SELECT iri, name, kind, place, bm25(names) AS far, "  # noqa: S608
        f"{held} AS held FROM names WHERE names MATCH ?), "
        "ranked AS (SELECT *, row_number() OVER "
        "(PARTITION BY place ORDER BY held DESC, far, name, iri) AS nth FROM found) "
        "SELECT iri, name, kind FROM ranked "
        "ORDER BY nth > ?, held DESC, place, far, name, iri LIMIT ?",
        (*stems, asked, _EACH, limit),
    )
    return [Hit(*row) for row in rows]


def _select(path: Path, text: str, values: tuple[object, ...]) -> list[tuple[str, str, str]]:
    """Return the rows that the index at `path` answers."""
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            return connection.execute(text, values).fetchall()
        finally:
            connection.close()
    except sqlite3.Error as fault:
        raise ReleaseError(
            f"{path} : index illisible ({fault}) ; refaites-le avec « contrats build ».",
            f"{path}: unreadable index ({fault}); make it again with `contrats build`.",
        ) from fault


def stem(text: str) -> list[str]:
    """Return the words of `text` in small letters, without accents and without endings.

    A final s or x, then final e, fall from words of four letters or more: plural and feminine
    join the singular. Nothing more, so that two words of different meaning rarely meet.
    """
    folded = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    plain = "".join(each for each in folded if not unicodedata.combining(each))
    return [_without_ending(word) for word in re.findall(r"\w+", plain)]


def _without_ending(word: str) -> str:
    kept = _SHORTEST
    shorter = word[:-1] if len(word) > kept and word[-1] in "sx" else word
    return shorter[:kept] + shorter[kept:].rstrip("e")


def _rows(quads: Iterable[ox.Quad]) -> list[tuple[str, str, int, str, str]]:
    """Return for each thing of ours its IRI, kind, rank, name and the stems of its names."""
    names: dict[str, set[tuple[int, str]]] = {}
    for quad in quads:
        rank = _NAMING.get(quad.predicate.value)
        if rank is None or not isinstance(quad.subject, ox.NamedNode):
            continue
        if isinstance(quad.object, ox.Literal) and quad.object.language in {None, "fr"}:
            names.setdefault(quad.subject.value, set()).add((rank, quad.object.value))
    rows = []
    for iri, found in sorted(names.items()):
        if not iri.startswith(f"{BASE}id/"):
            continue
        kind = iri.removeprefix(f"{BASE}id/").partition("/")[0]
        sort = "commune" if iri.startswith(_COMMUNE) else kind
        order = _RANKS.index(sort) if sort in _RANKS else len(_RANKS)
        called = [name for _, name in sorted(found)]
        rows.append((iri, kind, order, called[0], " ".join(stem(" ".join(called)))))
    return rows
