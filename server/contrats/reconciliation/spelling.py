"""Words that are a letter away from each other: one added, left out, changed, or two swapped.

Two words are that near only if the same letters are left when at most one is taken from each.
"""

from __future__ import annotations

from typing import Final

SHORTEST: Final = 4
"""Letters of a word that may be misspelt."""
_LONG: Final = 7
"""Letters from which on a word may be two letters away."""


def parts_of(word: str) -> set[str]:
    """Return `word`, and `word` without each of its letters."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def is_near(one: str, other: str) -> bool:
    """Tell whether the words begin by the same letter and are one letter apart, two if long."""
    allowed = 2 if min(len(one), len(other)) >= _LONG else 1
    return one[:1] == other[:1] and distance(one, other) <= allowed


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
