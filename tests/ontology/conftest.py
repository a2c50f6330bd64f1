"""The words of the ontology, as the tests of this room ask about them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox
import pytest

from contrats.vocabulary import BASE, DEF, EXTERNAL, PREFIXES, compact

TYPE: Final = ox.NamedNode(EXTERNAL["rdf"] + "type")
ONTOLOGY: Final = PREFIXES["graph"] + "ontology/"

KNOWN_ELSEWHERE: Final = {
    "prov:Plan": "prov:Entity",
    "owl:ObjectProperty": "rdf:Property",
    "owl:DatatypeProperty": "rdf:Property",
    "igeo:Commune": "igeo:TerritoireFrancais",
    "igeo:Intercommunalite": "igeo:TerritoireFrancais",
    "igeo:Departement": "igeo:TerritoireFrancais",
    "igeo:Region": "igeo:TerritoireFrancais",
    "igeo:CollectiviteDOutreMer": "igeo:TerritoireFrancais",
}
"""What other vocabularies say of their own classes, which our files have no reason to repeat."""


def full(name: str) -> str:
    """Return the IRI of `prefix:name`."""
    prefix, local = name.split(":", 1)
    return PREFIXES[prefix] + local


@dataclass(frozen=True)
class Words:
    """What `ontology/` states, and what is published beside it; terms are written `prefix:name`.

    What takes a look at everything is looked up once.
    """

    ontology: tuple[ox.Quad, ...]
    published: tuple[ox.Quad, ...]

    def typed(self, *classes: str) -> list[str]:
        """Return the terms that the ontology says are of one of `classes`."""
        wanted = {ox.NamedNode(full(name)) for name in classes}
        found = {q.subject for q in self.ontology if q.predicate == TYPE and q.object in wanted}
        return sorted(compact(term.value) for term in found if isinstance(term, ox.NamedNode))

    @cached_property
    def classes(self) -> list[str]:
        """Return all classes, ours and those of others."""
        return self.typed("owl:Class", "rdfs:Class")

    @cached_property
    def properties(self) -> list[str]:
        """Return all properties, ours and those of others."""
        ours = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
        return self.typed(*ours, "rdf:Property")

    @cached_property
    def ours(self) -> list[str]:
        """Return the terms of our namespace."""
        return [t for t in (*self.classes, *self.properties) if full(t).startswith(DEF)]

    @cached_property
    def reused(self) -> list[str]:
        """Return the terms of other vocabularies."""
        listed = [*self.classes, *self.properties, *self.typed("owl:NamedIndividual")]
        return [term for term in listed if not full(term).startswith(BASE)]

    def said(self, term: str, name: str) -> list[object]:
        """Return what the ontology says of `term` by the property `name`."""
        return self._said.get((ox.NamedNode(full(term)), ox.NamedNode(full(name))), [])

    @cached_property
    def _said(self) -> dict[tuple[object, object], list[object]]:
        """Return what the ontology says, by the thing and the property."""
        found: dict[tuple[object, object], list[object]] = defaultdict(list)
        for quad in self.ontology:
            found[quad.subject, quad.predicate].append(quad.object)
        return found

    def linked(self, term: str, *names: str) -> set[str]:
        """Return the terms to which `term` leads by one of the properties `names`."""
        objects = [each for name in names for each in self.said(term, name)]
        return {compact(each.value) for each in objects if isinstance(each, ox.NamedNode)}

    def texts(self, term: str, name: str, language: str | None = None) -> list[str]:
        """Return the texts that `term` has for `name` in `language`."""
        found = [each for each in self.said(term, name) if isinstance(each, ox.Literal)]
        return [each.value for each in found if each.language == language]

    @cached_property
    def uses(self) -> dict[str, list[ox.Quad]]:
        """Return what is published, by its property; by its class where it gives a type."""
        found: dict[str, list[ox.Quad]] = defaultdict(list)
        for quad in self.published:
            name = quad.predicate.value
            found[name].append(quad)
            if name == TYPE.value and isinstance(quad.object, ox.NamedNode):
                found[quad.object.value].append(quad)
        return {compact(name): quads for name, quads in found.items()}

    @cached_property
    def kinds(self) -> dict[object, set[str]]:
        """Return the classes of each thing, with all that these refine."""
        found: dict[object, set[str]] = defaultdict(set)
        above: dict[str, set[str]] = {}
        typing = [quad for quad in self.ontology if quad.predicate == TYPE]
        for quad in (*self.uses[compact(TYPE.value)], *typing):
            if isinstance(quad.object, ox.NamedNode):
                name = quad.object.value
                if name not in above:
                    above[name] = self._above(compact(name))
                found[quad.subject] |= above[name]
        return found

    def _above(self, name: str) -> set[str]:
        """Return a class and those that it refines, at any distance."""
        parents = self.linked(name, "rdfs:subClassOf") if ":/" not in name else set()
        known = {KNOWN_ELSEWHERE[name]} if name in KNOWN_ELSEWHERE else set()
        return {name}.union(*(self._above(parent) for parent in parents | known))


@pytest.fixture(scope="session")
def words(published: list[ox.Quad]) -> Words:
    """Return the words of the whole, what is derived among what is published."""
    parts: dict[bool, list[ox.Quad]] = {True: [], False: []}
    for quad in published:
        graph = quad.graph_name
        parts[isinstance(graph, ox.NamedNode) and graph.value.startswith(ONTOLOGY)].append(quad)
    return Words(ontology=tuple(parts[True]), published=tuple(parts[False]))
