"""A query -> what it may mean in a release: by code, by equal name, by words that are alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from contrats.reconciliation import scoring
from contrats.reconciliation.folding import key_of
from contrats.reconciliation.places import PLACE, find_places, is_there, names_of
from contrats.reconciliation.query import own_id, read_query
from contrats.reconciliation.ranking import Judged, rank

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contrats.reconciliation.index import Reader
    from contrats.reconciliation.query import Asked, Query, Value
    from contrats.reconciliation.ranking import Candidate
    from contrats.reconciliation.things import Span, Thing

    Judge: TypeAlias = Callable[[Thing, str, Sequence[Value]], bool | None]
    """What tells whether a thing has one of some values for a property; None when it has none."""

CODES: Final = ("igeo:codeINSEE", "adms:identifier")
"""Properties that tell a thing from all others."""
_TRIED: Final = 60
"""Things whose names are compared word by word."""


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
    return rank(Judged(asked, found, frozenset(by_code), likenesses, agreed))


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
