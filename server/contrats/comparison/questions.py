"""The saved questions that a comparison asks, of a few contracts or of all that are published."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.store import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from contrats.library import SavedQuery
    from contrats.store import Store, Term

Row = dict[str, "Term"]
"""One row of an answer; a variable that is not bound is not there."""
FEW: Final = 6
"""Contracts that are asked for one by one, which is faster; more are found in the whole answer."""

CONTRACTS: Final = "compared-contracts"
SIGNATORIES: Final = "compared-signatories"
ROLES: Final = "compared-roles"
PRIORITIES: Final = "compared-priorities"
THEMES: Final = "compared-themes"
POPULATIONS: Final = "compared-populations"
PLAN_ITEMS: Final = "compared-plan-items"
GENERATIONS: Final = "compared-generations"
TURNOVER: Final = "signatory-turnover"
SUCCESSIONS: Final = "body-successions"


@dataclass(frozen=True, slots=True)
class Questions:
    """Saved questions and the store that answers; its data never change, whole answers are kept."""

    store: Store
    texts: Mapping[str, str] = field(repr=False)
    kept: dict[str, tuple[Row, ...]] = field(default_factory=dict, repr=False)

    def rows(self, name: str, contracts: Sequence[str]) -> tuple[Row, ...]:
        """Return the rows of `contracts`, in their order, as a trailing VALUES of them gives."""
        if len(contracts) <= FEW and name not in self.kept:
            bound = ({"contract": ox.NamedNode(each)} for each in contracts)
            return tuple(row for bind in bound for row in self._ask(name, bind))
        found: dict[str | None, list[Row]] = {each: [] for each in contracts}
        for row in self.whole(name):
            contract = text(row, "contract")
            if contract in found:
                found[contract].append(row)
        return tuple(row for rows in found.values() for row in rows)

    def whole(self, name: str) -> tuple[Row, ...]:
        """Return all rows of the answer to `name`."""
        if name not in self.kept:
            self.kept[name] = tuple(self._ask(name, {}))
        return self.kept[name]

    def _ask(self, name: str, bind: Mapping[str, Term]) -> Iterable[Row]:
        answer = select(self.store, self.texts[name], f"queries/{name}.rq", bind)
        names = [variable.value for variable in answer.variables]
        return [
            {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in answer
        ]


def open_questions(store: Store, library: Iterable[SavedQuery]) -> Questions:
    """Return the questions of `library`, to be asked of `store`."""
    return Questions(store, {query.name: query.text for query in library})


def text(row: Row, name: str) -> str | None:
    """Return the text or the IRI in the column `name`."""
    found = row.get(name)
    return found.value if isinstance(found, ox.Literal | ox.NamedNode) else None


def number(row: Row, name: str) -> int | None:
    """Return the integer in the column `name`."""
    found = text(row, name)
    return int(found) if found is not None else None


def truth(row: Row, name: str) -> bool | None:
    """Return the boolean in the column `name`, None when nothing is stated."""
    found = text(row, name)
    return None if found is None else found in {"true", "1"}
