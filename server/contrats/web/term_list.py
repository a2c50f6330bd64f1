"""The terms of the ontology and the rules of validation, as their pages list them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.vocabulary import DEF, SHAPE
from contrats.web.parts import Link, data_language, link_to
from contrats.web.tongue import ENGLISH, FRENCH, is_english, language

if TYPE_CHECKING:
    from collections.abc import Collection

    from contrats.web.description import Description

_CLASSES: Final = ("owl:Class", "rdfs:Class")


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
    refines: tuple[Link, ...]
    example: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: its sentence in both languages, that of the page first."""

    anchor: str
    message: str | None
    other: str | None


def other_language() -> str:
    """Return the language that is not that of the page."""
    return FRENCH if is_english() else ENGLISH


def terms_of(d: Description, ours: Collection[str], *, classes: bool) -> list[Term]:
    """Return the classes of `ours`, or the properties, by name."""
    chosen = [iri for iri in ours if any(d.is_a(iri, c) for c in _CLASSES) is classes]
    terms = [_term(d, iri) for iri in chosen if d.values(iri, "skos:prefLabel")]
    return sorted(terms, key=lambda term: (term.label.casefold(), term.iri))


def shape_of(d: Description, iri: str) -> Shape:
    """Return how the shape `iri` is shown."""
    spoken = _by_language(d, iri, "sh:message")
    return Shape(iri.removeprefix(SHAPE), spoken.get(language()), spoken.get(other_language()))


def _term(d: Description, iri: str) -> Term:
    refined = [*d.iris(iri, "rdfs:subClassOf"), *d.iris(iri, "rdfs:subPropertyOf")]
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
        tuple(link_to(d, each) for each in refined),
        d.text(iri, "skos:example"),
        d.text(iri, "skos:scopeNote"),
    )


def _by_language(d: Description, iri: str, name: str) -> dict[str, str]:
    """Return the first text of the property `name` in each language."""
    found: dict[str, str] = {}
    for value in d.values(iri, name):
        if isinstance(value, ox.Literal) and value.language:
            found.setdefault(value.language, value.value)
    return found
