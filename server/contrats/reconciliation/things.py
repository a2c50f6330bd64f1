"""What can be found, as the index holds it: things, their names and types, zones."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.reconciliation.folding import Folded

if TYPE_CHECKING:
    from contrats.reconciliation.kinds import Type


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a thing; `rank` is 0 for its first, 1 for another one, 2 for one in English."""

    text: str
    rank: int
    folded: Folded


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be found; `places` are the territories it is in or is, `around` those around too.

    `namesakes` is how many communes of the country bear the name that tells it apart; `changed`
    tells that it came out of a merger or another change.
    """

    n: int
    id: str
    type: str
    places: frozenset[str]
    around: frozenset[str]
    codes: tuple[str, ...]
    names: tuple[Name, ...]
    namesakes: int
    changed: bool

    @property
    def name(self) -> str:
        """Return its first name."""
        return self.names[0].text


@dataclass(frozen=True, slots=True)
class Span:
    """A type, and the numbers of its things: from `first` to the one before `past`."""

    type: Type
    first: int
    past: int


@dataclass(frozen=True, slots=True)
class Zone:
    """A département or a region: people write its name or code to say where something is.

    The codes of regions, which are those of départements too, are left out.
    """

    place: str
    code: str | None
    words: frozenset[str]


def read_thing(row: tuple[int, str, str, str, str, str, str, int, int]) -> Thing:
    """Return the thing that a row of the index tells."""
    n, name, type_id, places, around, codes, said, namesakes, changed = row
    names = tuple(
        Name(text, rank, Folded(tuple(core.split()), tuple(aside.split()), plain))
        for text, rank, plain, core, aside in json.loads(said)
    )
    return Thing(
        n,
        name,
        type_id,
        frozenset(places.split()),
        frozenset(around.split()),
        tuple(codes.split("\n")) if codes else (),
        names,
        namesakes,
        bool(changed),
    )
