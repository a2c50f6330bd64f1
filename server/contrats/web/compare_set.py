"""The page of many contracts: what is frequent among them, how sizes are spread, a row for each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.comparison.acts import SIGNED
from contrats.comparison.plans import ORDER
from contrats.comparison.sets import spread, tallies
from contrats.vocabulary import BASE
from contrats.web.behind import Behind, saved
from contrats.web.compare_behind import Backing
from contrats.web.compare_cells import column_of
from contrats.web.dates import span
from contrats.web.parts import Link, link_to
from contrats.web.tongue import _, mark
from contrats.web.words import decimal, figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.comparison.acts import Act, Size
    from contrats.comparison.comparison import Comparison
    from contrats.comparison.matrix import Matrix
    from contrats.comparison.sets import Spread, Tally
    from contrats.web.compare_cells import Column
    from contrats.web.compare_choice import Choice
    from contrats.web.description import Description

TRUE: Final = (ox.Literal(True),)  # noqa: FBT003 -- the literal itself
_BODIES: Final = 25
"""Bodies that are shown, of those that sign more than one."""
_FIRST: Final = 3
_MEASURES: Final = (
    (mark("Signataires (listes complètes)"), lambda act: _exact(act.signatories)),
    (mark("Priorités (listes complètes)"), lambda act: _exact(act.priorities)),
    (mark("Actions annoncées par une source"), lambda act: act.actions.declared),
    (mark("Population des communes"), lambda act: act.population),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number and the query that gives it."""

    count: int
    behind: Behind
    of: str = "contract"


@dataclass(frozen=True, slots=True)
class Frequent:
    """How many contracts have a thing; `width` is the length of its bar in percent."""

    rank: int
    link: Link
    contracts: Counted
    among: Counted
    width: float


@dataclass(frozen=True, slots=True)
class Spreading:
    """How a size is spread, in words."""

    name: str
    known: int
    least: str
    quartiles: tuple[str, str, str] | None
    most: str
    first: tuple[tuple[str, Link], ...]


@dataclass(frozen=True, slots=True)
class SetRow:
    """One contract in one line: sizes, and the themes it is known to have, by their rank."""

    act: Act
    column: Column
    period: str | None
    behind: Behind
    themes: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """How many contracts there are, are signed, and have lists known in part or whole."""

    acts: Counted
    signed: Counted
    with_signatories: Counted
    whole_signatories: Counted
    with_priorities: Counted
    whole_priorities: Counted


@dataclass(frozen=True, slots=True)
class SetPage:
    """What the template shows of many contracts."""

    known: Known
    themes: tuple[Frequent, ...]
    types: tuple[Frequent, ...]
    populations: tuple[Frequent, ...]
    bodies: tuple[Frequent, ...]
    starts: tuple[tuple[str, Counted, float], ...]
    sizes: tuple[Spreading, ...]
    examined: Counted
    bands: tuple[tuple[str, int], ...]
    rows: tuple[SetRow, ...]
    backing: Backing


def set_page(d: Description, found: Comparison, choice: Choice) -> SetPage:
    """Return the page of the many contracts of `found`."""
    backing = Backing(choice, tuple(act.iri for act in found.acts))
    themes = tuple(_frequent(d, found.subjects.themes, backing, "compared-themes", "theme"))
    return SetPage(
        _known(found, backing),
        themes,
        tuple(_frequent(d, found.signatures.types, backing, "compared-signatories", "type")),
        tuple(
            _frequent(d, found.subjects.populations, backing, "compared-populations", "population")
        ),
        tuple(_bodies(d, found, backing)),
        tuple(_starts(found, backing)),
        tuple(_sizes(d, found)),
        Counted(sum(found.coverage.examined), backing.of("compared-plan-items")),
        tuple((band, sum(found.coverage.bands[band])) for band in ORDER),
        tuple(_rows(d, found, themes)),
        backing,
    )


def set_title(d: Description, choice: Choice) -> str:
    """Return what the contracts have in common, by the facets that chose them."""
    said = [
        d.label(term.value) if isinstance(term, ox.NamedNode) else term.value
        for terms in choice.facets.values()
        for term in terms
    ]
    return ", ".join(said) or _("Tous les contrats")


