"""The terms of the ontology and the rules of validation, as their pages list them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.search import stem
from contrats.vocabulary import BASE, DEF, SHAPE, expand
from contrats.web.parts import Link, data_language, link_to
from contrats.web.term_uses import Use, read_rules, use_of
from contrats.web.tongue import ENGLISH, FRENCH, _, is_english, language, mark

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from contrats.web.description import Description

_CLASSES: Final = ("owl:Class", "rdfs:Class")
_LEADS: Final = {
    mark("S’applique à"): "rdfs:domain",
    mark("Mène à"): "rdfs:range",
    mark("Précise"): "rdfs:subClassOf",
    mark("Précise la propriété"): "rdfs:subPropertyOf",
    mark("Inverse de"): "owl:inverseOf",
}
_LED: Final = {
    mark("Précisée par"): "rdfs:subClassOf",
    mark("Propriétés qui la précisent"): "rdfs:subPropertyOf",
    mark("Propriétés de cette classe"): "rdfs:domain",
    mark("Propriétés qui y mènent"): "rdfs:range",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the ontology; `other` is its name in the language that is not the page's.

    `language` is that of the name where it has none in the language of the page.
    """

    anchor: str
    iri: str
    label: str
    language: str | None
    other: str | None
    definition: str | None
    definition_other: str | None
    inverse: str | None
    around: tuple[tuple[str, tuple[Link, ...]], ...]
    """Other terms and shapes, by how they stand to this one; those that none stands to are out."""
    example: str | None
    note: str | None
    use: Use


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: its sentence in both languages, that of the page first."""

    anchor: str
    message: str | None
    other: str | None


def other_language() -> str:
    """Return the language that is not that of the page."""
    return FRENCH if is_english() else ENGLISH


@dataclass(frozen=True, slots=True)
class Listed:
    """One value of a closed list, and its place on the page."""

    anchor: str
    link: Link
    definition: str | None


@dataclass(frozen=True, slots=True)
class ClosedList:
    """A closed list of values that the ontology fixes."""

    anchor: str
    link: Link
    values: tuple[Listed, ...]


def lists_of(d: Description) -> list[ClosedList]:
    """Return the closed lists of the ontology, by name."""
    schemes = d.leading_to(expand("skos:ConceptScheme"), "rdf:type")
    found = [
        ClosedList(
            scheme.rpartition("/")[2],
            link_to(d, scheme),
            tuple(_listed(d, iri) for iri in d.leading_to(scheme, "skos:inScheme")),
        )
        for scheme in schemes
    ]
    return sorted((each for each in found if each.values), key=lambda each: stem(each.link.text))


def _listed(d: Description, iri: str) -> Listed:
    anchor = iri.removeprefix(f"{BASE}id/")
    return Listed(anchor, link_to(d, iri), d.text(iri, "skos:definition"))


def terms_of(d: Description, ours: Collection[str], *, classes: bool) -> list[Term]:
    """Return the classes of `ours`, or the properties, by name."""
    chosen = [iri for iri in ours if any(d.is_a(iri, c) for c in _CLASSES) is classes]
    rules = read_rules()
    terms = [_term(d, iri, rules) for iri in chosen if d.values(iri, "skos:prefLabel")]
    return sorted(terms, key=lambda term: (stem(term.label), term.iri))


def shape_of(d: Description, iri: str) -> Shape:
    """Return how the shape `iri` is shown."""
    spoken = _by_language(d, iri, "sh:message")
    return Shape(iri.removeprefix(SHAPE), spoken.get(language()), spoken.get(other_language()))


def _term(d: Description, iri: str, rules: Callable[[str], tuple[Link, ...]]) -> Term:
    spoken = data_language(d.label_in(iri, ENGLISH))
    return Term(
        iri.removeprefix(DEF),
        iri,
        d.label(iri),
        spoken,
        None if spoken else d.label_in(iri, other_language()),
        d.text(iri, "skos:definition"),
        _by_language(d, iri, "skos:definition").get(other_language()),
        d.text(iri, "cls:inverseLabel"),
        tuple(_around(d, iri, rules)),
        d.text(iri, "skos:example"),
        d.text(iri, "skos:scopeNote"),
        use_of(iri),
    )


def _around(
    d: Description, iri: str, rules: Callable[[str], tuple[Link, ...]]
) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Yield what stands around the term `iri`, under the name of how it does."""
    for title, name in _LEADS.items():
        if found := d.iris(iri, name):
            yield _(title), tuple(link_to(d, each) for each in found)
    for title, name in _LED.items():
        if found := d.leading_to(iri, name):
            yield _(title), tuple(sorted((link_to(d, each) for each in found), key=_by_name))
    if shapes := rules(iri):
        yield _("Règles"), shapes


def _by_name(link: Link) -> list[str]:
    return stem(link.text)


def _by_language(d: Description, iri: str, name: str) -> dict[str, str]:
    """Return the first text of the property `name` in each language."""
    found: dict[str, str] = {}
    for value in d.values(iri, name):
        if isinstance(value, ox.Literal) and value.language:
            found.setdefault(value.language, value.value)
    return found
