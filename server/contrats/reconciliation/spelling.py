"""Words that are a letter away from each other: one added, left out, changed, or two swapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST: Final = 4
"""Letters of a word that may be misspelt."""
_LONG: Final = 7
"""Letters of a word that may be two letters away."""


def letters_of(word: str) -> int:
    """Return the letters of `word`, a bit each, whatever their order and number."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 31)
    return found


def nearest(word: str, words: Sequence[tuple[str, int]]) -> list[str]:
    """Return those of `words`, each with its letters, that are one letter from `word`.

    Where none is and `word` is long, those that are two letters from it. One letter more, less or
    other changes at most two of the letters, which tells most words apart at once.
    """
    letters = letters_of(word)
    for far in (1, 2) if len(word) >= _LONG else (1,):
        found = [
            other
            for other, those in words
            if (those ^ letters).bit_count() <= 2 * far
            and abs(len(other) - len(word)) <= far
            and distance(other, word) <= far
        ]
        if found:
            return sorted(found)
    return []


def distance(one: str, other: str) -> int:
    """Return how many letters to add, leave out, change or swap make one word the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        two_before, before = before, row
        row = [i]
        for j, wanted in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, two_before[j - 2] + 1)
            row.append(best)
    return row[-1]