def _known(found: Comparison, backing: Backing) -> Known:
    """Return how much is known of how many."""
    acts, contracts = found.acts, "compared-contracts"
    stage = (ox.NamedNode(f"{BASE}id/stage/{SIGNED}"),)

    def whole(column: str) -> Behind:
        return backing.of(contracts, {column: TRUE})

    return Known(
        Counted(len(acts), backing.of(contracts)),
        Counted(sum(a.is_contract for a in acts), backing.of(contracts, {"stage": stage})),
        Counted(
            sum(a.signatories.known is not None for a in acts), backing.of("compared-signatories")
        ),
        Counted(sum(a.signatories.complete is True for a in acts), whole("signatoriesWhole")),
        Counted(
            sum(a.priorities.known is not None for a in acts), backing.of("compared-priorities")
        ),
        Counted(sum(a.priorities.complete is True for a in acts), whole("prioritiesWhole")),
    )


def _exact(size: Size) -> int | None:
    return size.known if size.exact else None


def _frequent(
    d: Description, matrix: Matrix, backing: Backing, name: str, column: str
) -> Iterable[Frequent]:
    """Yield the things of `matrix`, the most frequent first, each number with its query."""
    found = tallies(matrix)
    for rank, each in enumerate(found, 1):
        yield _one(d, each, rank, found[0].contracts, backing, name, column)


def _one(  # noqa: PLR0913, PLR0917 -- one line of a table, and where it comes from
    d: Description, each: Tally, rank: int, most: int, backing: Backing, name: str, column: str,
    whole: str = "whole",
) -> Frequent:  # fmt: skip
    thing = (ox.NamedNode(each.thing),)
    return Frequent(
        rank,
        link_to(d, each.thing),
        Counted(each.contracts, backing.of(name, {column: thing})),
        Counted(each.among_whole, backing.of(name, {column: thing, whole: TRUE})),
        round(100 * each.contracts / most, 1),
    )


def _bodies(d: Description, found: Comparison, backing: Backing) -> Iterable[Frequent]:
    """Yield the bodies that sign more than one of the contracts, as far as they are shown."""
    name = "compared-signatories"
    for rank, each in enumerate(tallies(found.signatures.bodies)[:_BODIES], 1):
        if each.contracts > 1:
            most = found.signatures.bodies.rows[0].count
            yield _one(d, each, rank, most, backing, name, "actor", "wholeOfBodies")


def _starts(found: Comparison, backing: Backing) -> Iterable[tuple[str, Counted, float]]:
    """Yield how many contracts start in each year, with the length of its bar in percent."""
    counts = Counter(int(act.start[:4]) for act in found.acts if act.start)
    for year in sorted(counts):
        behind = backing.of("compared-contracts", {"startYear": (ox.Literal(str(year)),)})
        width = round(100 * counts[year] / max(counts.values()), 1)
        yield str(year), Counted(counts[year], behind), width


def _sizes(d: Description, found: Comparison) -> Iterable[Spreading]:
    for title, measure in _MEASURES:
        each = spread(found.acts, measure)
        if each:
            yield _spreading(d, _(title), each)


def _spreading(d: Description, name: str, each: Spread) -> Spreading:
    return Spreading(
        name,
        len(each.ranked),
        figure(each.least),
        tuple(_number(value) for value in each.quartiles) if each.quartiles else None,  # type: ignore[arg-type]
        figure(each.most),
        tuple((figure(value), column_of(d, act).link) for value, act in each.ranked[:_FIRST]),
    )


def _number(value: float) -> str:
    """Return 4,5 with one decimal, 12 345 without any."""
    return figure(int(value)) if value == int(value) else decimal(f"{value:.1f}")


def _rows(d: Description, found: Comparison, themes: Iterable[Frequent]) -> Iterable[SetRow]:
    ranks = {each.link.iri: (each.rank, each.link.text) for each in themes}
    held: dict[int, list[tuple[int, str]]] = {}
    for row in found.subjects.themes.rows:
        for place in row.known:
            held.setdefault(place, []).append(ranks[row.things[0]])
    for i, act in enumerate(found.acts):
        yield SetRow(
            act,
            column_of(d, act),
            span(act.start, act.end),
            saved("compared-contracts", contract=act.name),
            tuple(sorted(held.get(i, ()))),
        )
