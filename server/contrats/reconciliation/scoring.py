"""How alike a name that was asked for and a thing are, from 0 to 100, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.reconciliation.weights import LIGHTER

if TYPE_CHECKING:
    from contrats.reconciliation.index import Index
    from contrats.reconciliation.query import Asked
    from contrats.reconciliation.things import Name, Thing

WHOLE: Final = 100.0
_ASKED_SHARE: Final = 0.6
"""What the words asked for count; those of the name count the rest."""
_MISSPELT: Final = 0.85
"""What a word counts that is found under another spelling."""
_AROUND: Final = 0.5
"""What a word counts that is no word of the name, but of the place where the thing is."""
_ALIKE: Final = 95.0
"""The most that a name gets which is not the same."""
_OTHER: Final = 99.0
"""The most that one gets by another of its names than the first."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a name compares: the same to the letter (2), in its words (1), or not (0).

    `words` is the share of rare words that both have, in percent; `placed` tells that the text says
    where it is, and that this is there; `misspelt` counts the words read under another spelling.
    """

    name: Name
    same: int
    words: float
    placed: bool
    misspelt: int
    score: float


def compare(index: Index, asked: Asked, thing: Thing) -> Likeness:
    """Return how the most alike of the names of `thing` compares with what is asked."""
    placed = bool(asked.zones) and asked.zones <= thing.around
    zones = index.zones_around(thing)
    around = frozenset(word for zone in zones for word in (*zone.words, zone.code or ""))
    found = (_compare_name(index, asked, name, around, placed=placed) for name in thing.names)
    return max(found, key=lambda each: (each.score, each.same, -each.name.rank))


def _compare_name(
    index: Index, asked: Asked, name: Name, around: frozenset[str], *, placed: bool
) -> Likeness:
    words, core = name.folded.words, frozenset(asked.core)
    read: dict[str, str] = {}
    got = wanted = 0.0
    for word in sorted(asked.words):
        weight = index.weigh(word) * (1 if word in core else LIGHTER)
        wanted += weight
        found = next((each for each in asked.meant[word] if each in words), None)
        if found is not None:
            read[word] = found
            got += weight * (1 if found == word else _MISSPELT)
        elif word in around:
            got += weight * _AROUND
    if asked.zones:
        share = max((index.weigh(word) for word in asked.zone_words), default=0) * LIGHTER
        wanted += share
        got += share if placed else 0
    misspelt = sum(word != found for word, found in read.items())
    hinted = _hinted(asked, words - frozenset(read.values()))
    has = total = 0.0
    for word in sorted(words):
        weight = index.weigh(word) * (1 if word in name.folded.core else LIGHTER)
        total += weight
        has += weight if word in hinted or read.get(word) == word else 0
        has += weight * _MISSPELT if word not in read and word in read.values() else 0
    share = _ASKED_SHARE * got / (wanted or 1) + (1 - _ASKED_SHARE) * has / (total or 1)
    same = 0 if misspelt else _same(asked, name, hinted, placed=placed)
    score = _score(WHOLE * share, same, name.rank)
    return Likeness(name, same, round(WHOLE * share, 1), placed, misspelt, round(score, 1))


def _hinted(asked: Asked, left: frozenset[str]) -> frozenset[str]:
    """Return those of the words `left` of a name that are the whole name of a place given."""
    return frozenset(word for hint in asked.hints if hint <= left for word in hint)


def _score(share: float, same: int, rank: int) -> float:
    """Return the score of a name: whole where it is the same, never whole where it is not."""
    if same:
        return WHOLE if rank == 0 else _OTHER
    return min(_ALIKE, share)


def _same(asked: Asked, name: Name, hinted: frozenset[str], *, placed: bool) -> int:
    """Tell how far the names are the same: 2 to the letter, 1 in their words, 0 not.

    Words that only say where a thing is may stand on one side alone, if it is there.
    """
    if asked.folded.plain == name.folded.plain:
        return 2
    if asked.zones and not placed:
        return 0
    all_of_asked = asked.words <= name.folded.words
    core = frozenset(name.folded.core)
    return int(all_of_asked and bool(asked.words & core) and core <= asked.words | hinted)
