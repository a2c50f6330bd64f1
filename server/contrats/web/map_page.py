"""The page of the map: contracts by département and région, and the population that they cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from flask import Blueprint, Response

from contrats.web.behind import Behind, saved
from contrats.web.kept import keep
from contrats.web.listing import head_of, page
from contrats.web.map_drawing import Area, MapDrawing, draw_map
from contrats.web.selection import Selection, facets
from contrats.web.site import this_site
from contrats.web.tongue import _

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = Blueprint("map", __name__)

_QUERY: Final = "population-covered"
_BY_DEPARTEMENT: Final = "contracts-by-departement"
_YEAR: Final = ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear")


@dataclass(frozen=True, slots=True)
class Covered:
    """Of a région in one year: contracts in force, and the inhabitants of their communes."""

    contracts: int
    population: int
    share: float
    at_least: bool
    behind: Behind


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One région with its départements; `covered` is None when nothing is known of that year."""

    area: Area
    covered: Covered | None
    departements: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """What the template shows."""

    map: MapDrawing
    rows: tuple[RegionRow, ...]
    year: str
    behind: Behind
    covered: Behind


@routes.get("/map")
def show_map() -> Response:
    """Answer with the map and the tables that say the same."""
    lede = _(
        "Contrats signés et actes préparatoires retrouvés. Un département plus marqué peut aussi "
        "vouloir dire que l’on y a mieux cherché."
    )
    head = head_of(_("Carte des contrats"), _("Contrats par territoire"), lede)
    return page("map.html", "map", head=head, page=map_page())


def map_page() -> MapPage:
    """Return the map of all contracts, and the rows of its tables, by région."""
    drawing, year = whole_map(), this_site().release.issued[:4]
    covered = keep("population covered", lambda: _covered(year))
    rows = (
        RegionRow(
            area,
            covered.get(area.code),
            tuple(each for each in drawing.departements if each.region == area.code),
        )
        for area in drawing.regions
    )
    return MapPage(drawing, tuple(rows), year, saved(_BY_DEPARTEMENT), saved(_QUERY, year=year))


def whole_map() -> MapDrawing:
    """Return the map of all contracts of the release."""
    pairs = facets().pairs
    departements, regions = (
        {term: len(having) for term, having in pairs[name].items()}
        for name in ("departement", "region")
    )
    return keep("map", lambda: draw_map(departements, regions, Selection(())))


def _covered(year: str) -> Mapping[str, Covered]:
    """Return what the saved query says of `year`, by the code of the région."""
    known = facets()
    rows = this_site().answers(_QUERY, {"year": ox.Literal(year, datatype=_YEAR)})
    return {known.short("region", row["region"]): _row(row, year) for row in rows}


def _row(row: ox.QuerySolution, year: str) -> Covered:
    name = row["region"].value.rpartition("/")[2]
    return Covered(
        int(row["contracts"].value),
        int(row["population"].value),
        float(row["share"].value),
        row["bound"].value != "exactement",
        saved(_QUERY, year=year, region=name),
    )
