"""The index that names are looked up in: once a release, the same bytes for the same data."""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.database import writing
from contrats.reconciliation.folding import Folded, fold, generic, key_of
from contrats.reconciliation.kinds import COMMUNE, ZONES
from contrats.reconciliation.records import read_records
from contrats.reconciliation.weights import weigh, weight_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pyoxigraph as ox

    from contrats.reconciliation.kinds import Type
    from contrats.reconciliation.records import Record

NAME: Final = "reconciliation.sqlite"
_TOWN: Final = "actor-type:commune"
_TABLES: Final = """
CREATE TABLE things (n INTEGER PRIMARY KEY, id TEXT, type TEXT, places TEXT, around TEXT,
  codes TEXT, names TEXT, namesakes INTEGER, changed INTEGER);
CREATE TABLE keys (key TEXT, n INTEGER, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE codes (code TEXT, n INTEGER, PRIMARY KEY (code, n)) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY, count INTEGER, things BLOB) WITHOUT ROWID;
CREATE TABLE types (place INTEGER PRIMARY KEY, id TEXT, fr TEXT, en TEXT, broader TEXT,
  first INTEGER, past INTEGER);
CREATE TABLE weights (one BLOB);
"""


@dataclass(frozen=True, slots=True)
class _Country:
    """The territories: those around each, the names of zones, how many communes bear a name."""

    around: Mapping[str, set[str]]
    zones: Mapping[str, str]
    towns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Named:
    """A record with its names as they are compared, by rank."""

    record: Record
    names: tuple[tuple[int, str, Folded], ...]

    @property
    def key(self) -> str:
        """Return the words of its first name."""
        return key_of(self.names[0][2].core)


def write_reconciliation(folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Write `reconciliation.sqlite` in `folder`: every name that can be found, by its words."""
    records, types = read_records(quads)
    named = [_name(each) for each in records]
    with writing(folder / NAME) as connection:
        connection.executescript(_TABLES)
        _write_things(connection, named)
        _write_words(connection, named)
        rows = _spans(records, types)
        connection.executemany("INSERT INTO types VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _name(record: Record) -> _Named:
    ranked = sorted((rank, name) for name, rank in record.names.items())
    return _Named(record, tuple((rank, name, fold(name)) for rank, name in ranked))


def _write_things(connection: sqlite3.Connection, named: Sequence[_Named]) -> None:
    """Write the things, and what they are found by as a whole: codes and equal names."""
    country = _Country(
        {n.record.id.removeprefix("territory/"): n.record.within for n in named},
        {n.record.id.removeprefix("territory/"): n.key for n in named if n.record.type in ZONES},
        _count_towns(named),
    )
    rows = (_row(place, each, country) for place, each in enumerate(named))
    connection.executemany("INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    keys = {
        (key_of(words), place)
        for place, each in enumerate(named)
        for *_, name in each.names
        for words in ((*name.core, *name.aside), name.core)
    }
    connection.executemany("INSERT INTO keys VALUES (?, ?)", sorted(keys))
    codes = {
        (code.lower(), place)
        for place, each in enumerate(named)
        for code in (*each.record.codes, each.record.id)
    }
    connection.executemany("INSERT INTO codes VALUES (?, ?)", sorted(codes))


def _count_towns(named: Sequence[_Named]) -> Counter[str]:
    """Return how many communes bear each name, those among them that are now part of another.

    The data has no communes of before, but it may have the bodies that they were.
    """
    towns = {n.record.id: n.key for n in named if n.record.type == COMMUNE}
    former = [
        left
        for n in named
        if n.record.type == _TOWN
        and (left := _without_kind(n.names[0][2]))
        not in {towns.get(f"territory/{place}") for place in n.record.places}
    ]
    return Counter([*towns.values(), *former])


def _row(place: int, named: _Named, country: _Country) -> tuple[object, ...]:
    """Return what is kept of a thing: its names as JSON, its places, and those around them."""
    record = named.record
    wider = {other for each in record.places for other in country.around.get(each, ())}
    wider |= record.places | record.within
    said = [
        [name, rank, f.plain, " ".join(f.core), " ".join(f.aside)] for rank, name, f in named.names
    ]
    return (
        place,
        record.id,
        record.type,
        " ".join(sorted(record.places)),
        " ".join(sorted(wider)),
        "\n".join(sorted(record.codes)),
        json.dumps(said, ensure_ascii=False),
        max(_count_namesakes(record, name, country) for *_, name in named.names),
        record.changed,
    )


def _count_namesakes(record: Record, name: Folded, country: _Country) -> int:
    """Return how many communes bear what is left of `name` without the words of kinds of bodies.

    None does where that is the name of the département or region that the body is of.
    """
    left = _without_kind(name)
    count = country.towns.get(left, 0)
    of_zone = count and record.type != COMMUNE
    return 0 if of_zone and left in {country.zones.get(p) for p in record.places} else count


def _without_kind(name: Folded) -> str:
    """Return what is left of a name without the words that tell a kind of body."""
    return key_of(tuple(word for word in name.core if word not in generic()))


def _write_words(connection: sqlite3.Connection, named: Sequence[_Named]) -> None:
    """Write who bears each word, and what names weigh."""
    bearers: defaultdict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(named):
        for word in {word for *_, name in each.names for word in (*name.core, *name.aside)}:
            bearers[word].append(place)
    words = sorted(bearers)
    connection.executemany(
        "INSERT INTO words VALUES (?, ?, ?)",
        ((word, len(bearers[word]), array("i", bearers[word]).tobytes()) for word in words),
    )
    weights = {word: weight_of(word, len(bearers[word]), len(named)) for word in words}
    lightest = (min(weigh(name, weights) for *_, name in each.names) for each in named)
    connection.execute("INSERT INTO weights VALUES (?)", (array("f", lightest).tobytes(),))


def _spans(
    records: Sequence[Record], types: Sequence[Type]
) -> Iterator[tuple[int, str, str, str, str, int, int]]:
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
