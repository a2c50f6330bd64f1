"""The values of things as a client fetches them or compares with its own: one cell each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.reconciliation.folding import fold, key_of
from contrats.reconciliation.query import own_id
from contrats.vocabulary import BASE, PREFIXES
from contrats.web.description import Description
from contrats.web.reconcile_properties import BY_ID, OF_KIND
from contrats.web.site import this_site
from contrats.web.tongue import _, language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contrats.reconciliation.query import Value
    from contrats.reconciliation.things import Thing
    from contrats.web.reconcile_properties import Property

Cell = dict[str, str | int | float]
"""A value as the specification has it (section 7.5)."""
_ID: Final = f"{BASE}id/"
_DAY: Final = 10
"""Characters of a date that is known to the day."""


def values_of(identifier: str, wanted: Property) -> list[Cell]:
    """Return the values of a property of the thing `identifier`, in a stable order."""
    if OF_KIND.get(identifier.partition("/")[0]) not in wanted.of:
        return []
    d = Description("", this_site().statements)
    iri = f"{_ID}{identifier}"
    if wanted.id in _WORKED_OUT:
        return _WORKED_OUT[wanted.id](d, iri)
    steps = wanted.steps or (wanted.id,)
    things = [iri]
    for step in steps[:-1]:
        things = [found for thing in things for found in d.iris(thing, step)]
    return [cell for thing in things for cell in _cells(d, thing, steps[-1], wanted)]


def is_so(thing: Thing, pid: str, values: Sequence[Value]) -> bool | None:
    """Tell whether `thing` has one of `values` for the property `pid`; None when it has none.

    A thing is compared by identifier or by name, a text by its words, a date by its beginning.
    """
    cells = values_of(thing.id, BY_ID[pid])
    if not cells:
        return None
    return any(_is_same(cell, value) for cell in cells for value in values)


def _is_same(cell: Cell, value: Value) -> bool:
    if "id" in cell and value.id is not None:
        return cell["id"] == own_id(value.id)
    if "date" in cell:
        return str(cell["date"]).startswith(value.text[:_DAY])
    shown = str(cell.get("name") or cell.get("str") or cell.get("int") or cell.get("float") or "")
    if cell.get("id") == own_id(value.text) or shown == value.text.strip():
        return True
    words = key_of(fold(value.text).words)
    return bool(words) and key_of(fold(shown).words) == words


def _cells(d: Description, thing: str, name: str, wanted: Property) -> list[Cell]:
    """Return the values of the property `name` of `thing` as cells."""
    found = d.values(thing, name)
    if things := d.iris(thing, name):
        return [_thing_cell(d, iri, wanted) for iri in things]
    literals = [value for value in found if isinstance(value, ox.Literal)]
    own = [value for value in literals if value.language == language()]
    return [_literal_cell(value) for value in own or literals]


def _thing_cell(d: Description, iri: str, wanted: Property) -> Cell:
    """Return a thing: by identifier where it can be found here, else by name or address."""
    if wanted.type or iri.startswith(f"{_ID}plan/"):
        return {"id": iri.removeprefix(_ID), "name": d.label(iri)}
    return {"str": d.label(iri) if iri.startswith(BASE) else iri}


def _literal_cell(value: ox.Literal) -> Cell:
    """Return a literal: a date only where it is known to the day, else as the text it is."""
    kind = value.datatype.value.removeprefix(PREFIXES["xsd"])
    if kind == "date":
        return {"date": f"{value.value[:_DAY]}T00:00:00Z"}
    if kind == "integer":
        return {"int": int(value.value)}
    if kind in {"decimal", "double", "float"}:
        return {"float": float(value.value)}
    return {"str": value.value}


def _around(kind: str, name: str) -> Callable[[Description, str], list[Cell]]:
    """Return what gives the territories of a kind in which a thing is, or which it is in part."""

    def find(d: Description, iri: str) -> list[Cell]:
        found = set(d.iris(iri, name))
        for place in d.iris(iri, "dcterms:spatial"):
            found |= {place, *d.iris(place, "igeo:subdivisionDe")}
        found |= set(d.iris(iri, "igeo:subdivisionDe"))
        inside = sorted(each for each in found if each.startswith(f"{_ID}territory/{kind}-"))
        return [{"id": each.removeprefix(_ID), "name": d.label(each)} for each in inside]

    return find


def _count(name: str) -> Callable[[Description, str], list[Cell]]:
    """Return what counts the things that a thing leads to by `name`; none is no zero."""

    def find(d: Description, iri: str) -> list[Cell]:
        found = len(d.iris(iri, name))
        return [{"int": found}] if found else []

    return find


def _known(name: str) -> Callable[[Description, str], list[Cell]]:
    """Return what tells how complete a list is known to be."""

    def find(d: Description, iri: str) -> list[Cell]:
        said = d.text(iri, name)
        if said is None:
            return [{"str": _("non connue comme complète : au moins ceux-là")}]
        complete = said in {"true", "1"}
        return [{"str": _("complète") if complete else _("incomplète : au moins ceux-là")}]

    return find


_WORKED_OUT: Final[dict[str, Callable[[Description, str], list[Cell]]]] = {
    "iri": lambda _d, iri: [{"str": iri}],
    "intercommunality": _around("intercommunalite", "igeo:subdivisionDe"),
    "departement": _around("departement", "cls:inDepartement"),
    "region": _around("region", "cls:inRegion"),
    "signatories": _count("cls:hasSignatory"),
    "signatories-known": _known("cls:signatoryListComplete"),
    "priorities": _count("cls:hasPriority"),
    "priorities-known": _known("cls:priorityListComplete"),
}
