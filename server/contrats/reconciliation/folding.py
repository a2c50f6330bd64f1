"""A name as it is compared: its words without accents, endings, abbreviations or little words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from contrats.reconciliation.forms import FORMS, GENERIC
from contrats.search import LITTLE, plain_words, stem

_ASIDE: Final = re.compile(r"[(\[]([^)\]]*)(?:[)\]]|$)")
"""What stands between brackets, the last of which may be missing."""


@dataclass(frozen=True, slots=True)
class Folded:
    """The words of a name: those outside brackets and those within, each in the order written.

    `plain` is the whole name in small letters without accents or marks, nothing left out.
    """

    core: tuple[str, ...]
    aside: tuple[str, ...]
    plain: str
    words: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Put all words together."""
        object.__setattr__(self, "words", frozenset((*self.core, *self.aside)))


@lru_cache(4096)
def fold(text: str) -> Folded:
    """Return `text` as it is compared."""
    aside = canonical(" ".join(_ASIDE.findall(text)))
    core = canonical(_ASIDE.sub(" ", text))
    if not core:
        core, aside = aside, ()
    return Folded(core, aside, plain(text))


def plain(text: str) -> str:
    """Return the words of `text` in small letters, without accents."""
    return " ".join(plain_words(text))


def canonical(text: str) -> tuple[str, ...]:
    """Return the stems of `text`, each form as the one that is kept.

    Little words are kept only where there are no others.
    """
    stems = stem(text)
    words = [each for each in stems if each not in LITTLE] or stems
    read: list[str] = []
    place = 0
    while place < len(words):
        found = next(
            (f for f in _forms().get(words[place], ()) if _stands(f[0], words, place)), None
        )
        if found is None:
            read.append(words[place])
            place += 1
        else:
            read.extend(found[1])
            place += len(found[0])
    return tuple(read)


def key_of(words: frozenset[str] | tuple[str, ...]) -> str:
    """Return what two names have in common whose words are the same, in whatever order."""
    return " ".join(sorted(set(words)))


@cache
def generic() -> frozenset[str]:
    """Return the words that tell a kind of body and no body."""
    return frozenset(word for each in GENERIC for word in canonical(each))


def _stands(form: tuple[str, ...], words: list[str], place: int) -> bool:
    return tuple(words[place : place + len(form)]) == form


@cache
def _forms() -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """Return by first word each form and what is kept for it, the longest first."""
    found: dict[str, set[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for other, kept in FORMS:
        words, instead = _significant(other), _significant(kept)
        found.setdefault(words[0], set()).add((words, instead))
    return {
        word: tuple(sorted(several, key=lambda form: (-len(form[0]), form)))
        for word, several in found.items()
    }


def _significant(text: str) -> tuple[str, ...]:
    return tuple(each for each in stem(text) if each not in LITTLE)
