"""The index of names of a release: SQLite's FTS5 over light French stems.

Accents, case, apostrophes, plurals and feminines do not count: "sante ainee" finds "aînés".
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.abbreviations import LONG
from contrats.database import writing
from contrats.spelling import write_words
from contrats.vocabulary import BASE, EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

NAME: Final = "search.sqlite"
_NAMING: Final = {
    f"{EXTERNAL['dcterms']}title": 0,
    f"{EXTERNAL['skos']}prefLabel": 0,
    f"{EXTERNAL['skos']}altLabel": 1,
    f"{EXTERNAL['igeo']}nom": 1,
    f"{BASE}def#publisherName": 2,
}
"""What names a thing, and whether it is its first name (0) or another one, a source's publisher."""
_ENGLISH: Final = 9
"""The rank of a name in English, which finds a thing and does not name it."""
_SHORTEST: Final = 3
"""Letters that a stem keeps: "cas" stays as it is."""
_LONGER: Final = 5
"""Letters of a word that may be a plural in -aux: "locaux" is one, "taux" is not."""
_RANKS: Final = (
    "contract", "actor", "plan", "theme", "population", "priority", "territory", "commune",
    "source", "other",
)  # fmt: skip
"""Kinds that a reader most likely looks for, first to last; the last holds all others.

The 35,000 communes come after the other territories, whose names they would cover.
"""
_COMMUNE: Final = f"{BASE}id/territory/commune-"
WORD: Final = re.compile(r"\w+")
LITTLE: Final = frozenset(
    "a au aux avec ce ces d dan de des du en et l la le les ou par pour sur un une".split()  # noqa: SIM905
)
"""Stems of words that say nothing alone."""


def write_index(folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Write `search.sqlite` in `folder`: the names of all things of ours that have one in French.

    English names, and long forms beside short ones, find them too. The same quads give the same
    bytes: rows are sorted, pages written once.
    """
    names = _names(quads)
    with writing(folder / NAME) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE names USING fts5"
            "(iri UNINDEXED, kind UNINDEXED, place UNINDEXED, name UNINDEXED, stems)"
        )
        connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?)", _rows(names))
        connection.execute("INSERT INTO names(names) VALUES ('optimize')")
        write_words(connection, _words(names))


def stem(text: str) -> list[str]:
    """Return the words of `text` in small letters, without accents and without endings.

    A final s or x, then final e, fall from words of four letters or more, and -aux becomes -al:
    plural and feminine join the singular. Nothing more, so that two words of different meaning
    rarely meet.
    """
    return [_without_ending(word) for word in plain_words(text)]


def plain_words(text: str) -> list[str]:
    """Return the words of `text` in small letters, without accents."""
    folded = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return WORD.findall("".join(each for each in folded if not unicodedata.combining(each)))


def _without_ending(word: str) -> str:
    kept = _SHORTEST
    if len(word) > _LONGER and word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-2]}l"
    shorter = word[:-1] if len(word) > kept and word[-1] in "sx" else word
    return shorter[:kept] + shorter[kept:].rstrip("e")


def _names(quads: Iterable[ox.Quad]) -> dict[str, list[tuple[int, str]]]:
    """Return the names of each thing of ours that has a French or untagged one, that one first."""
    names: dict[str, set[tuple[int, str]]] = {}
    for quad in quads:
        rank = _NAMING.get(quad.predicate.value)
        if rank is None or not isinstance(quad.subject, ox.NamedNode):
            continue
        if isinstance(quad.object, ox.Literal) and quad.object.language in {None, "fr", "en"}:
            rank = _ENGLISH if quad.object.language == "en" else rank
            names.setdefault(quad.subject.value, set()).add((rank, quad.object.value))
    return {
        iri: sorted(found)
        for iri, found in sorted(names.items())
        if iri.startswith(f"{BASE}id/") and min(found)[0] < _ENGLISH
    }


def _rows(
    names: Mapping[str, Sequence[tuple[int, str]]],
) -> Iterator[tuple[str, str, int, str, str]]:
    """Yield for each thing its IRI, kind, rank, name and the stems of its names."""
    for iri, found in names.items():
        kind = iri.removeprefix(f"{BASE}id/").partition("/")[0]
        kind = "commune" if iri.startswith(_COMMUNE) else kind
        kind = kind if kind in _RANKS else _RANKS[-1]
        stems = stem(" ".join(name for _, name in found))
        yield iri, kind, _RANKS.index(kind), found[0][1], " ".join([*stems, *_other_forms(stems)])


def _other_forms(stems: Sequence[str]) -> list[str]:
    """Return the stems of the long forms of short ones in `stems`, and the other way round."""
    text = f" {' '.join(stems)} "
    return [other for form, other in _forms() if f" {form} " in text]


@cache
def _forms() -> tuple[tuple[str, str], ...]:
    """Return each form as it is looked for in stems, and the other form."""
    pairs = [(" ".join(stem(short)), " ".join(stem(long))) for short, long in LONG.items()]
    return (*pairs, *((long, short) for short, long in pairs))


def _words(names: Mapping[str, Sequence[tuple[int, str]]]) -> dict[str, tuple[str, int]]:
    """Return the words of all names by stem: how each is mostly written, how many names bear it.

    Those of the communes count once in all: they are of no use before others.
    """
    ways: Counter[str] = Counter()
    towns: set[str] = set()
    for iri, found in names.items():
        words = {word for _, name in found for word in WORD.findall(name.lower())}
        (towns if iri.startswith(_COMMUNE) else ways).update(words)
    ways.update(towns)
    written: dict[str, tuple[str, int]] = {}
    for way, times in sorted(ways.items()):
        for part in stem(way):
            word, total = written.get(part, ("", 0))
            best = way if not word or times > ways[word] else word
            written[part] = (best, total + times)
    return written
