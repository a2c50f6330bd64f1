"""What was done and what it came to, as the sources claim: actions, evaluation, figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.dates import in_words
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.naming import PERCENT, percent
from contrats.web.parts import Fact, Link, Value, fact, link_to, node_value
from contrats.web.texts import Text, text_of
from contrats.web.tongue import _
from contrats.web.words import decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Deed:
    """One action: when, where, for whom, what it created."""

    action: Link
    date: str | None
    places: tuple[Link, ...]
    created: tuple[Link, ...]
    audience: str | None
    examples: tuple[str, ...]
    note: str | None
    part_of: Link | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a source asserts; never a measure of ours."""

    value: str
    measured: str
    note: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Results:
    """The results of one contract."""

    contract: Link
    deeds: tuple[Deed, ...]
    figures: tuple[Figure, ...]
    evaluations: tuple[Value, ...]
    announced: Fact
    """How many actions the source announces."""

    @property
    def known(self) -> bool:
        """Tell whether any source says anything."""
        return bool(self.deeds or self.figures or self.evaluations or self.announced.values)


def results_of(d: Description, contract: str) -> Results:
    """Return what the sources say that `contract` came to."""
    return Results(
        link_to(d, contract),
        tuple(_deed(d, action) for action in d.iris(contract, "cls:hasAction")),
        tuple(
            _figure(d, each)
            for each in d.leading_to(contract, "schema:observationAbout")
            if d.iri_of(each, "prov:wasGeneratedBy")
        ),
        tuple(
            node_value(d, each, *_notes(d, each)) for each in d.iris(contract, "cls:hasEvaluation")
        ),
        fact(d, contract, "cls:declaredActionCount", _("Actions annoncées")),
    )


def _deed(d: Description, action: str) -> Deed:
    part_of = d.iri_of(action, "dcterms:isPartOf")
    return Deed(
        link_to(d, action),
        dated(d, action),
        tuple(link_to(d, place) for place in d.iris(action, "prov:atLocation")),
        tuple(link_to(d, structure) for structure in d.iris(action, "prov:generated")),
        d.text(action, "cls:audience"),
        d.texts(action, "skos:example"),
        d.text(action, "skos:note"),
        link_to(d, part_of) if part_of else None,
        evidence_of(d, action),
    )


def dated(d: Description, thing: str) -> str | None:
    """Return the date of `thing` in words, with "depuis" when it is a beginning."""
    date = d.text(thing, "dcterms:date")
    if date is None:
        return None
    since = (d.iri_of(thing, "cls:datePrecision") or "").endswith("/since")
    return _("depuis %(date)s", date=in_words(date)) if since else in_words(date)


def _figure(d: Description, node: str) -> Figure:
    value = d.text(node, "schema:value") or ""
    return Figure(
        percent(value) if d.text(node, "schema:unitCode") == PERCENT else decimal(value),
        d.text(node, "schema:variableMeasured") or "",
        d.text(node, "skos:note"),
        evidence_of(d, node),
    )


def _notes(d: Description, node: str) -> Iterator[Text]:
    """Yield when an evaluation was made, and what is noted of it."""
    date, noted = d.text(node, "dcterms:date"), text_of(d.literal(node, "skos:note"))
    if date:
        yield Text(f"{in_words(date)}." if noted else in_words(date))
    if noted:
        yield noted
