"""What a rehearsal has to say, in both languages, of a harvest, a data set or a service."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Weight(Enum):
    """How much a remark weighs, the heaviest first."""

    STOP = "stop"
    """The harvest ends here, or never begins."""
    SKIP = "skip"
    """The thing is not taken."""
    LOSE = "lose"
    """The thing is taken without this value."""
    GUESS = "guess"
    """The harvester takes one of several values, or puts its own in their place."""
    NOTE = "note"
    """Nothing is lost; whoever harvests should know."""

    @property
    def order(self) -> int:
        """Return the place in the order: 0 weighs most."""
        return list(Weight).index(self)


class Verdict(Enum):
    """What becomes of a data set or a service."""

    TAKEN = "taken"
    GUESSED = "guessed"
    """Taken, some of it lost or guessed."""
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: `code` names the rule, `fr` and `en` say it and how to mend it."""

    weight: Weight
    code: str
    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Item:
    """A data set or a service, as a harvester sees it; `kind` is `dataset` or `service`."""

    kind: str
    iri: str
    title: str
    remarks: tuple[Remark, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Return what becomes of it."""
        weights = {each.weight for each in self.remarks}
        if weights & {Weight.STOP, Weight.SKIP}:
            return Verdict.SKIPPED
        return Verdict.GUESSED if weights & {Weight.LOSE, Weight.GUESS} else Verdict.TAKEN


@dataclass(slots=True)
class Harvest:
    """What one harvester would do: the pages it reads, what it finds there, what it says of all."""

    harvester: str
    pages: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        """Tell whether the harvest ends before its time."""
        told = [*self.remarks, *(each for item in self.items for each in item.remarks)]
        return any(each.weight is Weight.STOP for each in told)

    def count(self, verdict: Verdict) -> int:
        """Return how many data sets and services come to `verdict`."""
        return sum(item.verdict is verdict for item in self.items)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The harvest of the catalogue at `url` by each harvester, and what was seen of its files."""

    url: str
    harvests: tuple[Harvest, ...]
    files: tuple[Remark, ...]
    asked: int

    @property
    def whole(self) -> bool:
        """Tell whether nothing is skipped and no harvest stops: what a portal wants."""
        return not any(each.stopped or each.count(Verdict.SKIPPED) for each in self.harvests)


def sort_remarks(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return `remarks` once each, the heaviest first."""
    return tuple(sorted(dict.fromkeys(remarks), key=lambda each: (each.weight.order, each.code)))
