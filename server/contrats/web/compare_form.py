"""What one may choose to compare: every contract by territory, and examples to begin with."""

from __future__ import annotations

from typing import Final

from contrats.web import address
from contrats.web.compare_kept import all_acts
from contrats.web.tongue import _, mark

_EXAMPLES: Final = (
    (
        mark("Valence, 2012 puis 2019"),
        mark("Deux générations dont les listes sont complètes : qui est sorti, ce qui est repris."),
        "c=valence-2012&c=valence-2019",
    ),
    (
        mark("Trois contrats de trois régions"),
        mark("Beauvaisis, Saint-Martin et Genevois : mêmes types de signataires, autres thèmes."),
        "c=beauvaisis-2024&c=saint-martin-978-2023&c=genevois-2024",
    ),
    (
        mark("Toute une région"),
        mark("Les contrats d’Auvergne-Rhône-Alpes : thèmes, signataires et tailles, comptés."),
        "region=84",
    ),
    (
        mark("Tous les contrats"),
        mark("Ce qui est fréquent dans tous les contrats connus, et ce que l’on ne sait pas."),
        "all",
    ),
)


def options() -> list[tuple[str, str]]:
    """Return every contract, short name and title, by the name of its territory."""
    return [(act.name, act.title) for act in all_acts()]


def examples() -> list[tuple[str, str, str]]:
    """Return comparisons to begin with, those whose contracts are published: title, words, path."""
    known = {act.name for act in all_acts()}
    return [
        (_(title), _(text), f"{address.local('/compare')}?{query}")
        for title, text, query in _EXAMPLES
        if all(part.removeprefix("c=") in known for part in query.split("&") if part[:2] == "c=")
    ]
