"""The list of contracts: those that facets choose, as a table, a map or a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox
from flask import get_template_attribute
from markupsafe import Markup

from contrats.web.behind import Behind, written
from contrats.web.contract_row import ContractRow, contract_rows
from contrats.web.day import InForce, in_force
from contrats.web.facet_panel import Chip, Panel, chips, panels
from contrats.web.kept import keep
from contrats.web.map_drawing import MapDrawing, draw_map
from contrats.web.matching import matching_in
from contrats.web.refusal import RefusalError
from contrats.web.selection import Selection, chosen_of, facets, read_selection
from contrats.web.tongue import _, mark
from contrats.web.years import Axis, Years, axis_of, years_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from contrats.facets import Term
    from contrats.web.parts import Link

VIEWS: Final = {
    "table": mark("Tableau"),
    "map": mark("Carte"),
    "timeline": mark("Frise"),
}
SORTS: Final = {
    "territory": mark("territoire"),
    "start": mark("début"),
    "signature": mark("signature"),
    "signatories": mark("nombre de signataires"),
}
_KEYS: Final[dict[str, Callable[[ContractRow], Any]]] = {
    "start": lambda row: (row.start is None, row.start or 0),
    "signature": lambda row: (not row.signed_on, row.signed_on),
    "signatories": lambda row: -row.signatories.number,
}
"""What orders the rows; what is not stated comes last. By territory they stand already."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to show the list: its name, its address, and whether it is this one."""

    name: str
    path: str
    on: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The contracts of one territory on the timeline."""

    place: str
    territories: str
    rows: tuple[ContractRow, ...]


@dataclass(frozen=True, slots=True)
class ContractList:
    """What the template shows."""

    selection: Selection
    rows: tuple[ContractRow, ...]
    total: int
    every: Behind
    behind: Behind
    panels: tuple[Panel, ...]
    chips: tuple[Chip, ...]
    view: str
    views: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    day: str
    in_force: InForce | None
    axis: Axis
    years: Years | None
    map: MapDrawing | None
    matching: Callable[[str], tuple[Link, ...]]
    """What gives the priorities for which a contract is here."""

    def row(self, row: ContractRow) -> Markup:
        """Return the row of a contract in the table."""
        found = self.matching(row.link.iri)
        if found:
            return _made("row", row, self.axis, found)
        return _drawn("row", row.link.iri, row, self.axis)

    def line(self, line: Line) -> Markup:
        """Return the line of a territory in the timeline."""
        return _drawn("line", " ".join(row.link.iri for row in line.rows), line, self.axis)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the rows by territory, in the order of its first contract."""
        found: dict[tuple[str, str], list[ContractRow]] = {}
        for row in self.rows:
            found.setdefault((row.place or row.link.text, row.territories), []).append(row)
        return tuple(Line(*place, tuple(rows)) for place, rows in found.items())


def contract_list(asked: Mapping[str, Sequence[str]]) -> ContractList:
    """Return the contracts that `asked` chooses, shown as it asks; see `selection`."""
    view, sort = _one_of("view", VIEWS, asked), _one_of("sort", SORTS, asked)
    shown = {"view": view, "sort": sort}
    defaults = {next(iter(VIEWS)), next(iter(SORTS))}
    selection = read_selection(asked, {k: v for k, v in shown.items() if v not in defaults})
    known, chosen, rows = facets(), chosen_of(asked), contract_rows()
    counts = known.counts(chosen)
    passing = known.chosen(chosen)
    found = [row for iri, row in rows.items() if iri in passing]
    if sort in _KEYS:
        found.sort(key=_KEYS[sort])
    return ContractList(
        selection,
        tuple(found),
        len(rows),
        Selection(()).behind,
        Behind(written(known.text(chosen)).page, selection.behind.csv),
        panels(chosen, selection, counts),
        chips(chosen, selection),
        view,
        tuple(_choices("view", VIEWS, view, selection)),
        tuple(_choices("sort", SORTS, sort, selection)),
        next((t.value for t in chosen.get("inforce", []) if len(t.value) > len("2024-06")), ""),
        in_force(known, chosen),
        axis_of(rows.values()),
        years_of(selection, counts["inforce"]) if view == "table" else None,
        _map(selection, counts, chosen.get("region", ())) if view == "map" else None,
        matching_in(chosen),
    )


def _drawn(macro: str, key: str, *values: object) -> Markup:
    """Return what a macro of `contract_rows.html` makes of `values`, the same for each `key`."""
    kept = keep("contracts drawn", dict[tuple[str, str], Markup])
    if (macro, key) not in kept:
        kept[macro, key] = _made(macro, *values)
    return kept[macro, key]


def _made(macro: str, *values: object) -> Markup:
    made: Markup = get_template_attribute("contract_rows.html", macro)(*values)
    return made


def _map(
    selection: Selection, counts: Mapping[str, Mapping[Term, int]], regions: Sequence[Term]
) -> MapDrawing:
    """Return the map of a selection, within the `regions` that are chosen, if any is."""
    inside = {t: n if not regions or t in regions else 0 for t, n in counts["region"].items()}
    return draw_map(counts["departement"], inside, selection)


def _choices(name: str, among: Mapping[str, str], now: str, selection: Selection) -> list[Choice]:
    first = next(iter(among))
    return [
        Choice(_(text), selection.showing(name, "" if value == first else value), value == now)
        for value, text in among.items()
    ]


def _one_of(name: str, among: Mapping[str, str], asked: Mapping[str, Sequence[str]]) -> str:
    """Return the value of `name`, the first of `among` when none is given."""
    given = next((value for value in asked.get(name, ()) if value), next(iter(among)))
    if given in among:
        return given
    listed = ", ".join(among)
    raise RefusalError(
        400,
        f"« {name}={given[:40]} » inconnu. Valeurs possibles : {listed}.",
        f'Unknown "{name}={given[:40]}". Possible values: {listed}.',
    )


def only(slugs: Sequence[str]) -> list[ox.NamedNode]:
    """Return the contracts of which the last part of the IRI is one of `slugs`."""
    known = {row.slug: row.link.iri for row in contract_rows().values()}
    for slug in slugs:
        if slug not in known:
            raise RefusalError(
                400,
                f"Contrat « {slug[:60]} » inconnu. Les noms possibles finissent les adresses de "
                "/contracts.",
                f'Unknown contract "{slug[:60]}". Possible names end the addresses of /contracts.',
            )
    return [ox.NamedNode(known[slug]) for slug in slugs]
