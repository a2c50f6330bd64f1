"""The pieces that every page is made of: links, values, marks, crumbs; plain data for templates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.vocabulary import BASE
from contrats.web import address
from contrats.web.dates import duration, in_words
from contrats.web.evidence import Evidence, evidence_for, evidence_of
from contrats.web.tongue import ENGLISH, FRENCH, _, is_english, language
from contrats.web.words import decimal, figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.web.description import Description
    from contrats.web.texts import Text

_DATES = ("date", "gYearMonth", "gYear")
_FRENCH_KINDS = ("observation", "source")
"""Kinds of things whose names, when made, are made of words of the data."""


@dataclass(frozen=True, slots=True)
class Link:
    """A thing by name; `path` is None for no web address, `english` when it has no such name.

    `language` is that of the name where it is not that of the page.
    """

    text: str
    path: str | None
    english: str | None = None
    external: bool = False
    iri: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property: text or link, the language it is in, and what stands behind it."""

    text: str
    path: str | None = None
    external: bool = False
    language: str | None = None
    evidence: Evidence | None = None
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Values of one property that sources give and that do not agree; none wins."""

    title: str
    note: str | None
    claims: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with its values; no value means that no source states it.

    `disagreements` and `remarks` are what is said about that value, shown beside it.
    """

    name: str
    values: tuple[Value, ...]
    english: str | None = None
    disagreements: tuple[Disagreement, ...] = ()
    remarks: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Badge:
    """A line of the banner: "ok" for complete, "part" for partial or unknown, "" for a remark."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """Another form of the page, in the formats bar."""

    name: str
    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Head:
    """The banner of a page; `language` is that of its title where it is not that of the page.

    `english` and `french` are the names that the data has.
    """

    title: str
    eyebrow: str
    lede: str | None
    iri: str
    forms: tuple[Form, ...]
    crumbs: tuple[Link, ...]
    english: str | None = None
    badges: tuple[Badge, ...] = field(default=())
    french: str | None = None
    language: str | None = None


def link_to(d: Description, iri: str) -> Link:
    """Return the link to `iri` under its name."""
    path = address.path_of(iri)
    external = path is not None and not address.is_ours(iri)
    english = d.label_in(iri, ENGLISH)
    return Link(d.label(iri), path, english, external, iri, label_language(d, iri))


def data_language(english: str | None) -> str | None:
    """Return the language of a name, None when it is that of the page."""
    return FRENCH if is_english() and not english else None


def label_language(d: Description, iri: str) -> str | None:
    """Return the language of the name of `iri`, None when it is that of the page, or made of it.

    A page that was read and bears no title is named after its publisher and address, and a figure
    after what it measures, in French.
    """
    if not is_english() or d.label_in(iri, ENGLISH):
        return None
    return FRENCH if d.label_in(iri, FRENCH) or kind_of(iri) in _FRENCH_KINDS else None


def value_of(
    d: Description,
    term: ox.NamedNode | ox.Literal,
    evidence: Evidence | None = None,
    *notes: Text,
) -> Value:
    """Return how `term` is shown: a name and a link, a date in words, yes or no, or its text."""
    if isinstance(term, ox.NamedNode):
        link = link_to(d, term.value)
        return Value(link.text, link.path, link.external, link.language, evidence, notes)
    shown = language()
    spoken = term.language if term.language not in {None, shown} else None
    return Value(literal_text(term), None, False, spoken, evidence, notes)  # noqa: FBT003


def literal_text(term: ox.Literal) -> str:
    """Return a literal as people read it: a date in words, yes or no, a number with its comma."""
    kind = term.datatype.value.rpartition("#")[2]
    text = term.value
    if kind in _DATES:
        text = in_words(text)
    elif kind == "boolean":
        text = _("oui") if text in {"true", "1"} else _("non")
    elif kind == "integer" and text.isdigit():
        text = figure(int(text))
    elif kind == "duration":
        text = duration(text)
    elif kind in {"decimal", "double", "float"}:
        text = decimal(text)
    return text


def fact(d: Description, thing: str, name: str, title: str) -> Fact:
    """Return the values of the property `name` of `thing` under `title`, each with its evidence."""
    return Fact(
        title,
        tuple(
            value_of(d, value, evidence_for(d, thing, name, value))
            for value in own_language_first(d.values(thing, name))
        ),
    )


def own_language_first(
    terms: Iterable[ox.NamedNode | ox.Literal],
) -> list[ox.NamedNode | ox.Literal]:
    """Return `terms` with those in another language than that of the page last."""
    shown = language()
    return sorted(terms, key=lambda t: getattr(t, "language", None) not in {None, shown})


def node_value(d: Description, node: str, *notes: Text) -> Value:
    """Return the node `node` as a value that stands on its own places."""
    link = link_to(d, node)
    return Value(link.text, link.path, link.external, link.language, evidence_of(d, node), notes)


def kind_of(iri: str) -> str:
    """Return the `<kind>` of `id/<kind>/<name>`, empty for other IRIs."""
    rest = iri.removeprefix(f"{BASE}id/")
    return rest.partition("/")[0] if rest != iri else ""
