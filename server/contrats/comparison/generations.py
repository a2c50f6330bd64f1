"""What became of signatories and priorities from one contract to the next of the same territory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.comparison.plans import NO_TERM
from contrats.comparison.questions import GENERATIONS, TURNOVER, number, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.comparison.acts import Act
    from contrats.comparison.questions import Questions, Row

KEPT: Final = "reprise"
TRANSFORMED: Final = "transformée"
NEW: Final = "nouvelle"
DROPPED: Final = "abandonnée"
CHANGES: Final = (KEPT, TRANSFORMED, NEW, DROPPED)
"""What may become of a priority, in the words of `compared-generations`."""
SAME: Final = "reste"
SUCCESSOR: Final = "succède"
LEFT: Final = "sort"
ENTERED: Final = "entre"
TURNS: Final = (SAME, SUCCESSOR, LEFT, ENTERED)
"""What may become of a signatory, in the words of `signatory-turnover`."""


@dataclass(frozen=True, slots=True)
class PriorityRef:
    """A priority: IRI, number, title."""

    iri: str
    number: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Continuation:
    """One link between priorities of two generations, or one of them without counterpart."""

    change: str
    earlier: PriorityRef | None
    later: PriorityRef | None
    relation: str | None
    confidence: str | None
    alignment: str | None

    @property
    def searched(self) -> bool:
        """Tell whether a counterpart was looked for by name, and none found."""
        return self.relation == NO_TERM


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of one signatory; `former` is who it follows or who left."""

    change: str
    actor: str | None
    former: str | None


@dataclass(frozen=True, slots=True)
class Generation:
    """Two contracts that follow each other; a list is empty where nothing can be said.

    `turns` need both lists of signatories whole, `continuations` both lists of priorities whole
    and a comparison by the editors.
    """

    earlier: str
    later: str
    turns: tuple[Turn, ...]
    continuations: tuple[Continuation, ...]

    def turned(self, change: str) -> int:
        """Return how many signatories had that change."""
        return sum(turn.change == change for turn in self.turns)

    def continued(self, change: str) -> int:
        """Return how many priorities had that change: later ones if new, else earlier ones."""
        found = [each for each in self.continuations if each.change == change]
        return len({(each.later if change == NEW else each.earlier) for each in found})


def read_generation(
    questions: Questions, earlier: Act, later: Act, whole: Sequence[bool]
) -> Generation | None:
    """Return what became of `earlier` in `later`, None when the one does not follow the other.

    `whole` tells of both whether their signatories are all known, and each by name.
    """
    if later.previous != earlier.iri:
        return None
    turns = questions.rows(TURNOVER, [later.iri]) if all(whole) else ()
    links = questions.rows(GENERATIONS, [later.iri])
    return Generation(
        earlier.iri,
        later.iri,
        tuple(_turn(row) for row in turns if text(row, "previous") == earlier.iri),
        tuple(_continuation(row) for row in links if text(row, "previous") == earlier.iri),
    )


def _turn(row: Row) -> Turn:
    return Turn(text(row, "change") or "", text(row, "actor"), text(row, "formerActor"))


def _continuation(row: Row) -> Continuation:
    return Continuation(
        text(row, "change") or "",
        _ref(row, "earlier"),
        _ref(row, "later"),
        text(row, "relation"),
        text(row, "confidence"),
        text(row, "alignment"),
    )


def _ref(row: Row, name: str) -> PriorityRef | None:
    iri = text(row, name)
    if iri is None:
        return None
    return PriorityRef(iri, number(row, f"{name}Number"), text(row, f"{name}Title") or "")
