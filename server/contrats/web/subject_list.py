"""The lists of themes and of populations: cross tables with the regions and the years of start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response

from contrats.parameter import short_name
from contrats.search import stem
from contrats.web import address, negotiation, views
from contrats.web.backing import listed, question, region_question
from contrats.web.behind import saved
from contrats.web.description import Description
from contrats.web.kept import kept_page
from contrats.web.media import HTML
from contrats.web.parts import Head, Link, link_to
from contrats.web.site import this_site
from contrats.web.subject_table import POPULATIONS, THEMES, Kind, Tally, subjects_of, tally
from contrats.web.tongue import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.web.behind import Behind

routes = Blueprint("subjects", __name__)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of contracts, at least, where it leads, and the query behind it."""

    number: int
    path: str | None
    behind: Behind


@dataclass(frozen=True, slots=True)
class Row:
    """One subject: in all, then one cell a column, None where no contract is known."""

    link: Link
    total: Cell | None
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One cross table; `base` is the row of the contracts of which a priority is classified."""

    columns: tuple[Link, ...]
    base: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SubjectList:
    """What the template shows of all subjects of a kind."""

    count: int
    regions: Table
    years: Table
    behind: Mapping[str, Behind]


@routes.get("/themes")
def themes() -> Response:
    """Answer with the themes, by region and by year."""
    lede = _(
        "Sur quoi portent les priorités des contrats, d’après un classement éditorial de celles "
        "que l’on connaît."
    )
    return _page(THEMES, _("Thèmes"), lede)


@routes.get("/populations")
def populations() -> Response:
    """Answer with the populations, by region and by year."""
    lede = _(
        "Qui les priorités des contrats nomment, d’après les mots de celles que l’on connaît. Une "
        "priorité qui ne nomme personne est muette, elle ne vise pas tout le monde."
    )
    return _page(POPULATIONS, _("Populations"), lede)


def _page(kind: Kind, title: str, lede: str) -> Response:
    crumbs = (Link(_("Accueil"), address.local("/")),)
    head = Head(title, _("Lire"), lede, "", (), crumbs)
    variant = negotiation.choose((HTML,))

    def make() -> str:
        found = subject_list(kind)
        return views.render("subjects.html", "themes", head=head, page=found, facet=kind.facet)

    return negotiation.reply(kept_page(make), variant)


def subject_list(kind: Kind) -> SubjectList:
    """Return the cross tables of all subjects of `kind`."""
    d = Description("", this_site().statements)
    counts = tally(d)
    subjects = subjects_of(d, kind)
    every = counts.described()
    places = {region for each in every for region in counts.regions[each]}
    regions = sorted(places, key=lambda each: stem(d.label(each)))
    return SubjectList(
        len(subjects),
        _by_region(d, kind, counts, subjects, regions),
        _by_year(d, kind, counts, subjects, sorted(set(counts.years.values()))),
        {
            "all": saved("themes-covered" if kind is THEMES else "populations-named"),
            "regions": saved("contracts-on-a-subject"),
            "years": saved("contracts-on-a-subject-by-year"),
        },
    )


def _by_region(
    d: Description, kind: Kind, counts: Tally, subjects: tuple[str, ...], regions: list[str]
) -> Table:
    def cell(subject: str, region: str) -> Cell | None:
        path = listed(**{kind.facet: short_name(subject), "region": _code(d, region)})
        behind = region_question("contracts-on-a-subject", region, subject=subject)
        return _cell(counts.in_region(subject, region), path, behind)

    base = tuple(
        _cell(
            counts.described_in_region(region), None,
            region_question("contracts-on-a-subject", region),
        )
        for region in regions
    )  # fmt: skip
    rows = tuple(
        Row(link_to(d, s), _total(kind, counts, s), tuple(cell(s, region) for region in regions))
        for s in subjects
    )
    return Table(tuple(link_to(d, region) for region in regions), _base(counts, base), rows)


def _by_year(
    d: Description, kind: Kind, counts: Tally, subjects: tuple[str, ...], years: list[str]
) -> Table:
    def cell(subject: str, year: str) -> Cell | None:
        behind = saved("contracts-on-a-subject-by-year", subject=short_name(subject), year=year)
        return _cell(counts.in_year(subject, year), None, behind)

    base = tuple(
        _cell(
            counts.described_in_year(year), None, saved("contracts-on-a-subject-by-year", year=year)
        )
        for year in years
    )
    rows = tuple(
        Row(link_to(d, s), _total(kind, counts, s), tuple(cell(s, year) for year in years))
        for s in subjects
    )
    return Table(tuple(Link(year, None) for year in years), _base(counts, base), rows)


def _base(counts: Tally, cells: tuple[Cell | None, ...]) -> Row:
    """Return the row of all contracts of which a priority is classified."""
    total = _cell(len(counts.described()), None, saved("contracts-on-a-subject"))
    return Row(Link(_("Contrats dont une priorité est classée"), None), total, cells)


def _total(kind: Kind, counts: Tally, subject: str) -> Cell | None:
    path = listed(**{kind.facet: short_name(subject)})
    number = len(counts.contracts[subject])
    return _cell(number, path, question("contracts-on-a-subject", subject=subject))


def _cell(number: int, path: str | None, behind: Behind) -> Cell | None:
    return Cell(number, path, behind) if number else None


def _code(d: Description, region: str) -> str:
    """Return what the list of contracts calls `region`."""
    return d.text(region, "igeo:codeINSEE") or short_name(region)
