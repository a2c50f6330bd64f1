"""What a word counts when names are compared: the rarer it is, the more."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from contrats.reconciliation.folding import generic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.reconciliation.folding import Folded

LIGHTER: Final = 0.4
"""What a word between brackets counts, and a word that tells only a kind of body."""


def weight_of(word: str, count: int, total: int) -> float:
    """Return what `word` counts, which `count` things of `total` bear."""
    rarity = math.log2(1 + total / count)
    return round(rarity * (LIGHTER if word in generic() else 1), 3)


def weigh(name: Folded, weights: Mapping[str, float]) -> float:
    """Return what all words of a name count together."""
    aside = sum(weights[word] for word in sorted(set(name.aside) - set(name.core)))
    return sum(weights[word] for word in sorted(set(name.core))) + LIGHTER * aside
