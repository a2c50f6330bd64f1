"""A query -> candidates, the likeliest first, each with its reasons; and which one is certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from contrats.reconciliation import scoring
from contrats.reconciliation.folding import generic, key_of
from contrats.reconciliation.places import find_places, is_there, names_of
from contrats.reconciliation.query import own_id, read_query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from contrats.reconciliation.index import Reader
    from contrats.reconciliation.query import Asked, Query, Value
    from contrats.reconciliation.scoring import Likeness
    from contrats.reconciliation.things import Span, Thing

    Judge: TypeAlias = Callable[[Thing, str, Sequence[Value]], bool | None]
    """What tells whether a thing has one of some values for a property; None when it has none."""

PLACE: Final = "dcterms:spatial"
"""The property that says where a thing is."""
CODES: Final = ("igeo:codeINSEE", "adms:identifier")
"""Properties that tell a thing from all others."""
_TRIED: Final = 60
"""Things whose names are compared word by word."""
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


def find_candidates(reader: Reader, query: Query, judge: Judge) -> list[Candidate]:
    """Return at most `query.limit` candidates for `query`, the best first."""
    index = reader.index
    spans = [index.spans[each] for each in query.types]
    places = find_places(reader, _values(query, PLACE))
    asked = read_query(reader, query, names_of(reader, places))
    by_code = _by_code(reader, query, spans)
    found = reader.things(
        [*by_code, *_numbers(reader, asked, spans), *_there(reader, query, places, spans)]
    )
    agreed = {
        thing.n: tuple(
            (pid, is_there(thing, places) if pid == PLACE else judge(thing, pid, values))
            for pid, values in query.properties
        )
        for thing in found
    }
    likenesses = {
        thing.n: scoring.compare(index, asked, thing) if asked.words else None for thing in found
    }
    return _rank(_Judged(asked, found, frozenset(by_code), likenesses, agreed))


@dataclass(frozen=True, slots=True)
class _Judged:
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


def _rank(judged: _Judged) -> list[Candidate]:
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


def _meant(judged: _Judged) -> frozenset[int]:
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


def _others(judged: _Judged, thing: Thing, meant: frozenset[int]) -> int:
    """Return how many others bear the same name: here, or in the country where no place is told."""
    placed = bool(judged.asked.zones) or any(
        pid == PLACE and yes for pid, yes in judged.agreed[thing.n]
    )
    here = len(meant - {thing.n})
    return here if placed else max(here, thing.namesakes - 1)


def _is_specific(judged: _Judged, thing: Thing) -> bool:
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


def _values(query: Query, pid: str) -> list[Value]:
    return [value for name, values in query.properties if name == pid for value in values]


def _by_code(reader: Reader, query: Query, spans: Sequence[Span]) -> list[int]:
    """Return the things whose code or identifier is given, as the text or as a property.

    A SIREN may be written with spaces.
    """
    text = query.text.strip()
    codes = {own_id(text)} | {value.text for pid in CODES for value in _values(query, pid)}
    codes |= {code.replace(" ", "") for code in (text, *codes)}
    found = {n for code in codes if code for n in reader.with_code(code)}
    return sorted(n for n in found if not spans or any(s.first <= n < s.past for s in spans))


def _numbers(reader: Reader, asked: Asked, spans: Sequence[Span]) -> list[int]:
    """Return the things with the same words, whatever their number, and those most alike."""
    keys = {key_of(asked.folded.words), key_of(asked.words), key_of(asked.core)}
    keys |= {key_of(asked.words | hint) for hint in asked.hints}
    same = {n for key in keys if key for n in reader.with_key(key)}
    inside = {n for n in same if not spans or any(s.first <= n < s.past for s in spans)}
    meant = {word: asked.meant[word] for word in sorted(asked.words)}
    return [*sorted(inside)[: _TRIED * 5], *reader.alike(meant, spans, _TRIED)]


def _there(
    reader: Reader, query: Query, places: Sequence[Thing], spans: Sequence[Span]
) -> list[int]:
    """Return what bears the name of a place that is given, where no name is asked for."""
    if query.text.strip() or not places:
        return []
    words = {word: (word,) for place in places for word in place.names[0].folded.words}
    return reader.alike(words, spans, _TRIED)
