"""How the priorities of contracts stand to the regional plan: alignments, all of them editorial."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.comparison.questions import PLAN_ITEMS, number, text, truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from contrats.comparison.questions import Questions, Row

NO_TERM: Final = "https://w3id.org/sssom/NoTermFound"
NONE: Final = "none"
BANDS: Final = {
    "exactMatch": "close",
    "closeMatch": "close",
    "broadMatch": "wider",
    "narrowMatch": "wider",
    "relatedMatch": "related",
}
ORDER: Final = ("close", "wider", "related", NONE)
"""How strongly a priority is linked, the strongest first; "none" is looked for and not found."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """One alignment of a priority; `item` is None where none was found in `origin`."""

    node: str
    contract: str
    priority: str
    number: int | None
    title: str
    relation: str
    item: str | None
    item_title: str | None
    origin: str
    plan: str | None
    confidence: str | None
    anachronistic: bool

    @property
    def band(self) -> str:
        """Return how strong the link is."""
        return NONE if self.item is None else BANDS.get(self.relation.rpartition("#")[2], "related")

    @property
    def counts(self) -> bool:
        """Tell whether it answers a regional project that was there when the contract was made."""
        return self.plan is not None and not self.anachronistic


@dataclass(frozen=True, slots=True)
class PlanItem:
    """An item of a plan and what each contract aligns to it."""

    item: str
    title: str
    origin: str
    cells: tuple[tuple[Alignment, ...], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many priorities of each contract are linked how strongly; None: not examined."""

    examined: tuple[bool, ...]
    bands: Mapping[str, tuple[int, ...]]
    items: tuple[PlanItem, ...]
    alignments: tuple[Alignment, ...]


def read_coverage(questions: Questions, contracts: Sequence[str]) -> Coverage:
    """Return the alignments of the priorities of `contracts` with items of regional plans."""
    found = tuple(_alignment(row) for row in questions.rows(PLAN_ITEMS, contracts))
    best = _strongest(each for each in found if each.counts)
    counted = Counter((contract, band) for (contract, _), band in best.items())
    examined = {each.contract for each in found}
    return Coverage(
        tuple(each in examined for each in contracts),
        {band: tuple(counted[each, band] for each in contracts) for band in ORDER},
        _items(found, contracts),
        found,
    )


def _alignment(row: Row) -> Alignment:
    item = text(row, "item")
    return Alignment(
        text(row, "alignment") or "",
        text(row, "contract") or "",
        text(row, "priority") or "",
        number(row, "number"),
        text(row, "title") or "",
        text(row, "relation") or "",
        None if item == NO_TERM else item,
        text(row, "itemTitle"),
        text(row, "origin") or "",
        text(row, "plan"),
        text(row, "confidence"),
        truth(row, "anachronistic") is True,
    )


def _strongest(alignments: Iterable[Alignment]) -> Mapping[tuple[str, str], str]:
    """Return the strongest band of each priority, by contract and priority."""
    found: dict[tuple[str, str], str] = {}
    for each in alignments:
        key = (each.contract, each.priority)
        found[key] = min(found.get(key, NONE), each.band, key=ORDER.index)
    return found


def _items(found: Sequence[Alignment], contracts: Sequence[str]) -> tuple[PlanItem, ...]:
    """Return the items that are aligned to, those of one document together."""
    items: dict[str, list[Alignment]] = {}
    for each in found:
        if each.item is not None:
            items.setdefault(each.item, []).append(each)
    made = (
        PlanItem(
            item,
            held[0].item_title or "",
            held[0].origin,
            tuple(tuple(a for a in held if a.contract == each) for each in contracts),
        )
        for item, held in items.items()
    )
    return tuple(sorted(made, key=lambda each: (each.origin, each.item)))
