"""The contracts and preparatory acts that are compared, each with the size of what is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.comparison.questions import CONTRACTS, number, text, truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.comparison.questions import Questions, Row

SIGNED: Final = "signed"
BEARING: Final = frozenset({SIGNED, "charter", "engagement", "prefiguration"})
"""Stages whose act bears signatures: a charter is signed, and is no contract yet."""
OWN_WORDS: Final = frozenset({"own"})


@dataclass(frozen=True, slots=True)
class Size:
    """How long a list is: what is known, what a source announces, and whether that is all.

    `known` is None where nothing is known; it is a floor unless the list is complete.
    """

    known: int | None
    declared: int | None
    complete: bool | None

    @property
    def exact(self) -> bool:
        """Tell whether `known` is the number itself, not only a floor."""
        return self.known is not None and self.complete is True


@dataclass(frozen=True, slots=True)
class Act:
    """One contract or preparatory act; what is None no source states."""

    iri: str
    title: str
    stage: str
    territory: str | None
    place: str | None
    period: str | None
    start: str | None
    end: str | None
    signature: str | None
    generation: int | None
    previous: str | None
    signatories: Size
    priorities: Size
    actions: Size
    population: int | None
    wording: str | None

    @property
    def name(self) -> str:
        """Return its short name, as addresses write it."""
        return self.iri.rpartition("/")[2]

    @property
    def is_contract(self) -> bool:
        """Tell whether it is a signed contract; any other stage is preparatory or in doubt."""
        return self.stage == SIGNED

    @property
    def in_its_words(self) -> bool | None:
        """Tell whether its priorities are known in its own words, None when that is not stated."""
        return None if self.wording is None else self.wording in OWN_WORDS


def read_acts(questions: Questions, contracts: Sequence[str]) -> tuple[Act, ...]:
    """Return the acts `contracts`, in that order; those that are not described are left out."""
    found: dict[str, Act] = {}
    for row in questions.rows(CONTRACTS, contracts):
        act = _act(row)
        found.setdefault(act.iri, act)
    return tuple(found.values())


def _act(row: Row) -> Act:
    return Act(
        text(row, "contract") or "",
        text(row, "title") or "",
        _short(text(row, "stage")) or "",
        text(row, "territory"),
        text(row, "place"),
        text(row, "period"),
        text(row, "start"),
        text(row, "end"),
        text(row, "signature"),
        number(row, "generation"),
        text(row, "previous"),
        _size(row, "signatories", "declaredSignatories", "signatoriesComplete"),
        _size(row, "priorities", "declaredPriorities", "prioritiesComplete"),
        Size(number(row, "actions"), number(row, "declaredActions"), complete=None),
        number(row, "population"),
        _short(text(row, "wording")),
    )


def _size(row: Row, known: str, declared: str, complete: str) -> Size:
    return Size(number(row, known), number(row, declared), truth(row, complete))


def _short(iri: str | None) -> str | None:
    return iri.rpartition("/")[2] if iri else None
