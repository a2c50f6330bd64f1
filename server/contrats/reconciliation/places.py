"""Where a thing is, compared with where it is said to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contrats.reconciliation.folding import fold, key_of
from contrats.reconciliation.kinds import TERRITORY, ZONES
from contrats.reconciliation.query import own_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.reconciliation.index import Reader
    from contrats.reconciliation.query import Value
    from contrats.reconciliation.things import Thing

PLACE: Final = "dcterms:spatial"
"""The property that says where a thing is."""


def find_places(reader: Reader, values: Iterable[Value]) -> list[Thing]:
    """Return the territories that `values` may mean: by identifier, by code, by equal name.

    Of those that a name may mean, a département or a region comes before any other.
    """
    span = reader.index.spans[TERRITORY]
    found: list[Thing] = []
    for value in values:
        code = own_id(value.id or value.text)
        numbers = reader.with_code(code) or reader.with_key(key_of(fold(value.text).words))
        several = reader.things(n for n in numbers if span.first <= n < span.past)
        zones = [each for each in several if each.type in ZONES]
        found += zones or several
    return found


def names_of(reader: Reader, places: Iterable[Thing]) -> frozenset[frozenset[str]]:
    """Return the names of `places`, and of the départements and regions around them, in words."""
    names = set[frozenset[str]]()
    for place in places:
        names |= {name.folded.words for name in place.names}
        names |= {zone.words for zone in reader.index.zones_around(place)}
    return frozenset(names)


def is_there(thing: Thing, places: Iterable[Thing]) -> bool | None:
    """Tell whether `thing` lies in one of `places`, or has it in its own; None if it is nowhere.

    A hospital that is said to be in a département is there, and may be in each of its communes.
    """
    if not thing.places:
        return None
    return any(_short(place) in thing.around or thing.places & place.around for place in places)


def _short(place: Thing) -> str:
    return place.id.removeprefix("territory/")
