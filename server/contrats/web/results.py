"""What was done and what it came to, as the sources claim: actions, evaluation, figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.contract_queries import actions_of, evaluations_of, known_of
from contrats.web.dates import in_words
from contrats.web.deed_line import DeedLine, deed_line_of
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.naming import PERCENT, percent
from contrats.web.parts import Fact, Link, Value, fact, link_to, node_value
from contrats.web.texts import Text, in_french, text_of
from contrats.web.tongue import _
from contrats.web.words import decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contrats.web.behind import Behind
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Deed:
    """One action: when, where, for whom, what it created, to which priorities it contributes."""

    action: Link
    date: str | None
    places: tuple[Link, ...]
    created: tuple[Link, ...]
    contributes: tuple[Link, ...]
    audience: Text | None
    examples: tuple[Text, ...]
    note: Text | None
    part_of: Link | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a source asserts; never a measure of ours."""

    value: str
    measured: Text
    note: Text | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Results:
    """The results of one contract, and the questions behind them."""

    contract: Link
    year: str
    deeds: tuple[Deed, ...]
    line: DeedLine | None
    figures: tuple[Figure, ...]
    evaluations: tuple[Value, ...]
    announced: Fact
    """How many actions the source announces."""
    actions_behind: Behind
    evaluations_behind: Behind
    known_behind: Behind

    @property
    def acted(self) -> bool:
        """Tell whether any source says anything of actions."""
        return bool(self.deeds or self.announced.values)

    @property
    def evaluated(self) -> bool:
        """Tell whether any source says anything of an evaluation."""
        return bool(self.figures or self.evaluations)


def results_of(d: Description, contract: str, year: int | None) -> Results:
    """Return what the sources say that `contract`, which begins in `year`, came to."""
    actions = d.iris(contract, "cls:hasAction")
    return Results(
        link_to(d, contract),
        str(year or ""),
        tuple(_deed(d, action) for action in actions),
        deed_line_of(d, contract, actions),
        tuple(
            _figure(d, each)
            for each in d.leading_to(contract, "schema:observationAbout")
            if d.iri_of(each, "prov:wasGeneratedBy")
        ),
        tuple(
            node_value(d, each, *_notes(d, each)) for each in d.iris(contract, "cls:hasEvaluation")
        ),
        fact(d, contract, "cls:declaredActionCount", _("Actions annoncées")),
        actions_of(contract),
        evaluations_of(contract),
        known_of(contract),
    )


def _deed(d: Description, action: str) -> Deed:
    part_of = d.iri_of(action, "dcterms:isPartOf")
    return Deed(
        link_to(d, action),
        dated(d, action),
        tuple(link_to(d, place) for place in d.iris(action, "prov:atLocation")),
        tuple(link_to(d, structure) for structure in d.iris(action, "prov:generated")),
        tuple(link_to(d, priority) for priority in d.iris(action, "cls:contributesTo")),
        text_of(d.literal(action, "cls:audience")),
        tuple(in_french(example) for example in d.texts(action, "skos:example")),
        text_of(d.literal(action, "skos:note")),
        link_to(d, part_of) if part_of else None,
        evidence_of(d, action),
    )


def dated(d: Description, thing: str) -> str | None:
    """Return the date of `thing` in words, with "depuis" when it is a beginning."""
    date = d.text(thing, "dcterms:date")
    if date is None:
        return None
    return _("depuis %(date)s", date=in_words(date)) if _is_since(d, thing) else in_words(date)


def _is_since(d: Description, thing: str) -> bool:
    """Tell whether the date of `thing` is a beginning."""
    return (d.iri_of(thing, "cls:datePrecision") or "").endswith("/since")


def _figure(d: Description, node: str) -> Figure:
    value = d.text(node, "schema:value") or ""
    return Figure(
        percent(value) if d.text(node, "schema:unitCode") == PERCENT else decimal(value),
        text_of(d.literal(node, "schema:variableMeasured")) or Text(""),
        text_of(d.literal(node, "skos:note")),
        evidence_of(d, node),
    )


def _notes(d: Description, node: str) -> Iterator[Text]:
    """Yield when an evaluation was made, and what is noted of it."""
    date, noted = d.text(node, "dcterms:date"), text_of(d.literal(node, "skos:note"))
    if date:
        yield Text(f"{in_words(date)}." if noted else in_words(date))
    if noted:
        yield noted
