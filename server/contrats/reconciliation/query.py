"""What is asked of one name: its words as they may have been meant, where it is, of which type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.reconciliation.folding import Folded, fold, plain
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contrats.reconciliation.index import Index, Reader
    from contrats.reconciliation.things import Zone

_MOST: Final = 20
"""Words of one name that are read; the others are left out."""
_ID: Final = f"{BASE}id/"


@dataclass(frozen=True, slots=True)
class Value:
    """A value given for a property: a text, or a thing of ours by its identifier."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A name to look for; `types` are identifiers of `kinds`, `properties` values by property."""

    text: str
    types: tuple[str, ...] = ()
    limit: int = 10
    properties: tuple[tuple[str, tuple[Value, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it is compared.

    `meant` gives for each word those it may stand for; `zones` are the places that the text names
    apart from the name, by code, between brackets or after a comma, and `zone_words` how it names
    them; `hints` are the names, in words, of all places that the text or a property gives.
    """

    query: Query
    folded: Folded
    core: tuple[str, ...]
    meant: Mapping[str, tuple[str, ...]]
    zones: frozenset[str]
    zone_words: frozenset[str]
    hints: frozenset[frozenset[str]]

    @property
    def words(self) -> frozenset[str]:
        """Return the words of the name, those that only say where it is left out."""
        return self.folded.words - self.zone_words


def read_query(reader: Reader, query: Query, hints: frozenset[frozenset[str]]) -> Asked:
    """Return `query` as it is compared; `hints` are the names of the places of its properties."""
    name, zones = _split(query.text, reader.index)
    folded = fold(name)
    folded = Folded(folded.core[:_MOST], folded.aside[:_MOST], plain(query.text))
    aside, zone_words = frozenset(folded.aside), set[str]()
    for zone in reader.index.zones.values():
        if zone.code in folded.words and len(folded.words) > 1:
            zones.add(zone)
            zone_words.add(zone.code or "")
        if aside and zone.words <= aside:
            zones.add(zone)
            zone_words |= zone.words - set(folded.core)
    core = tuple(word for word in folded.core if word not in zone_words)
    known = frozenset(zone.words for zone in zones)
    return Asked(
        query,
        folded,
        core,
        _read_words(reader, sorted(folded.words - zone_words)),
        frozenset(zone.place for zone in zones),
        frozenset(zone_words),
        hints | known,
    )


def _split(text: str, index: Index) -> tuple[str, set[Zone]]:
    """Return `text` without a département or a region after its last comma, and those."""
    before, comma, after = text.rpartition(",")
    if comma and before.strip():
        words = fold(after).words
        found = {zone for zone in index.zones.values() if words in (zone.words, {zone.code})}
        if found:
            return before, found
    return text, set()


def _read_words(reader: Reader, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return for each word itself, or where no name has it, those that it may be misspelt for."""
    return {
        word: (word,) if word in reader.index.counts else (word, *reader.near(word))
        for word in words
    }


def own_id(text: str) -> str:
    """Return the identifier that `text` is, were it one: whole, as an IRI, or prefixed."""
    short = text.strip().removeprefix(_ID)
    kind, colon, name = short.partition(":")
    return f"{kind}/{name}" if colon and "/" not in short else short
