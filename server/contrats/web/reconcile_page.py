"""The page of the reconciliation service for people, and the preview that OpenRefine frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template

from contrats.reconciliation.places import PLACE
from contrats.reconciliation.query import Query, Value
from contrats.web import address, views
from contrats.web.listing import head_of
from contrats.web.reconcile_answers import (
    FEATURES,
    candidates_of,
    described,
    explained,
    name_of,
    this_index,
    type_title,
    types_of,
)
from contrats.web.reconcile_input import QUERIES
from contrats.web.reconcile_properties import PROPERTIES, properties_of
from contrats.web.reconcile_values import values_of
from contrats.web.tongue import _, is_english
from contrats.web.typography import set_french

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.reconciliation.things import Thing
    from contrats.web.reconcile_values import Cell

_MOST = 5
"""Candidates that the page shows."""
_LINES = 5
"""Facts of a preview."""
_LEFT_OUT = ("iri", "region", "cls:stage", "cls:generation", "dcterms:spatial")
"""Properties that the line below the name says already, or that say little."""
_LONG = 70
"""Characters of one fact."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A candidate as the page shows it."""

    name: str
    path: str
    id: str
    what: str
    score: str
    match: bool
    why: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What a reader tries: a name, a type, a place; and the candidates, None before it."""

    name: str
    type: str
    place: str
    found: tuple[Shown, ...] | None


def page_of(fields: Mapping[str, str]) -> str:
    """Return the page: what the service is, a form to try one name, how scores come about."""
    lede = _(
        "Vous avez un tableau avec des noms d’hôpitaux, de caisses, de communes ? Ce service "
        "retrouve de quoi chaque nom parle, et dit pourquoi. OpenRefine s’en sert."
    )
    head = head_of(_("Rapprocher des noms"), _("Données"), lede)
    types = [
        (span.type.id, type_title(span.type))
        for span in this_index().spans.values()
        if span.past > span.first
    ]
    return views.render(
        "reconcile.html",
        "data",
        head=head,
        service=address.public(address.shown("/reconcile")),
        tried=_try(fields),
        types=types,
        features=[(name, _(said)) for name, said in FEATURES.items()],
        properties=[(each.id, each.name) for each in PROPERTIES],
        most=QUERIES,
    )


def _try(fields: Mapping[str, str]) -> Tried:
    """Return what the form of the page asks, answered; an unknown type is left out."""
    name, place = (fields.get(each, "")[:200].strip() for each in ("name", "place"))
    wanted = fields.get("type", "")
    types = (wanted,) if wanted in this_index().spans else ()
    if not name:
        return Tried("", wanted, place, None)
    properties = ((PLACE, (Value(place),)),) if place else ()
    [found] = candidates_of([Query(name, types, _MOST, properties)])
    shown = (
        Shown(
            name_of(each.thing), address.local(f"/doc/{each.thing.id}"), each.thing.id,
            described(each.thing), f"{each.score:g}", each.match, explained(each),
        )
        for each in found
    )  # fmt: skip
    return Tried(name, wanted, place, tuple(shown))


def preview_of(thing: Thing) -> str:
    """Return a page of a few lines about `thing`, without script, for a frame."""
    found = types_of(thing)[-1].id
    wanted = [each for each in properties_of(found, [found]) if each.id not in _LEFT_OUT]
    facts: list[tuple[str, str]] = []
    for each in wanted:
        said = ", ".join(_said(cell) for cell in values_of(thing.id, each))
        if said and len(facts) < _LINES:
            facts.append((each.name, said if len(said) <= _LONG else f"{said[:_LONG]}…"))
    page = render_template(
        "reconcile_preview.html",
        name=name_of(thing),
        what=described(thing),
        path=address.public(address.shown(f"/doc/{thing.id}")),
        facts=facts,
    )
    return page if is_english() else set_french(page)


def _said(cell: Cell) -> str:
    """Return a value as a line of a preview has it."""
    if "date" in cell:
        return str(cell["date"])[:10]
    return str(cell.get("name") or cell.get("str") or cell.get("int") or cell.get("float") or "")
