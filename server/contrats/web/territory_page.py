"""The page of a territory: its contracts, those within and around it, what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.search import stem
from contrats.vocabulary import BASE
from contrats.web.backing import about
from contrats.web.page_query import asked
from contrats.web.parts import Fact, Link, fact, link_to
from contrats.web.stages import is_contract
from contrats.web.territory_acts import Act, acts_of, ways_of
from contrats.web.territory_themes import ThemeRow, themes_of
from contrats.web.tongue import _, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contrats.web.behind import Behind
    from contrats.web.description import Description

SIGNED: Final = ox.NamedNode(f"{BASE}id/stage/signed")
_SCALES: Final = {
    "igeo:Commune": mark("Commune"),
    "igeo:Intercommunalite": mark("Intercommunalité"),
    "igeo:Departement": mark("Département"),
    "igeo:Region": mark("Région"),
    "igeo:CollectiviteDOutreMer": mark("Collectivité d’outre-mer"),
}


@dataclass(frozen=True, slots=True)
class Around:
    """A territory that this one lies in, or that lies in it, and how many contracts are there."""

    scale: str
    link: Link
    contracts: int
    behind: Behind


@dataclass(frozen=True, slots=True)
class TerritoryPage:
    """What the template shows of a territory."""

    scale: str | None
    facts: tuple[Fact, ...]
    covered: str | None
    """The years in which a known contract is in force."""
    signed: tuple[Act, ...]
    preparatory: tuple[Act, ...]
    around: tuple[Around, ...]
    within: tuple[Around, ...]
    neighbours: tuple[Act, ...]
    """For a commune, the other contracts of its département."""
    themes: tuple[ThemeRow, ...]
    behind: Mapping[str, Behind]


def territory_page(d: Description) -> TerritoryPage:
    """Return the page of the territory that `d` describes."""
    place = d.iri
    ways = ways_of(d, place)
    acts = acts_of(d, ways)
    above = _above(d, place)
    department = next((a for a in above if d.is_a(a, "igeo:Departement")), None)
    near = ways_of(d, department) if department and d.is_a(place, "igeo:Commune") else {}
    return TerritoryPage(
        scale_of(d, place),
        _facts(d, place),
        _covered(d, place),
        tuple(a for a in acts if a.stage is None),
        tuple(a for a in acts if a.stage is not None),
        tuple(_around(d, each) for each in above),
        tuple(_around(d, each) for each in _within(d, place, ways)),
        acts_of(d, {act: way for act, way in near.items() if act not in ways}),
        themes_of(d, place, [act for act in ways if is_contract(d, act)]),
        {
            "about": about(place),
            "contracts": _question(d, place),
            "signed": _question(d, place, act=SIGNED),
            "near": _question(d, department or place),
        },
    )


def scale_of(d: Description, place: str) -> str | None:
    """Return the name of the scale of `place`, None for a group that has no name of its own."""
    return next((_(name) for kind, name in _SCALES.items() if d.is_a(place, kind)), None)


def _facts(d: Description, place: str) -> tuple[Fact, ...]:
    rows = [
        ("igeo:nom", _("Nom")),
        ("igeo:codeINSEE", _("Code officiel géographique")),
        ("cls:population", _("Population")),
        ("cls:populationOfCommunes", _("Population de ses communes")),
        ("igeo:subdivisionDe", _("Fait partie de")),
        ("cls:locatedIn", _("Se trouve dans")),
        ("dcterms:hasPart", _("Comprend")),
        ("cls:memberName", _("Membres que nomme la source")),
        ("skos:note", _("Note")),
    ]
    return tuple(fact(d, place, name, title) for name, title in rows if d.values(place, name))


def _covered(d: Description, place: str) -> str | None:
    """Return "2012-2017, 2019-2027" for the years in which a known contract covers `place`."""
    years = sorted(int(v.value) for v in d.values(place, "cls:coveredInYear") if v.value.isdigit())
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    said = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    return ", ".join(said) or None


def _above(d: Description, place: str) -> tuple[str, ...]:
    """Return the territories that `place` lies in, the smallest first."""
    found = set(d.iris(place, "igeo:subdivisionDe")) | set(d.iris(place, "cls:locatedIn"))
    if d.is_a(place, "igeo:Intercommunalite"):
        for commune in d.leading_to(place, "igeo:subdivisionDe"):
            found |= set(d.iris(commune, "igeo:subdivisionDe")) - {place}
    return _in_scale(d, found)


def _within(d: Description, place: str, acts: Iterable[str]) -> tuple[str, ...]:
    """Return the territories within `place` where a contract lies: départements, or communes."""
    if d.is_a(place, "igeo:Region"):
        found = {each for act in acts for each in d.iris(act, "cls:inDepartement")}
        return _in_scale(d, {each for each in found if place in d.iris(each, "igeo:subdivisionDe")})
    if not d.is_a(place, "igeo:Intercommunalite"):
        return _in_scale(d, set(d.iris(place, "dcterms:hasPart")))
    communes = d.leading_to(place, "igeo:subdivisionDe")
    direct = (c for c in communes if d.leading_to(c, "dcterms:spatial"))
    return _in_scale(d, {c for c in direct if ways_of(d, c)})


def _in_scale(d: Description, places: Iterable[str]) -> tuple[str, ...]:
    order = list(_SCALES)

    def rank(place: str) -> tuple[int, list[str]]:
        scale = next((n for n, kind in enumerate(order) if d.is_a(place, kind)), len(order))
        return scale, stem(d.label(place))

    return tuple(sorted(places, key=rank))


def _around(d: Description, place: str) -> Around:
    signed = sum(is_contract(d, act) for act in ways_of(d, place))
    return Around(
        scale_of(d, place) or "", link_to(d, place), signed, _question(d, place, act=SIGNED)
    )


def _question(d: Description, place: str, **terms: ox.NamedNode) -> Behind:
    grouped = d.is_a(place, "igeo:Intercommunalite")
    name = "intercommunality-contracts" if grouped else "territory-contracts"
    return asked(name, iri=ox.NamedNode(place), **terms)
