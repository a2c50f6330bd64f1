"""What is present, absent or not stated in each of several contracts, row by row.

One law holds for every matrix: a cell says "absent" only in a column whose list is known whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class State(StrEnum):
    """What is known of a thing in a contract."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of a contract that names the thing of a row, in the contract's own words.

    `node` is what stands behind it (a participation, a priority), `thing` what it links to;
    `number` is that of a priority. `mark` is "deduced" when the words alone do not tell the body,
    "secondary" when a theme is not the principal one, "part" for a sub-priority, else empty.
    """

    contract: str
    node: str
    thing: str
    words: str
    number: int | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One contract in one row."""

    state: State
    mentions: tuple[Mention, ...] = ()


_ABSENT: Final = Cell(State.ABSENT)
_UNKNOWN: Final = Cell(State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One thing in every contract; `things` are several where one body follows another.

    `known` are the places, among the cells, of the contracts that name it.
    """

    things: tuple[str, ...]
    names: tuple[str, ...]
    cells: tuple[Cell, ...]
    known: tuple[int, ...]

    @property
    def states(self) -> tuple[State, ...]:
        """Return what is known in each contract."""
        return tuple(cell.state for cell in self.cells)

    @property
    def differs(self) -> bool:
        """Tell whether it is not known to be in all of them, or one body follows another."""
        return len(self.known) < len(self.cells) or len(self.things) > 1

    @property
    def count(self) -> int:
        """Return in how many contracts it is known to be."""
        return len(self.known)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Things in contracts; `whole` tells, contract by contract, whether absence can be known."""

    rows: tuple[MatrixRow, ...]
    whole: tuple[bool, ...]

    @property
    def shared(self) -> tuple[MatrixRow, ...]:
        """Return the rows that are known to be in all contracts."""
        return tuple(row for row in self.rows if row.count == len(self.whole))

    def differences(self) -> Matrix:
        """Return the rows that are not known to be the same in all contracts."""
        return Matrix(tuple(row for row in self.rows if row.differs), self.whole)


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that a contract mentions: IRI, name, and the mention."""

    thing: str
    name: str
    mention: Mention


def make_matrix(
    contracts: Sequence[str],
    named: Iterable[Named],
    whole: Mapping[str, bool],
    follows: Mapping[str, str] | None = None,
) -> Matrix:
    """Return the things of `named` in each of `contracts`, those of most contracts first.

    Where `follows` leads from a body to the one that took its place, both share a row.
    """
    places = {contract: place for place, contract in enumerate(contracts)}
    blank = tuple(_ABSENT if whole[each] else _UNKNOWN for each in contracts)
    names: dict[str, dict[str, str]] = {}
    cells: dict[str, dict[int, list[Mention]]] = {}
    for each in named:
        key = (follows or {}).get(each.thing, each.thing)
        names.setdefault(key, {})[each.thing] = each.name
        held = cells.setdefault(key, {})
        held.setdefault(places[each.mention.contract], []).append(each.mention)
    rows = (_row(things, cells[key], blank) for key, things in names.items())
    return Matrix(
        tuple(sorted(rows, key=lambda row: -row.count)), tuple(whole[each] for each in contracts)
    )


def _row(
    things: Mapping[str, str], held: Mapping[int, Sequence[Mention]], blank: Sequence[Cell]
) -> MatrixRow:
    """Return the row of `things`: `blank` but for the places that are `held`."""
    cells = list(blank)
    for place, mentions in held.items():
        cells[place] = Cell(State.PRESENT, tuple(dict.fromkeys(mentions)))
    return MatrixRow(tuple(things), tuple(things.values()), tuple(cells), tuple(sorted(held)))
