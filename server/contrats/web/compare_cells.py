"""A matrix as a page shows it: groups of rows, cells with words, links and what stands behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.vocabulary import BASE
from contrats.web import address
from contrats.web.dates import span
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Link, link_to
from contrats.web.tongue import FRENCH, _, is_english

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contrats.comparison.acts import Act
    from contrats.comparison.matrix import Cell, Matrix, MatrixRow, Mention
    from contrats.web.behind import Behind
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Column:
    """One contract at the head of a column; `short` stands beside its cells on a phone."""

    link: Link
    short: str
    stage: str | None
    """The stage of an act that is no signed contract."""


@dataclass(frozen=True, slots=True)
class ShownMention:
    """The words of a contract in a cell, with their source."""

    link: Link
    number: int | None
    mark: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One contract in one row."""

    state: str
    column: str
    mentions: tuple[ShownMention, ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One thing; `change` is what became of it, and of what kind that is."""

    heads: tuple[Link, ...]
    cells: tuple[ShownCell, ...]
    change: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Rows under a heading, with their number where a query gives it."""

    title: str
    rows: tuple[ShownRow, ...]
    behind: Behind | None = None
    of: str = ""


def column_of(d: Description, act: Act) -> Column:
    """Return the head of the column of `act`."""
    short = short_name(act)
    stage = None if act.is_contract else d.label(f"{BASE}id/stage/{act.stage}")
    return Column(Link(short, address.path_of(act.iri), iri=act.iri), short, stage)


def short_name(act: Act) -> str:
    """Return "Valence 2012-2017", else its territory and the year of its signature."""
    period = span(act.start, act.end)
    when = period or (act.signature or "")[:4]
    place = act.place or act.title
    return f"{place} {when}".strip()


def groups_of(d: Description, matrix: Matrix, columns: Sequence[Column]) -> tuple[ShownGroup, ...]:
    """Return the rows of `matrix` by the contracts that they are known in, those of most first."""
    groups: dict[tuple[int, str], list[MatrixRow]] = {}
    for row in matrix.rows:
        groups.setdefault(_group(row, matrix, columns), []).append(row)
    return tuple(
        ShownGroup(title, tuple(show_row(d, row, columns) for row in rows))
        for (_rank, title), rows in sorted(groups.items(), key=lambda each: each[0][0])
    )


def _group(row: MatrixRow, matrix: Matrix, columns: Sequence[Column]) -> tuple[int, str]:
    """Return where a row stands, and under which heading."""
    present = row.known
    if len(present) == len(columns):
        two = len(columns) == 2  # noqa: PLR2004 -- "both" is said of two
        return 0, _("Dans les deux contrats") if two else _("Dans tous les contrats")
    if len(present) > 1:
        return 1, _("Dans plusieurs contrats")
    column = columns[present[0]]
    others = [whole for i, whole in enumerate(matrix.whole) if i != present[0]]
    if all(others):
        return 2 + present[0], _("%(contract)s seulement", contract=column.short)
    return 2 + present[0], _("Connu dans %(contract)s seulement", contract=column.short)


def show_row(
    d: Description, row: MatrixRow, columns: Sequence[Column], change: tuple[str, str] = ("", "")
) -> ShownRow:
    """Return a row with its names in the language of the page."""
    return ShownRow(
        tuple(link_to(d, thing) for thing in row.things),
        tuple(show_cell(d, cell, column) for cell, column in zip(row.cells, columns, strict=True)),
        *change,
    )


def show_cell(d: Description, cell: Cell, column: Column) -> ShownCell:
    """Return a cell, each of its mentions with its source."""
    return ShownCell(cell.state.value, column.short, tuple(_mentions(d, cell.mentions)))


def _mentions(d: Description, mentions: Iterable[Mention]) -> Iterable[ShownMention]:
    for each in mentions:
        path = link_to(d, each.thing).path
        spoken = FRENCH if is_english() else None
        link = Link(each.words, path, iri=each.thing, language=spoken)
        yield ShownMention(link, each.number, each.mark, evidence_of(d, each.node))
