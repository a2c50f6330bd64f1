"""Names for things that bear none: what they link, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contrats.web.dates import span

if TYPE_CHECKING:
    from contrats.web.description import Description

_UNITS: Final = {"P1": " %"}
"""Unit codes of UN/CEFACT Recommendation 20 that the data uses."""


def compose_name(d: Description, iri: str) -> str | None:
    """Return a name made of what is known of `iri`, None when too little is."""
    ways = (_participation, _place, _period, _alignment, _count, _classification, _figure)
    for way in ways:
        found = way(d, iri)
        if found:
            return found
    return d.text(iri, "skos:notation") or d.iri_of(iri, "schema:url")


def _participation(d: Description, iri: str) -> str | None:
    role, actor = d.iri_of(iri, "cv:role"), d.iri_of(iri, "cv:hasParticipant")
    return f"{d.label(actor)} ({d.label(role)})" if role and actor else None


def _place(d: Description, iri: str) -> str | None:
    document, lines = d.iri_of(iri, "oa:hasSource"), d.lines(iri)
    if document is None:
        return None
    return f"{d.label(document)}, {lines}" if lines else d.label(document)


def _period(d: Description, iri: str) -> str | None:
    return span(d.text(iri, "dcat:startDate"), d.text(iri, "dcat:endDate"))


def _alignment(d: Description, iri: str) -> str | None:
    source, target = d.iri_of(iri, "owl:annotatedSource"), d.iri_of(iri, "owl:annotatedTarget")
    if source is None or target is None:
        return None
    none_found = target.endswith("/NoTermFound")
    return f"{d.label(source)} → {'aucun équivalent' if none_found else d.label(target)}"


def _count(d: Description, iri: str) -> str | None:
    counted, kind = d.iri_of(iri, "cls:countOf"), d.iri_of(iri, "cls:itemKind")
    return f"{d.label(counted)} : nombre, {d.label(kind)}" if counted and kind else None


def _classification(d: Description, iri: str) -> str | None:
    classified = d.iri_of(iri, "cls:classifies")
    return f"classement de « {d.label(classified)} »" if classified else None


def _figure(d: Description, iri: str) -> str | None:
    value = d.text(iri, "schema:value")
    if value is None:
        return None
    unit = _UNITS.get(d.text(iri, "schema:unitCode") or "", "")
    return f"{value}{unit} {d.text(iri, 'schema:variableMeasured') or ''}".strip()
