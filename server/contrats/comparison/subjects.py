"""What several contracts want to do: themes and populations of their priorities, in their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.comparison.matrix import Matrix, Mention, Named, make_matrix
from contrats.comparison.questions import POPULATIONS, PRIORITIES, THEMES, number, text, truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from contrats.comparison.questions import Questions, Row


@dataclass(frozen=True, slots=True)
class Subjects:
    """Themes and populations of the priorities."""

    themes: Matrix
    populations: Matrix


def read_subjects(questions: Questions, contracts: Sequence[str]) -> Subjects:
    """Return what the priorities of `contracts` are about."""
    whole = _whole(contracts, questions.rows(PRIORITIES, contracts))
    themes = questions.rows(THEMES, contracts)
    populations = questions.rows(POPULATIONS, contracts)
    return Subjects(
        make_matrix(contracts, _named(themes, "theme", "themeName"), whole),
        make_matrix(contracts, _named(populations, "population", "populationName"), whole),
    )


def _named(rows: Iterable[Row], thing: str, name: str) -> Iterable[Named]:
    for row in rows:
        yield Named(text(row, thing) or "", text(row, name) or "", _mention(row))


def _mention(row: Row) -> Mention:
    priority = text(row, "priority") or ""
    mark = "part" if text(row, "head") not in {None, priority} else ""
    mark = "secondary" if truth(row, "principal") is False else mark
    words, contract = text(row, "title") or "", text(row, "contract") or ""
    return Mention(contract, priority, priority, words, number(row, "number"), mark)


def _whole(contracts: Sequence[str], rows: Iterable[Row]) -> Mapping[str, bool]:
    """Tell of each contract whether its priorities are all known, and all classified."""
    stated: dict[str, bool] = {}
    for row in rows:
        contract = text(row, "contract") or ""
        known = truth(row, "complete") is True and truth(row, "classified") is True
        stated[contract] = stated.get(contract, True) and known
    return {each: stated.get(each, False) for each in contracts}
