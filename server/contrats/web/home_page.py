"""The home page: what there is, how much of it, where to begin, what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.facets import UNSTATED
from contrats.vocabulary import BASE
from contrats.web import address
from contrats.web.behind import Behind, saved
from contrats.web.kept import keep
from contrats.web.map_page import whole_map
from contrats.web.selection import Selection, facets, selection
from contrats.web.site import this_site
from contrats.web.tongue import _, mark

if TYPE_CHECKING:
    from contrats.web.map_drawing import MapDrawing

_FIGURES: Final = "figures"
_ASKED: Final = (
    (
        mark("Qui est parti entre les deux contrats de Valence ?"),
        mark("2012 et 2019 côte à côte : qui reste, qui sort, qui entre."),
        "/compare?c=valence-2012&c=valence-2019",
        ("contract/valence-2012", "contract/valence-2019"),
    ),
    (
        mark("Quels contrats de la Drôme ont une priorité de santé mentale ?"),
        mark("La liste, avec deux filtres que l’on change d’un clic."),
        "/contracts?departement=26&theme=sante-mentale",
        ("territory/departement-26", "theme/sante-mentale"),
    ),
    (
        mark("À quoi, dans le projet régional, aucun contrat ne répond-il ?"),
        mark("Les éléments du projet d’Auvergne-Rhône-Alpes sans priorité alignée."),
        "/doc/plan/prs-ara-2018#sans-contrat",
        ("plan/prs-ara-2018",),
    ),
)
"""Questions, what answers them and where, and the things that must be there."""
_SILENT: Final = {
    "signatory": mark("Signataires"),
    "theme": mark("Priorités"),
    "start": mark("Année de début"),
    "inforce": mark("Début et fin d’un contrat signé"),
    "plan": mark("Lien à un projet régional de santé"),
    "evaluation": mark("Évaluation"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """How much is described; those of `saved` are columns of the query behind."""

    signed: int
    signed_behind: Behind
    preparatory: int
    preparatory_behind: Behind
    actors: int
    priorities: int
    quoted: int
    saved: Behind


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that people have, and where its answer is."""

    text: str
    how: str
    path: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Of how many acts no source read says something."""

    title: str
    count: int
    behind: Behind
    percent: float


@dataclass(frozen=True, slots=True)
class HomePage:
    """What the template shows."""

    figures: Figures
    total: int
    every: Behind
    map: MapDrawing
    asked: tuple[Asked, ...]
    silent: tuple[Silence, ...]
    coverage: Behind
    today: str
    contract: str | None
    """A contract of which much is known, None where it is not described."""


def home_page() -> HomePage:
    """Return what the home page shows, the same for all of a release."""
    return keep("home", _make)


def _make() -> HomePage:
    every = facets().every
    known = this_site().statements.knows
    read_first = f"{BASE}id/contract/valence-2019"
    return HomePage(
        _figures(),
        len(every),
        Selection(()).behind,
        whole_map(),
        tuple(
            Asked(_(text), _(how), address.local(path))
            for text, how, path, things in _ASKED
            if all(known(f"{BASE}id/{thing}") for thing in things)
        ),
        tuple(_silence(field, title, len(every)) for field, title in _SILENT.items()),
        saved("coverage"),
        this_site().release.issued,
        address.path_of(read_first) if known(read_first) else None,
    )


def _figures() -> Figures:
    row = next(this_site().answers(_FIGURES))
    signed, preparatory = (selection(("stage", each)) for each in ("signed", "preparatory"))
    return Figures(
        int(row["contracts"].value), signed.behind,
        int(row["preparatory"].value), preparatory.behind,
        int(row["actors"].value), int(row["priorities"].value), int(row["quoted"].value),
        saved(_FIGURES),
    )  # fmt: skip


def _silence(field: str, title: str, total: int) -> Silence:
    count = len(facets().pairs[field].get(ox.Literal(UNSTATED), ()))
    known = 100 * (total - count) / total if total else 0
    return Silence(_(title), count, selection((field, UNSTATED)).behind, round(known, 1))
