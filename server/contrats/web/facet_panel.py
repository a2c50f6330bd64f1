"""The panel of facets beside the list of contracts: what may be chosen, and how many have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.facets import UNSTATED
from contrats.search import stem
from contrats.web.dates import in_words
from contrats.web.description import Description
from contrats.web.kept import keep
from contrats.web.parts import data_language
from contrats.web.selection import facets
from contrats.web.site import this_site
from contrats.web.tongue import ENGLISH, _, mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contrats.facets import Chosen, Term
    from contrats.web.behind import Behind
    from contrats.web.selection import Selection

TITLES: Final = {
    "region": mark("Région"),
    "departement": mark("Département"),
    "kind": mark("Échelle du territoire"),
    "stage": mark("État"),
    "theme": mark("Thème d’une priorité"),
    "population": mark("Population visée"),
    "signatory": mark("Type de signataire"),
    "inforce": mark("En vigueur"),
    "start": mark("Année de début"),
    "plan": mark("Lien au projet régional"),
    "evaluation": mark("Évaluation"),
}
"""The facets in the order of the panel."""
_OPEN: Final = frozenset({"region", "departement", "stage", "theme", "inforce"})
"""Those that are unfolded though nothing of them is chosen."""
_NOTES: Final = {
    "theme": mark(
        "Classement éditorial. Au moins ces nombres : la plupart des listes de priorités sont "
        "partielles ou inconnues."
    ),
    "population": mark(
        "Au moins ces nombres : la plupart des listes de priorités sont partielles ou inconnues."
    ),
    "signatory": mark(
        "Au moins ces nombres : la plupart des listes de signataires sont partielles ou inconnues."
    ),
    "inforce": mark("Seulement les contrats signés dont le début et la fin sont connus."),
    "plan": mark("« Aligné » : une priorité en est rapprochée, à titre éditorial."),
}
WORDS: Final = {
    ("stage", "signed"): mark("Contrats signés"),
    ("stage", "preparatory"): mark("Actes préparatoires"),
    ("kind", "commune"): mark("commune"),
    ("kind", "epci"): mark("intercommunalité (EPCI)"),
    ("kind", "group"): mark("groupe de communes, pays, PETR"),
    ("plan", "implements"): mark("le met en œuvre, selon la source"),
    ("plan", "refers"): mark("le cite"),
    ("plan", "aligned"): mark("aligné sur l’un de ses éléments"),
    ("plan", UNSTATED): mark("aucun lien connu"),
    ("evaluation", "known"): mark("évaluation connue"),
    ("evaluation", UNSTATED): mark("aucune évaluation connue"),
}
_DATES: Final = ("#date", "#gYearMonth")
_YEARS: Final = frozenset({"inforce", "start"})
_FIRST: Final = 7
"""Options that are shown before the fold."""


@dataclass(frozen=True, slots=True)
class Option:
    """One box: how many contracts have it, the other facets as chosen, and whether it is on."""

    value: str
    name: str
    language: str | None
    count: int
    behind: Behind
    on: bool
    unstated: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One facet; `rest` are the options behind the fold."""

    field: str
    title: str
    note: str | None
    options: tuple[Option, ...]
    rest: tuple[Option, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A value that is chosen, and the list without it."""

    title: str
    name: str
    language: str | None
    without: str


def panels(
    chosen: Chosen, selection: Selection, counts: Mapping[str, Mapping[Term, int]]
) -> tuple[Panel, ...]:
    """Return the facets in order; an option that would give nothing is left out unless it is on."""
    return tuple(_panel(field, chosen.get(field, []), selection, counts[field]) for field in TITLES)


def chips(chosen: Chosen, selection: Selection) -> tuple[Chip, ...]:
    """Return what is chosen, each with the address that takes it away."""
    found = ((field, term) for field in TITLES for term in chosen.get(field, ()))
    return tuple(
        Chip(
            _(TITLES[field]), *name_of(field, term),
            selection.without(field, facets().short(field, term)).path(),
        )
        for field, term in found
    )  # fmt: skip


def name_of(field: str, term: Term) -> tuple[str, str | None]:
    """Return how a page calls the value `term` of a facet, and the language of that name."""
    if isinstance(term, ox.NamedNode):
        found = keep("names of values", dict[str, tuple[str, str | None]])
        if term.value not in found:
            d = Description(term.value, this_site().statements)
            spoken = data_language(d.label_in(term.value, ENGLISH))
            found[term.value] = (d.label(term.value), spoken)
        return found[term.value]
    said = WORDS.get((field, term.value))
    if said is None and term.value == UNSTATED:
        said = mark("non précisé")
    return (_(said) if said else in_words(term.value)), None


def _panel(
    field: str, on: Sequence[Term], selection: Selection, counts: Mapping[Term, int]
) -> Panel:
    shown = {term: count for term, count in counts.items() if count or term in on}
    shown |= {term: 0 for term in on if term not in shown and _is_listed(term)}
    options = [_option(field, term, count, term in on, selection) for term, count in shown.items()]
    options.sort(key=lambda each: _place(field, each))
    cut = len(options) if len(options) <= _FIRST + 2 else _FIRST
    return Panel(
        field,
        _(TITLES[field]),
        _(_NOTES[field]) if field in _NOTES else None,
        tuple(options[:cut]),
        tuple(options[cut:]),
        bool(on) or field in _OPEN,
    )


def _is_listed(term: Term) -> bool:
    """Tell whether `term` is one of a list: there is no list of days or months."""
    return not (isinstance(term, ox.Literal) and term.datatype.value.endswith(_DATES))


def _option(field: str, term: Term, count: int, on: bool, selection: Selection) -> Option:  # noqa: FBT001 -- whether a box is on
    short = facets().short(field, term)
    behind = selection.having(field, short).behind
    return Option(short, *name_of(field, term), count, behind, on, term.value == UNSTATED)


def _place(field: str, option: Option) -> tuple[object, ...]:
    """Return what options are ordered by: those that are on, years from the last, else by count."""
    year = -int(option.value) if field in _YEARS and option.value.isdigit() else 0
    return (not option.on, option.unstated, year, -option.count, stem(option.name))
