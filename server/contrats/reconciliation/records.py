"""The quads of a release -> what can be found: names, types, codes, and where each thing is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.reconciliation.kinds import ACTOR, TYPES, Type
from contrats.vocabulary import BASE, EXTERNAL, compact, expand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.store import Term

ID: Final = f"{BASE}id/"
KINDS: Final = ("actor", "contract", "plan", "population", "territory", "theme")
_KIND_OF_TYPE: Final = f"{ID}actor-type/"
_NAMES: Final = {
    f"{EXTERNAL['dcterms']}title": 0,
    f"{EXTERNAL['skos']}prefLabel": 0,
    f"{EXTERNAL['skos']}altLabel": 1,
    f"{EXTERNAL['igeo']}nom": 1,
}
_ENGLISH: Final = 2
_CODES: Final = (
    f"{EXTERNAL['igeo']}codeINSEE", f"{EXTERNAL['dcterms']}identifier",
    f"{EXTERNAL['skos']}notation",
)  # fmt: skip
_IDENTIFIER: Final = f"{EXTERNAL['adms']}identifier"
_TYPES: Final = (
    f"{EXTERNAL['rdf']}type", f"{EXTERNAL['org']}classification", f"{EXTERNAL['skos']}inScheme",
)  # fmt: skip
_PLACE: Final = f"{EXTERNAL['dcterms']}spatial"
_WITHIN: Final = (
    f"{EXTERNAL['igeo']}subdivisionDe", f"{BASE}def#inDepartement", f"{BASE}def#inRegion",
    f"{BASE}def#locatedIn",
)  # fmt: skip


_CHANGE: Final = f"{EXTERNAL['org']}resultingOrganization"
_LABEL: Final = f"{EXTERNAL['skos']}prefLabel"
_READ: Final = frozenset({*_NAMES, *_CODES, *_TYPES, *_WITHIN, _PLACE, _IDENTIFIER, _CHANGE})
_CLASSES: Final = {expand(each.id): each.id for each in TYPES}
_OF_CLASS: Final = frozenset(each.id for each in TYPES)


@dataclass(slots=True)
class Record:
    """What is known of one thing; `places` are the territories that it is about or in.

    `within` are others around it; all are names such as `departement-26`. `changed` tells that it
    came out of a merger or another change: what is said of it may be of those before.
    """

    id: str
    names: dict[str, int] = field(default_factory=dict)
    """By name its rank: 0 for the first, 1 for another one, 2 for one in English."""
    types: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    identifiers: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    within: set[str] = field(default_factory=set)
    type: str = ""
    """The one type that tells most: that of a body, else the class."""
    changed: bool = False


@dataclass(slots=True)
class _Found:
    """What is gathered while quads are read."""

    things: dict[str, Record] = field(default_factory=dict)
    notations: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    changed: set[str] = field(default_factory=set)


def read_records(quads: Iterable[ox.Quad]) -> tuple[list[Record], list[Type]]:
    """Return the things that can be found, those of one type together, and all types.

    A thing without a French or untagged name, or of no type that we know, is left out. The order
    depends on what the quads say, not on theirs.
    """
    found = _Found()
    for quad in quads:
        predicate = quad.predicate.value
        if predicate in _READ and isinstance(quad.subject, ox.NamedNode):
            _read(found, quad.subject.value, predicate, quad.object)
    said = [(name, names) for name, names in sorted(found.labels.items()) if "fr" in names]
    bodies = [Type(name, names["fr"], names.get("en", names["fr"]), ACTOR) for name, names in said]
    types = [TYPES[0], *bodies, *TYPES[1:]]
    order = {each.id: place for place, each in enumerate(types)}
    for each in found.things.values():
        each.types.intersection_update(order)
    kept = [each for each in found.things.values() if _is_whole(each)]
    for each in kept:
        each.type = min(each.types, key=lambda name: (name in _OF_CLASS, order[name]))
        each.changed = each.id in found.changed
        each.codes.update(code for node in each.identifiers for code in found.notations[node])
        if each.id.startswith("territory/"):
            each.places = {each.id.removeprefix("territory/")}
    return sorted(kept, key=lambda each: (order[each.type], each.id)), types


def _read(found: _Found, subject: str, predicate: str, value: Term) -> None:
    """Add what one statement says."""
    name = subject.removeprefix(ID)
    kind = name.partition("/")[0]
    if kind in KINDS:
        record = found.things.get(name)
        if record is None:
            record = found.things[name] = Record(name)
        _add(record, predicate, value)
    elif kind == "identifier" and isinstance(value, ox.Literal):
        found.notations[subject].add(value.value)
    elif kind == "actor-type" and predicate == _LABEL and isinstance(value, ox.Literal):
        found.labels[compact(subject)][value.language or "fr"] = value.value
    elif predicate == _CHANGE and isinstance(value, ox.NamedNode):
        found.changed.add(value.value.removeprefix(ID))


def _add(record: Record, predicate: str, value: Term) -> None:
    """Add what one statement says to `record`."""
    if isinstance(value, ox.Literal):
        if predicate in _NAMES:
            rank = _ENGLISH if value.language == "en" else _NAMES[predicate]
            record.names[value.value] = min(rank, record.names.get(value.value, rank))
        elif predicate in _CODES:
            record.codes.add(value.value)
    elif isinstance(value, ox.NamedNode):
        if predicate == _IDENTIFIER:
            record.identifiers.add(value.value)
        elif predicate == _PLACE:
            record.places.add(value.value.removeprefix(f"{ID}territory/"))
        elif predicate in _WITHIN:
            record.within.add(value.value.removeprefix(f"{ID}territory/"))
        elif value.value in _CLASSES:
            record.types.add(_CLASSES[value.value])
        elif value.value.startswith(_KIND_OF_TYPE):
            record.types.add(compact(value.value))


def _is_whole(record: Record) -> bool:
    return bool(record.types) and any(rank < _ENGLISH for rank in record.names.values())
