"""The map of contracts: départements and the borders of régions, or tiles where no outline is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flask import current_app

from contrats.search import stem
from contrats.web.facet_panel import name_of
from contrats.web.kept import keep
from contrats.web.outlines import BUNDLE, Outlines, read_outlines
from contrats.web.selection import facets
from contrats.web.site import this_site
from contrats.web.tongue import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.facets import Term
    from contrats.web.behind import Behind
    from contrats.web.selection import Selection

_CLASSES: Final = (1, 2, 4, 7)
"""The least number of contracts of each shade; fewer than the first is no contract known."""
_REGION_CLASSES: Final = (1, 5, 13, 25)
_TILE: Final = (58, 40)
_TILES_AT: Final = (4, 388)
"""Where the tiles of the territories overseas stand, in the Atlantic."""
_ACROSS: Final = 2
_SQUARE: Final = 60
_SHORT: Final = {
    "32": ("HDF", 183, 2), "28": ("NOR", 121, 64), "11": ("IDF", 183, 64), "44": ("GES", 245, 64),
    "53": ("BRE", 28, 126), "52": ("PDL", 90, 126), "24": ("CVL", 152, 126),
    "27": ("BFC", 214, 126), "75": ("NAQ", 121, 188), "84": ("ARA", 183, 188),
    "76": ("OCC", 121, 250), "93": ("PAC", 183, 250), "94": ("COR", 245, 272),
    "01": ("GLP", 2, 346), "02": ("MTQ", 64, 346), "03": ("GUF", 126, 346),
    "04": ("REU", 188, 346), "06": ("MYT", 250, 346), "978": ("SMA", 312, 346),
}  # fmt: skip
"""The short names of régions, and where their tiles stand."""


@dataclass(frozen=True, slots=True)
class Area:
    """One territory: how many contracts lie in it, where its list is, and how it is drawn."""

    code: str
    name: str
    language: str | None
    """That of the name, None when it is that of the page."""
    count: int
    path: str
    behind: Behind
    shade: int
    outline: str = ""
    x: int = 0
    y: int = 0
    region: str = ""
    """The code of its région."""

    @property
    def said(self) -> str:
        """Return the name and the number of contracts, in words when none is known."""
        if not self.count:
            return _("%(name)s : aucun contrat retrouvé", name=self.name)
        return ngettext(
            "%(name)s : %(num)s contrat ou acte", "%(name)s : %(num)s contrats ou actes",
            self.count, name=self.name,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """A map: areas with outlines, tiles for those without any; all by name for the table."""

    width: int
    height: int
    areas: tuple[Area, ...]
    tiles: tuple[Area, ...]
    tile: tuple[int, int]
    borders: tuple[str, ...]
    legend: tuple[tuple[int, str], ...]
    departements: tuple[Area, ...]
    regions: tuple[Area, ...]

    @property
    def is_drawn(self) -> bool:
        """Tell whether the outlines are there."""
        return bool(self.areas)


def draw_map(
    departements: Mapping[Term, int], regions: Mapping[Term, int], selection: Selection
) -> MapDrawing:
    """Return the map of these numbers of contracts, each area leading to its list."""
    outlines, lie = find_outlines(), _lie()
    all_departements = _areas("departement", departements, selection, _CLASSES, outlines, lie)
    all_regions = _areas("region", regions, selection, _REGION_CLASSES, None, {})
    if outlines is None:
        tiles = tuple(
            _moved(area, *_SHORT[area.code]) for area in all_regions if area.code in _SHORT
        )
        return MapDrawing(
            372, 408, (), tiles, (_SQUARE, _SQUARE), (), _legend(_REGION_CLASSES),
            all_departements, all_regions,
        )  # fmt: skip
    apart = {area.code for area in all_departements if area.outline}
    overseas = [area for area in all_departements if area.code not in apart]
    overseas += [area for area in all_regions if area.code not in set(lie.values())]
    tiles = tuple(_moved(area, area.code, *_place(n)) for n, area in enumerate(overseas))
    return MapDrawing(
        outlines.width, outlines.height, tuple(a for a in all_departements if a.outline), tiles,
        _TILE, _borders(), _legend(_CLASSES), all_departements, all_regions,
    )  # fmt: skip


def find_outlines() -> Outlines | None:
    """Return the outlines that the build brought, None when it could not."""
    return keep("outlines", lambda: read_outlines(Path(current_app.static_folder or "") / BUNDLE))


def _areas(  # noqa: PLR0913, PLR0917 -- all that an area is made of
    field: str,
    counts: Mapping[Term, int],
    selection: Selection,
    classes: tuple[int, ...],
    outlines: Outlines | None,
    lie: Mapping[str, str],
) -> tuple[Area, ...]:
    """Return the areas of a facet, those without contracts among them, by name."""
    known = facets()
    terms = {known.short(field, term): term for term in counts}
    terms |= {code: each for code in lie if (each := known.term(field, code)) is not None}
    paths = _paths() if outlines else {}
    found = []
    for code, term in terms.items():
        count, chosen = counts.get(term, 0), selection.having(field, code)
        shade = sum(count >= least for least in classes)
        found.append(
            Area(
                code,
                *name_of(field, term),
                count,
                chosen.path(),
                chosen.behind,
                shade,
                paths.get(code, ""),
                region=lie.get(code, ""),
            )
        )
    return tuple(sorted(found, key=lambda area: stem(area.name)))


def _lie() -> Mapping[str, str]:
    """Return the code of the région of each département by its own."""
    return keep("régions of départements", _read_lie)


def _read_lie() -> dict[str, str]:
    site = this_site()
    known = facets()
    return {
        row["code"].value.lower(): known.short("region", row["region"])
        for row in site.queries.rows(site.store, "departements")
    }


def _paths() -> Mapping[str, str]:
    """Return the outline of each département that has one."""
    outlines = find_outlines()
    return keep(
        "paths", lambda: {c: outlines.path([c]) for c in outlines.rings} if outlines else {}
    )


def _borders() -> tuple[str, ...]:
    """Return the outline of each région."""
    return keep("borders", _read_borders)


def _read_borders() -> tuple[str, ...]:
    outlines, parts = find_outlines(), defaultdict(list)
    for code, region in _lie().items():
        parts[region].append(code)
    found = (outlines.path(codes) for codes in parts.values()) if outlines else ()
    return tuple(path for path in found if path)


def _moved(area: Area, code: str, x: int, y: int) -> Area:
    """Return `area` as a tile at a place, under a short name."""
    return replace(area, code=code, outline="", x=x, y=y)


def _place(nth: int) -> tuple[int, int]:
    row, column = divmod(nth, _ACROSS)
    return _TILES_AT[0] + column * (_TILE[0] + 4), _TILES_AT[1] + row * (_TILE[1] + 4)


def _legend(classes: tuple[int, ...]) -> tuple[tuple[int, str], ...]:
    """Return each shade with the numbers that it stands for."""
    spans = [
        _("%(first)s à %(last)s", first=low, last=high - 1) if high - low > 1 else str(low)
        for low, high in pairwise(classes)
    ]
    said = [_("aucun retrouvé"), *spans, _("%(num)s ou plus", num=classes[-1])]
    return tuple(enumerate(said))
