"""What is said of things, in the words of the views: prefixed names, French first, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.statements import Statements, open_statements
from contrats.vocabulary import compact, expand
from contrats.web.naming import compose_name
from contrats.web.tongue import ENGLISH, FRENCH, _, is_english, language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from contrats.statements import Value

_NAMES: Final = ("skos:prefLabel", "dcterms:title", "igeo:nom", "foaf:name", "rdfs:label")
_LAST: Final = 10_000
"""The rank of what bears no position."""


@dataclass(frozen=True, slots=True)
class Description:
    """Everything a page may say; properties are prefixed names, things are IRIs.

    `iri` is the thing that the page is about; `statements` know all others too.
    """

    iri: str
    statements: Statements
    names: dict[str, str] = field(default_factory=dict)
    """Those found so far: a page shows most of them several times."""

    def own(self, thing: str) -> Mapping[str, tuple[Value, ...]]:
        """Return all that is said of `thing`, by the IRI of the property."""
        return self.statements.own(thing).values

    def values(self, thing: str, name: str) -> tuple[Value, ...]:
        """Return every value of the property `name` of `thing`, in a stable order."""
        return self.statements.own(thing).values.get(expand(name), ())

    def iris(self, thing: str, name: str) -> tuple[str, ...]:
        """Return the things that `thing` leads to by `name`, by their stated position, then IRI."""
        found = [v.value for v in self.values(thing, name) if isinstance(v, ox.NamedNode)]
        return self.in_order(found)

    def iri_of(self, thing: str, name: str) -> str | None:
        """Return the first thing that `thing` leads to by `name`."""
        return next(iter(self.iris(thing, name)), None)

    def literal(self, thing: str, name: str) -> ox.Literal | None:
        """Return the literal of `name` in the language of the page, else in none, else French."""
        found = [v for v in self.values(thing, name) if isinstance(v, ox.Literal)]
        if len(found) < 2:  # noqa: PLR2004 -- nearly always
            return found[0] if found else None
        order = (language(), None, FRENCH)
        return min(found, key=lambda v: (_place(v.language, order), v.value))

    def text(self, thing: str, name: str) -> str | None:
        """Return the text of `literal`."""
        found = self.literal(thing, name)
        return found.value if found is not None else None

    def texts(self, thing: str, name: str) -> tuple[str, ...]:
        """Return the texts of every literal of `name` in French or in no language."""
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
        return self.in_order(self.statements.leading(thing, expand(name)))

    def is_a(self, thing: str, name: str) -> bool:
        """Tell whether `thing` is stated to be of the class `name`."""
        return any(v.value == expand(name) for v in self.values(thing, "rdf:type"))

    def in_order(self, things: Iterable[str]) -> tuple[str, ...]:
        """Return `things` by their position in the source, then their number, then their IRI."""
        found = set(things)
        if len(found) < 2:  # noqa: PLR2004 -- nearly always
            return tuple(found)
        return tuple(sorted(found, key=lambda iri: (*self._rank(iri), iri)))

    def _rank(self, iri: str) -> tuple[int, int]:
        position = self.number(iri, "schema:position")
        number = self.number(iri, "cls:priorityNumber")
        return (_LAST if position is None else position, _LAST if number is None else number)

    def label(self, iri: str) -> str:
        """Return the name of `iri`, else one made of what is known of it, else its IRI.

        The French one, or on an English page the English one where there is one.
        """
        if iri not in self.names:
            self.names[iri] = self._name(iri)
        return self.names[iri]

    def _name(self, iri: str) -> str:
        if is_english() and (english := self.label_in(iri, ENGLISH)):
            return english
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
        if last in {None, first}:
            return _("ligne %(first)s", first=first)
        return _("lignes %(first)s à %(last)s", first=first, last=last)

    def together(self, thing: str, other: str) -> bool:
        """Tell whether one graph speaks of both: then the one may be part of the other."""
        return not self.statements.own(thing).graphs.isdisjoint(self.statements.own(other).graphs)

    def is_derived(self, thing: str, predicate: str, value: Value) -> bool:
        """Tell whether the statement was derived by a rule, and is in no other graph."""
        return (predicate, str(value)) in self.statements.own(thing).derived


def _place(spoken: str | None, order: Sequence[str | None]) -> int:
    return order.index(spoken) if spoken in order else len(order)


def read_description(iri: str, quads: Iterable[ox.Quad]) -> Description:
    """Return the description of `iri` made of `quads` alone."""
    store = ox.Store()
    store.extend(quads)
    return Description(iri, open_statements(store))
