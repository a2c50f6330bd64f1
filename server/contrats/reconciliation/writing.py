"""The index that names are looked up in: written once a release, the same bytes for the same data."""

from __future__ import annotations

import json
import math
import sqlite3
from array import array
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from contrats.reconciliation.folding import Folded, fold, generic, key_of
from contrats.reconciliation.kinds import COMMUNE, ZONES
from contrats.reconciliation.records import read_records
from contrats.reconciliation.spelling import SHORTEST, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pyoxigraph as ox

    from contrats.reconciliation.kinds import Type
    from contrats.reconciliation.records import Record

NAME: Final = "reconciliation.sqlite"
LIGHTER: Final = 0.4
"""What a word between brackets counts, and a word that tells only a kind of body."""
_TABLES: Final = """
CREATE TABLE things (n INTEGER PRIMARY KEY, id TEXT, type TEXT, types TEXT, places TEXT,
  around TEXT, codes TEXT, names TEXT, namesakes INTEGER, changed INTEGER);
CREATE TABLE keys (key TEXT, n INTEGER, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE codes (code TEXT, n INTEGER, PRIMARY KEY (code, n)) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY, count INTEGER, things BLOB) WITHOUT ROWID;
CREATE TABLE parts (part TEXT, word TEXT, PRIMARY KEY (part, word)) WITHOUT ROWID;
CREATE TABLE types (place INTEGER PRIMARY KEY, id TEXT, fr TEXT, en TEXT, broader TEXT,
  first INTEGER, past INTEGER);
CREATE TABLE weights (one BLOB);
"""


def write_reconciliation(folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Write `reconciliation.sqlite` in `folder`: every name that can be found, by its words."""
    path = folder / NAME
    path.unlink(missing_ok=True)
    records, types = read_records(quads)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(_TABLES)
        _fill(connection, records, types)
        connection.commit()
        connection.execute("VACUUM")
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, records: Sequence[Record], types: Sequence[Type]) -> None:
    """Fill the tables; `records` of one type stand together."""
    folded = [[(rank, name, fold(name)) for rank, name in sorted(r.names)] for r in records]
    bearers = _bearers([[name for *_, name in several] for several in folded])
    around = {r.id.removeprefix("territory/"): r.within for r in records if r.within}
    towns = Counter(
        key_of(several[0][2].core)
        for record, several in zip(records, folded, strict=True)
        if record.type == COMMUNE
    )
    zones = {
        record.id.removeprefix("territory/"): key_of(several[0][2].words)
        for record, several in zip(records, folded, strict=True)
        if record.type in ZONES
    }
    connection.executemany(
        "INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            _row(n, record, several, around, towns, zones)
            for n, (record, several) in enumerate(zip(records, folded, strict=True))
        ),
    )
    keys = (
        (key, n)
        for n, several in enumerate(folded)
        for key in {key_of(w) for _, _, name in several for w in (name.words, name.core)}
    )
    connection.executemany("INSERT INTO keys VALUES (?, ?)", sorted(keys))
    codes = {(c.lower(), n) for n, record in enumerate(records) for c in (*record.codes, record.id)}
    connection.executemany("INSERT INTO codes VALUES (?, ?)", sorted(codes))
    _fill_words(connection, bearers)
    connection.executemany("INSERT INTO types VALUES (?, ?, ?, ?, ?, ?, ?)", _spans(records, types))
    counts = {word: len(things) for word, things in bearers.items()}
    lightest = [
        min(weigh(name, counts, len(records)) for *_, name in several) for several in folded
    ]
    connection.execute("INSERT INTO weights VALUES (?)", (array("f", lightest).tobytes(),))


def _fill_words(connection: sqlite3.Connection, bearers: Mapping[str, Sequence[int]]) -> None:
    """Fill the tables of words: who bears each, and what is left of it without a letter."""
    words = sorted(bearers)
    connection.executemany(
        "INSERT INTO words VALUES (?, ?, ?)",
        ((word, len(bearers[word]), array("i", bearers[word]).tobytes()) for word in words),
    )
    long = [word for word in words if len(word) >= SHORTEST and word.isalpha()]
    parts = ((part, word) for word in long for part in parts_of(word))
    connection.executemany("INSERT INTO parts VALUES (?, ?)", sorted(parts))


def weight_of(word: str, counts: Mapping[str, int], total: int) -> float:
    """Return what `word` counts: the rarer the more, little where it tells only a kind of body."""
    rarity = math.log2(1 + total / counts.get(word, 1))
    return round(rarity * (LIGHTER if word in generic() else 1), 3)


def weigh(name: Folded, counts: Mapping[str, int], total: int) -> float:
    """Return what all words of a name count together."""
    core = sum(weight_of(word, counts, total) for word in set(name.core))
    return core + LIGHTER * sum(
        weight_of(word, counts, total) for word in set(name.aside) - set(name.core)
    )


def _row(
    n: int,
    record: Record,
    names: Sequence[tuple[int, str, Folded]],
    around: Mapping[str, set[str]],
    towns: Mapping[str, int],
    zones: Mapping[str, str],
) -> tuple[object, ...]:
    """Return what is kept of a thing: its names as JSON, its places, and those around them."""
    wider = {each for place in record.places for each in around.get(place, ())}
    wider |= record.places | record.within
    said = [[name, rank, f.plain, " ".join(f.core), " ".join(f.aside)] for rank, name, f in names]
    return (
        n, record.id, record.type, " ".join(sorted({record.type, *record.types})),
        " ".join(sorted(record.places)), " ".join(sorted(wider)),
        "\n".join(sorted(record.codes)), json.dumps(said, ensure_ascii=False),
        max(_namesakes(record, f, towns, zones) for *_, f in names), record.changed,
    )  # fmt: skip


def _namesakes(
    record: Record, name: Folded, towns: Mapping[str, int], zones: Mapping[str, str]
) -> int:
    """Return how many communes bear what is left of `name` without the words of kinds of bodies.

    None does where that is the name of the département or region that the body is of.
    """
    left = key_of(tuple(word for word in name.core if word not in generic()))
    if record.type != COMMUNE and left in {zones.get(place) for place in record.places}:
        return 0
    return towns.get(left, 0)


def _bearers(named: Sequence[Sequence[Folded]]) -> dict[str, list[int]]:
    """Return for each word the things that bear it, in order."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for n, names in enumerate(named):
        for word in {word for name in names for word in name.words}:
            found[word].append(n)
    return found


def _spans(
    records: Sequence[Record], types: Sequence[Type]
) -> Iterable[tuple[int, str, str, str, str, int, int]]:
    """Yield each type with the first of its things and the one past the last: they follow on."""
    broader = {each.id: each.broader for each in types}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n, record in enumerate(records):
        places[record.type].append(n)
        if broader[record.type]:
            places[broader[record.type]].append(n)
    for place, each in enumerate(types):
        found = places[each.id]
        first, past = (found[0], found[-1] + 1) if found else (0, 0)
        yield place, each.id, each.fr, each.en, each.broader, first, past
