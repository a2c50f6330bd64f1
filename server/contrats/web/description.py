"""The described quads, indexed to be read: what a view asks instead of the store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.vocabulary import BASE, PREFIXES, compact
from contrats.web.naming import compose_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DERIVED: Final = f"{BASE}graph/derived"
_NAMES: Final = ("skos:prefLabel", "dcterms:title", "igeo:nom", "foaf:name", "rdfs:label")


def expand(name: str) -> str:
    """Return the IRI of the prefixed name `name`, whose prefix is one of ours."""
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest


@dataclass(frozen=True, slots=True)
class Description:
    """Everything a page may say; properties are prefixed names, things are IRIs."""

    iri: str
    forward: Mapping[tuple[str, str], tuple[ox.NamedNode | ox.Literal, ...]]
    backward: Mapping[tuple[str, str], tuple[str, ...]]
    properties: Mapping[str, tuple[str, ...]]
    derived: frozenset[tuple[str, str, str]]

    def values(self, thing: str, name: str) -> tuple[ox.NamedNode | ox.Literal, ...]:
        """Return every value of the property `name` of `thing`, in a stable order."""
        return self.forward.get((thing, expand(name)), ())

    def iris(self, thing: str, name: str) -> tuple[str, ...]:
        """Return the things that `thing` leads to by `name`, by their stated position, then IRI."""
        found = [v.value for v in self.values(thing, name) if isinstance(v, ox.NamedNode)]
        return self.in_order(found)

    def iri_of(self, thing: str, name: str) -> str | None:
        """Return the first thing that `thing` leads to by `name`."""
        return next(iter(self.iris(thing, name)), None)

    def literal(self, thing: str, name: str) -> ox.Literal | None:
        """Return the French literal of `name`, else one without language, else the first."""
        found = [v for v in self.values(thing, name) if isinstance(v, ox.Literal)]
        ranked = sorted(found, key=lambda v: ({"fr": 0, None: 1}.get(v.language, 2), v.value))
        return next(iter(ranked), None)

    def text(self, thing: str, name: str) -> str | None:
        """Return the text of `literal`."""
        found = self.literal(thing, name)
        return found.value if found is not None else None

    def texts(self, thing: str, name: str) -> tuple[str, ...]:
        """Return the texts of every literal of `name` that is in French or in no language."""
        found = [v for v in self.values(thing, name) if isinstance(v, ox.Literal)]
        return tuple(v.value for v in found if v.language in {None, "fr"})

    def number(self, thing: str, name: str) -> int | None:
        """Return the integer value of `name`."""
        found = self.text(thing, name)
        return int(found) if found is not None and found.lstrip("+-").isdigit() else None

    def true(self, thing: str, name: str) -> bool:
        """Tell whether `name` is stated to be true; false when it is false or not stated."""
        return self.text(thing, name) in {"true", "1"}

    def leading_to(self, thing: str, name: str) -> tuple[str, ...]:
        """Return the things that lead to `thing` by `name`, by their stated position, then IRI."""
        return self.in_order(self.backward.get((thing, expand(name)), ()))

    def is_a(self, thing: str, name: str) -> bool:
        """Tell whether `thing` is stated to be of the class `name`."""
        return any(v.value == expand(name) for v in self.values(thing, "rdf:type"))

    def in_order(self, things: Iterable[str]) -> tuple[str, ...]:
        """Return `things` by their position in the source, then their number, then their IRI."""
        return tuple(sorted(set(things), key=lambda iri: (*self._rank(iri), iri)))

    def _rank(self, iri: str) -> tuple[int, int]:
        last = 10_000
        position = self.number(iri, "schema:position")
        number = self.number(iri, "cls:priorityNumber")
        return (last if position is None else position, last if number is None else number)

    def label(self, iri: str) -> str:
        """Return the French name of `iri`, else one made of what is known of it, else its IRI."""
        for name in _NAMES:
            found = self.text(iri, name)
            if found is not None:
                return found
        return compose_name(self, iri) or self.text(iri, "cls:nameInSource") or compact(iri)

    def label_in(self, iri: str, language: str) -> str | None:
        """Return the name of `iri` in `language`, None when none is stated."""
        for name in _NAMES:
            for value in self.values(iri, name):
                if isinstance(value, ox.Literal) and value.language == language:
                    return value.value
        return None

    def lines(self, place: str) -> str | None:
        """Return "ligne 3" or "lignes 3 à 5" for a place in a document, counted from 1."""
        first, last = self.number(place, "cls:firstLine"), self.number(place, "cls:lastLine")
        if first is None:
            return None
        return f"ligne {first}" if last in {None, first} else f"lignes {first} à {last}"

    def is_derived(self, thing: str, predicate: str, value: ox.NamedNode | ox.Literal) -> bool:
        """Tell whether the statement was derived by a rule, and is in no other graph."""
        return (thing, predicate, str(value)) in self.derived


def read_description(iri: str, quads: Iterable[ox.Quad]) -> Description:
    """Return the description of `iri` made of `quads`, blank nodes left out."""
    forward: defaultdict[tuple[str, str], set[ox.NamedNode | ox.Literal]] = defaultdict(set)
    backward: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    stated: set[tuple[str, str, str]] = set()
    derived: set[tuple[str, str, str]] = set()
    for quad in quads:
        value = quad.object
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        if not isinstance(value, ox.NamedNode | ox.Literal):
            continue
        subject, predicate = quad.subject.value, quad.predicate.value
        forward[subject, predicate].add(value)
        if isinstance(value, ox.NamedNode):
            backward[value.value, predicate].add(subject)
        is_derived = str(quad.graph_name) == f"<{DERIVED}>"
        (derived if is_derived else stated).add((subject, predicate, str(value)))
    return Description(
        iri,
        {key: tuple(sorted(found, key=str)) for key, found in forward.items()},
        {key: tuple(sorted(found)) for key, found in backward.items()},
        _properties(forward),
        frozenset(derived - stated),
    )


def _properties(forward: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the properties of each subject, sorted."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for subject, predicate in forward:
        found[subject].add(predicate)
    return {subject: tuple(sorted(names)) for subject, names in found.items()}
