"""Where a value was read, or who asserts it: what stands behind every Source button and mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.vocabulary import expand
from contrats.web import address
from contrats.web.dates import in_words
from contrats.web.texts import text_of
from contrats.web.tongue import ENGLISH, FRENCH, _, is_english, mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.web.description import Description
    from contrats.web.texts import Text

STATED: Final = "stated"
INFERRED: Final = "inferred"
EDITORIAL: Final = "editorial"
DERIVED: Final = "derived"

_SAID: Final = {
    STATED: mark("énoncé par la source"),
    INFERRED: mark("déduit de la source"),
    EDITORIAL: mark("éditorial : aucune source ne le dit"),
    DERIVED: mark("calculé par une règle d’après d’autres énoncés"),
}
_SPEAKS: Final = frozenset(
    {"owl:annotatedSource", "owl:annotatedTarget", "cls:classifies", "cls:about", "cls:countOf"}
)
"""Links from a node to what it speaks of, which was read elsewhere than what is said of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One place of one document; what is None is not stated.

    `language` is that of the document’s name where it is not that of the page.
    """

    document: str
    path: str | None
    lines: str | None
    publisher: str | None
    date: str | None
    url: str | None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind one value: places, status, and how it was found when it was not read."""

    readings: tuple[Reading, ...]
    status: str
    comment: Text | None = None
    author: str | None = None
    date: str | None = None
    confidence: str | None = None

    @property
    def said(self) -> str:
        """Return the status in words."""
        return _(_SAID[self.status])

    @property
    def marked(self) -> bool:
        """Tell whether the value must bear a mark: it was not read as it stands."""
        return self.status != STATED


def read_places(d: Description, node: str) -> tuple[Reading, ...]:
    """Return the places that `node` says it was read at, by document and line."""
    return tuple(_reading(d, place) for place in _by_line(d, d.iris(node, "prov:hadPrimarySource")))


def evidence_of(d: Description, node: str) -> Evidence:
    """Return what stands behind the node `node` itself: its own places, status and author."""
    status = d.iri_of(node, "cls:assertionStatus")
    return Evidence(
        read_places(d, node),
        status.rpartition("/")[2] if status else STATED,
        text_of(d.literal(node, "rdfs:comment")),
        _author(d, node),
        _date(d, node),
        d.text(node, "sssom:confidence") or d.text(node, "cls:confidence"),
    )


def evidence_for(
    d: Description, thing: str, name: str, value: ox.NamedNode | ox.Literal | None = None
) -> Evidence:
    """Return what stands behind `thing` having `value` (or its one value) for `name`.

    A statement about it speaks first; then the value, when it is a node of the same graph with
    places of its own; then the places of the thing, which cover the values of a node that was read
    whole.
    """
    predicate = expand(name)
    if value is None:
        value = next(iter(d.values(thing, name)), None)
    if value is None:
        return Evidence((), STATED)
    for node in d.leading_to(thing, "owl:annotatedSource"):
        same = any(p.value == predicate for p in d.values(node, "owl:annotatedProperty"))
        if same and value in d.values(node, "owl:annotatedTarget"):
            return evidence_of(d, node)
    if d.is_derived(thing, predicate, value):
        return Evidence((), DERIVED)
    apart = name in _SPEAKS or not isinstance(value, ox.NamedNode)
    if not apart and d.together(thing, value.value):
        own = evidence_of(d, value.value)
        if own.readings:
            return own
    return evidence_of(d, thing)


def known(evidence: Evidence) -> bool:
    """Tell whether anything can be shown for `evidence`."""
    return bool(evidence.readings) or evidence.marked


def _by_line(d: Description, places: Iterable[str]) -> list[str]:
    """Return `places` by document, then by line."""
    return sorted(
        places,
        key=lambda place: (
            d.iri_of(place, "oa:hasSource") or place,
            d.number(place, "cls:firstLine") or 0,
            place,
        ),
    )


def _reading(d: Description, place: str) -> Reading:
    """Return what is known of `place`: an extract of a document, or a document."""
    document = d.iri_of(place, "oa:hasSource") or place
    date = d.text(document, "dcterms:issued")
    publisher = d.text(document, "cls:publisherName")
    named = d.iri_of(document, "dcterms:publisher")
    url = d.iri_of(document, "schema:url")
    return Reading(
        d.label(document),
        address.path_of(document),
        d.lines(place),
        publisher or (d.label(named) if named else None),
        in_words(date) if date else None,
        url if url and address.is_web(url) else None,
        FRENCH if is_english() and not d.label_in(document, ENGLISH) else None,
    )


def _author(d: Description, node: str) -> str | None:
    """Return who asserts `node`, when it is an assertion of ours."""
    if not d.values(node, "cls:assertionStatus"):
        return None
    author = d.iri_of(node, "prov:wasAttributedTo")
    return d.label(author) if author else None


def _date(d: Description, node: str) -> str | None:
    """Return when `node` was asserted, in words."""
    date = d.text(node, "dcterms:created")
    return in_words(date) if date else None
