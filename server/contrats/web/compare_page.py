"""The page of a few contracts side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.comparison.generations import (
    CHANGES,
    ENTERED,
    KEPT,
    LEFT,
    SAME,
    SUCCESSOR,
    TRANSFORMED,
    TURNS,
)
from contrats.comparison.plans import ORDER
from contrats.web.behind import saved
from contrats.web.compare_bars import Bars, bars_of, gap_years
from contrats.web.compare_behind import Backing
from contrats.web.compare_cells import (
    Column,
    ShownGroup,
    ShownRow,
    column_of,
    groups_of,
    short_name,
    show_row,
)
from contrats.web.compare_facts import FactRow, facts_of
from contrats.web.compare_links import Continued, PlanRow, continued, plan_rows
from contrats.web.compare_notice import cautions
from contrats.web.dates import in_words, span
from contrats.web.said import said_of
from contrats.web.tongue import _
from contrats.web.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contrats.comparison.acts import Act
    from contrats.comparison.comparison import Comparison
    from contrats.comparison.generations import Generation
    from contrats.comparison.matrix import Matrix, MatrixRow
    from contrats.web.behind import Behind
    from contrats.web.compare_choice import Choice
    from contrats.web.description import Description
    from contrats.web.parts import Disagreement, Link


@dataclass(frozen=True, slots=True)
class ActLine:
    """One contract with the query of its own row, behind the numbers that it bears."""

    act: Act
    column: Column
    behind: Behind
    period: str | None


@dataclass(frozen=True, slots=True)
class Turned:
    """How many signatories or priorities changed in one way, and the query that says so."""

    count: int
    behind: Behind
    of: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """What the template shows."""

    lines: tuple[ActLine, ...]
    generation: Generation | None
    """The two generations, when there are two and what became of the first can be said."""
    turns: Mapping[str, Turned]
    changes: Mapping[str, Turned]
    gaps: tuple[str, ...]
    shared: tuple[tuple[Link, ...], ...]
    """The bodies that are known to sign all of them."""
    whole: bool
    """Whether all lists of signatories are."""
    shared_themes: tuple[Link, ...]
    cautions: tuple[str, ...]
    bars: Bars
    bodies: tuple[ShownGroup, ...]
    types: tuple[ShownGroup, ...]
    roles: tuple[ShownRow, ...]
    themes: tuple[ShownGroup, ...]
    common: tuple[Turned, ...]
    """Of two contracts with whole lists: themes of both, of the first, of the second only."""
    populations: tuple[ShownGroup, ...]
    continued: tuple[Continued, ...]
    bands: tuple[tuple[str, tuple[int, ...]], ...]
    examined: tuple[bool, ...]
    items: tuple[PlanRow, ...]
    facts: tuple[FactRow, ...]
    disagreements: tuple[tuple[Link, Disagreement], ...]
    backing: Backing


def compare_page(d: Description, found: Comparison, choice: Choice, today: str) -> ComparePage:
    """Return the page of the contracts of `found`; `today` is the date of the data."""
    columns = tuple(column_of(d, act) for act in found.acts)
    backing = Backing(choice, tuple(act.iri for act in found.acts))
    two = found.generations[0] if len(found.generations) == 1 else None
    matrices = (found.signatures.bodies, found.signatures.types, found.subjects.themes,
                found.subjects.populations)  # fmt: skip
    bodies, types, themes, populations = (
        each.differences() if choice.gaps else each for each in matrices
    )
    return ComparePage(
        tuple(
            ActLine(
                act,
                column,
                saved("compared-contracts", contract=act.name),
                span(act.start, act.end),
            )
            for act, column in zip(found.acts, columns, strict=True)
        ),
        two,
        _turns(backing, two),
        _changes(backing, two),
        gap_years(found),
        tuple(show_row(d, row, columns).heads for row in found.signatures.bodies.shared),
        all(found.signatures.bodies.whole),
        tuple(show_row(d, row, columns).heads[0] for row in found.subjects.themes.shared),
        cautions(d, found),
        bars_of(d, found, today),
        _bodies(d, found, bodies, columns, backing),
        groups_of(d, types, columns),
        tuple(show_row(d, row, columns) for row in found.signatures.roles.rows),
        groups_of(d, themes, columns),
        _common(found, backing),
        groups_of(d, populations, columns),
        continued(d, two, backing) if two else (),
        tuple((band, found.coverage.bands[band]) for band in ORDER),
        found.coverage.examined,
        plan_rows(d, found.coverage, columns),
        facts_of(d, found.acts, gaps=choice.gaps),
        tuple(_disagreements(d, found, columns)),
        backing,
    )


def title_of(found: Comparison) -> str:
    """Return the title: the territory once for generations, else each contract."""
    names = [short_name(act) for act in found.acts]
    if found.chain and found.acts[0].place:
        place = found.acts[0].place
        periods = [name.removeprefix(place).strip() for name in names]
        return _("%(place)s : %(periods)s", place=place, periods=listed(periods))
    return listed(names)


def _turns(backing: Backing, two: Generation | None) -> Mapping[str, Turned]:
    """Return the changes of signatories, none when they cannot be told."""
    if two is None or not two.turns:
        return {}
    return {
        change: Turned(
            two.turned(change),
            backing.pair("signatory-turnover", two.earlier, two.later, change),
            "",
        )
        for change in TURNS
    }


def _changes(backing: Backing, two: Generation | None) -> Mapping[str, Turned]:
    """Return the changes of priorities, none when they cannot be told."""
    if two is None or not two.continuations:
        return {}
    return {
        change: Turned(
            two.continued(change),
            backing.pair("compared-generations", two.earlier, two.later, change),
            "earlier" if change in {KEPT, TRANSFORMED} else "",
        )
        for change in CHANGES
    }


def _bodies(
    d: Description,
    found: Comparison,
    matrix: Matrix,
    columns: tuple[Column, ...],
    backing: Backing,
) -> tuple[ShownGroup, ...]:
    """Return the signatories: by what became of them between two generations, else by contracts."""
    two = found.generations[0] if len(found.generations) == 1 else None
    if two is None or not two.turns:
        return groups_of(d, matrix, columns)
    kinds = {
        SAME: (_("Mêmes organismes"), _("inchangé"), ""),
        SUCCESSOR: (_("Par succession"), "", "mod"),
        LEFT: (_("Sortis"), _("sorti"), "out"),
        ENTERED: (_("Entrés"), _("entré"), "new"),
    }
    by_body = {turn.actor or turn.former: turn.change for turn in two.turns}
    held: dict[str, list[ShownRow]] = {change: [] for change in TURNS}
    for row in matrix.rows:
        change = next((by_body[thing] for thing in reversed(row.things) if thing in by_body), SAME)
        said = _succeeded(found, row) if change == SUCCESSOR else kinds[change][1]
        held[change].append(show_row(d, row, columns, (said, kinds[change][2])))
    return tuple(
        ShownGroup(
            kinds[change][0],
            tuple(rows),
            backing.pair("signatory-turnover", two.earlier, two.later, change),
        )
        for change, rows in held.items()
        if rows
    )


def _succeeded(found: Comparison, row: MatrixRow) -> str:
    """Return since when one body of `row` follows the other."""
    dates = (each.date for each in found.signatures.successions if each.former in row.things)
    date = next((each for each in dates if each), None)
    if date is None:
        return _("succession")
    return _("succession au %(date)s", date=in_words(date))


def _common(found: Comparison, backing: Backing) -> tuple[Turned, ...]:
    """Return how many themes two contracts share, when both lists are whole."""
    themes = found.subjects.themes
    if len(found.acts) != 2 or not all(themes.whole):  # noqa: PLR2004 -- two stand side by side
        return ()
    one, two = (act.iri for act in found.acts)
    only = [
        sum(row.cells[i].state == "present" and row.differs for row in themes.rows) for i in (0, 1)
    ]
    return (
        Turned(len(themes.shared), backing.two(one, two, both=True), "theme"),
        Turned(only[0], backing.two(one, two, both=False), "theme"),
        Turned(only[1], backing.two(two, one, both=False), "theme"),
    )


def _disagreements(
    d: Description, found: Comparison, columns: tuple[Column, ...]
) -> Iterable[tuple[Link, Disagreement]]:
    for act, column in zip(found.acts, columns, strict=True):
        nodes = (act.iri, *d.iris(act.iri, "cls:hasDiagnosis"))
        for each in dict.fromkeys(x for node in nodes for x in said_of(d, node).disagreements):
            yield column.link, each
