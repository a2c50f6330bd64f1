"""What was found for a query -> candidates, the likeliest first; and which one is certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.reconciliation import scoring
from contrats.reconciliation.folding import generic
from contrats.reconciliation.places import PLACE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contrats.reconciliation.query import Asked
    from contrats.reconciliation.scoring import Likeness
    from contrats.reconciliation.things import Thing

_LEAST: Final = 40.0
"""The least score of a candidate."""
_BY_PROPERTIES: Final = 70.0
"""The score of a thing that has all the properties, where no name is asked for."""
_MOST: Final = 97.0
"""The most that a name gets which is not the same, with all its properties."""
_AGREES: Final = 4.0
"""What is added for a property that agrees."""
_UNKNOWN: Final = 2.0
_DIFFERS: Final = 30.0
"""What is taken for a property of which nothing is known, and for one that differs."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant.

    `code` tells that its code or identifier is what was asked for; `likeness` compares names, None
    without one; `agreed` is, by property, what `Judge` says; `namesakes` how many other things of
    the types asked for bear the same name, or communes of the country where no place is known.
    """

    thing: Thing
    code: bool
    likeness: Likeness | None
    agreed: tuple[tuple[str, bool | None], ...]
    namesakes: int
    score: float
    match: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """The things found for a query, with what is known of each by its number."""

    asked: Asked
    things: Sequence[Thing]
    by_code: frozenset[int]
    likenesses: Mapping[int, Likeness | None]
    agreed: Mapping[int, tuple[tuple[str, bool | None], ...]]

    def same(self, wanted: int) -> list[Thing]:
        """Return the things that no property excludes and whose names are the same so far."""
        return [
            thing
            for thing in self.things
            if (likeness := self.likenesses[thing.n]) is not None
            and likeness.same >= wanted
            and all(yes is not False for _, yes in self.agreed[thing.n])
        ]


def rank(judged: Judged) -> list[Candidate]:
    """Return the candidates with their scores, the best first."""
    meant = _meant(judged)
    made: list[Candidate] = []
    for thing in judged.things:
        likeness, agreed = judged.likenesses[thing.n], judged.agreed[thing.n]
        code = thing.n in judged.by_code
        score = _score(code=code, likeness=likeness, agreed=agreed)
        others = _others(judged, thing, meant) if likeness and likeness.same else 0
        match = meant == {thing.n} and (code or (others == 0 and _is_specific(judged, thing)))
        if score >= _LEAST:
            made.append(Candidate(thing, code, likeness, agreed, others, score, match))
    made.sort(key=lambda each: (-each.score, not each.match, each.thing.n))
    return made[: judged.asked.query.limit]


def _meant(judged: Judged) -> frozenset[int]:
    """Return the things that cannot be told apart as the one that is meant; none when none is.

    A code decides. Else a name that is the same to the letter, against others of its kind; what a
    property confirms comes before that of which it says nothing.
    """
    if judged.by_code:
        differing = {n for n, agreed in judged.agreed.items() if any(y is False for _, y in agreed)}
        return judged.by_code - differing
    to_the_letter = judged.same(2)
    kinds = {_kind(thing) for thing in to_the_letter}
    rest = [thing for thing in judged.same(1) if _kind(thing) not in kinds]
    found = [*to_the_letter, *rest]
    agreeing = [thing for thing in found if all(yes for _, yes in judged.agreed[thing.n])]
    return frozenset(thing.n for thing in agreeing or found)


def _kind(thing: Thing) -> str:
    return thing.id.partition("/")[0]


def _others(judged: Judged, thing: Thing, meant: frozenset[int]) -> int:
    """Return how many others bear the same name: here, or in the country where no place is told."""
    placed = bool(judged.asked.zones) or any(
        pid == PLACE and yes for pid, yes in judged.agreed[thing.n]
    )
    here = len(meant - {thing.n})
    return here if placed else max(here, thing.namesakes - 1)


def _is_specific(judged: Judged, thing: Thing) -> bool:
    """Tell whether the name says more than a kind of body.

    With a place, a kind of body is enough, but not for a body that others came before.
    """
    if not judged.asked.words <= generic():
        return True
    return bool(judged.asked.hints) and not thing.changed


def _score(
    *, code: bool, likeness: Likeness | None, agreed: tuple[tuple[str, bool | None], ...]
) -> float:
    """Return the score from 0 to 100: that of the name, more or less what the properties say."""
    if likeness is None and not code:
        return _BY_PROPERTIES if agreed and all(yes for _, yes in agreed) else 0.0
    score = scoring.WHOLE if code else likeness.score if likeness is not None else 0.0
    most = scoring.WHOLE if code or (likeness and likeness.same) else _MOST
    for _, yes in agreed:
        score += _AGREES if yes else -_UNKNOWN if yes is None else -_DIFFERS
    return round(max(0.0, min(most, score)), 1)
