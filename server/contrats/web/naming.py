"""Names for things that bear none: what they link, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from contrats.vocabulary import BASE
from contrats.web.dates import duration, span
from contrats.web.tongue import _, is_english
from contrats.web.words import decimal

if TYPE_CHECKING:
    from contrats.web.description import Description

PERCENT: Final = "P1"
"""The one unit code of UN/CEFACT Recommendation 20 that the data uses."""
_TAIL: Final = 44
"""Letters of an address that are shown in the name of a page that has no title."""


def compose_name(d: Description, iri: str) -> str | None:
    """Return a name made of what is known of `iri`, None when too little is."""
    ways = (
        _participation, _place, _period, _alignment, _count, _classification, _figure, _reference,
        _page, _statement, _aligned,
    )  # fmt: skip
    for way in ways:
        found = way(d, iri)
        if found:
            return found
    return d.text(iri, "skos:notation")


def _participation(d: Description, iri: str) -> str | None:
    role, actor = d.iri_of(iri, "cv:role"), d.iri_of(iri, "cv:hasParticipant")
    return f"{d.label(actor)} ({d.label(role)})" if role and actor else None


def _place(d: Description, iri: str) -> str | None:
    document, lines = d.iri_of(iri, "oa:hasSource"), d.lines(iri)
    if document is None:
        return None
    return f"{d.label(document)}, {lines}" if lines else d.label(document)


def _period(d: Description, iri: str) -> str | None:
    lasts = d.text(iri, "schema:duration")
    said = span(d.text(iri, "dcat:startDate"), d.text(iri, "dcat:endDate"))
    return said or (_("durée : %(lasts)s", lasts=duration(lasts)) if lasts else None)


def _alignment(d: Description, iri: str) -> str | None:
    source, target = d.iri_of(iri, "owl:annotatedSource"), d.iri_of(iri, "owl:annotatedTarget")
    if source is None or target is None:
        return None
    found = _("aucun équivalent") if target.endswith("/NoTermFound") else d.label(target)
    return f"{d.label(source)} → {found}"


def _count(d: Description, iri: str) -> str | None:
    counted, kind = d.iri_of(iri, "cls:countOf"), d.iri_of(iri, "cls:itemKind")
    if counted is None or kind is None:
        return None
    return _("%(counted)s : nombre, %(kind)s", counted=d.label(counted), kind=d.label(kind))


def _classification(d: Description, iri: str) -> str | None:
    classified = d.iri_of(iri, "cls:classifies")
    return _("classement de « %(name)s »", name=d.label(classified)) if classified else None


def _figure(d: Description, iri: str) -> str | None:
    value = d.text(iri, "schema:value")
    if value is None:
        return None
    figure = percent(value) if d.text(iri, "schema:unitCode") == PERCENT else decimal(value)
    return f"{figure} {d.text(iri, 'schema:variableMeasured') or ''}".strip()


def percent(value: str) -> str:
    """Return "96 %", in English "96%"."""
    return f"{decimal(value)}{'' if is_english() else ' '}%"


def _reference(d: Description, iri: str) -> str | None:
    """Return "met en œuvre : PRS…"; a reference may name no plan, only "the PRS"."""
    kind, plan = d.iri_of(iri, "cls:planLinkKind"), d.iri_of(iri, "cls:refersToPlan")
    if kind is None:
        return None
    named = d.label(plan) if plan else _("le PRS, sans autre précision")
    return _("%(first)s : %(second)s", first=d.label(kind), second=named)


def _page(d: Description, iri: str) -> str | None:
    """Return "France 3 (france3.fr, dix-communes)" for a page whose title is not known."""
    address = d.iri_of(iri, "schema:url")
    if address is None:
        return None
    parts = urlsplit(address)
    steps = [step for step in unquote(parts.path).split("/") if step]
    tail = steps[-1] if steps else ""
    tail = f"{tail[:_TAIL].rstrip('-_.')}…" if len(tail) > _TAIL else tail
    host = parts.netloc.removeprefix("www.")
    place = f"{host}, {tail}" if tail else host
    publisher = d.text(iri, "cls:publisherName")
    return f"{publisher} ({place})" if publisher else _("Page de %(place)s", place=place)


def _statement(d: Description, iri: str) -> str | None:
    """Return "Contrat de X : date de signature" for what says where a value was read."""
    about, name = d.iri_of(iri, "owl:annotatedSource"), d.iri_of(iri, "owl:annotatedProperty")
    if about is None or name is None:
        return None
    return _("%(first)s : %(second)s", first=d.label(about), second=d.label(name))


def _aligned(d: Description, iri: str) -> str | None:
    """Return the name that an alignment gives to a term of another vocabulary."""
    nodes = () if iri.startswith(BASE) else d.leading_to(iri, "owl:annotatedTarget")
    return next((said for n in nodes if (said := d.text(n, "sssom:object_label"))), None)
