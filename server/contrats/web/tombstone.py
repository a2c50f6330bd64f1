"""What left the data: 410, with when and why, https://www.rfc-editor.org/rfc/rfc9110#section-15.5.11."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from flask import request

from contrats.vocabulary import BASE, DEF, EXTERNAL
from contrats.web import address
from contrats.web.dates import in_words
from contrats.web.description import Description
from contrats.web.earlier import RELEASE
from contrats.web.parts import Link
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site
from contrats.web.tongue import _, is_english

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from contrats.entry import Entry
    from contrats.statements import Value

_CLASS: Final = ox.NamedNode(f"{DEF}WithdrawnThing")
_TYPE: Final = f"{EXTERNAL['rdf']}type"
_REASON: Final = f"{EXTERNAL['rdfs']}comment"
_DAY: Final = f"{EXTERNAL['dcterms']}date"
_REPLACED: Final = f"{EXTERNAL['dcterms']}isReplacedBy"


def refuse_gone(iri: str) -> None:
    """Raise the 410 of a thing that was described and no longer is; of any other, do nothing."""
    site = this_site()
    said = site.statements.own(iri).values
    withdrawn = _CLASS in said.get(_TYPE, ())
    if not withdrawn and site.statements.knows(iri):
        return
    left = site.history.departure(iri) if RELEASE not in request.environ else None
    if not withdrawn and left is not None:
        said = _said_of_whole(iri, left)
    if withdrawn or left is not None:
        raise _gone(iri, left, said)


def _said_of_whole(iri: str, left: Entry) -> Mapping[str, tuple[Value, ...]]:
    """Return when and why the contract left that `iri` was a part of, if it left too."""
    site = this_site()
    whole = site.history.moved(left).parts.get(iri)
    if whole is None or not is_withdrawn(whole):
        return {}
    said = site.statements.own(whole).values
    return {name: said[name] for name in (_DAY, _REASON) if name in said}


def is_withdrawn(iri: str) -> bool:
    """Tell whether all that is said of `iri` is that it was withdrawn: it has no document."""
    return _CLASS in this_site().statements.own(iri).values.get(_TYPE, ())


def _gone(iri: str, left: Entry | None, said: Mapping[str, tuple[Value, ...]]) -> RefusalError:
    """Return the 410 of `iri`, which left with the publication `left`, where that is known."""
    name = this_site().history.moved(left).vanished[iri] if left else ""
    days = [each.value for each in said.get(_DAY, ())]
    day = days[0] if days else left.since[:10] if left else ""
    others = [each.value for each in said.get(_REPLACED, ())]
    fr, en = _sentences(name or iri, day, left, said.get(_REASON, ()), others)
    refusal = RefusalError(410, fr, en, {"Link": _timemap(iri)})
    refusal.stated = tuple(_stated(iri, left, said))
    refusal.members = _members(iri, day, left, said, others)
    refusal.links = tuple(_links(iri, others))
    return refusal


def _links(iri: str, others: list[str]) -> Iterator[Link]:
    """Yield the ways on: to what replaces `iri`, and to what was last said of it."""
    site = this_site()
    for other in others:
        name = Description(other, site.statements).label(other)
        yield Link(_("Remplacé par : %(name)s", name=name), address.path_of(other))
    there = [each for each in site.history.holding(iri) if site.history.is_there(each)]
    if there:
        path = f"/release/{there[-1].identifier}/doc/{iri.removeprefix(f'{BASE}id/')}"
        yield Link(_("Ce qu’en disait la dernière publication"), address.data(path))


def _sentences(
    name: str, day: str, left: Entry | None, reasons: tuple[Value, ...], others: list[str]
) -> tuple[str, str]:
    """Return when and why, in French and in English."""
    with_fr = f", avec la publication {left.identifier}" if left else ""
    with_en = f", with the release {left.identifier}" if left else ""
    spoken = day if is_english() else in_words(day)
    fr = f"« {name} » n’est plus dans les données depuis le {spoken}{with_fr}."
    en = f'"{name}" has not been in the data since {day}{with_en}.'
    by_language = {getattr(each, "language", None): each.value for each in reasons}
    reason = by_language.get("fr", "")
    fr += f" Raison : {reason}" if reason else " La rédaction n’en a pas noté la raison."
    told = by_language.get("en") or reason
    en += f" Reason: {told}" if told else " The editors have not noted why."
    if others:
        fr += f" Remplacé par : {', '.join(others)}."
        en += f" Replaced by: {', '.join(others)}."
    return fr, en


def _stated(
    iri: str, left: Entry | None, said: Mapping[str, tuple[Value, ...]]
) -> Iterator[ox.Triple]:
    """Yield what is known of the departure as RDF, in the editors' words and in PROV's."""
    this = ox.NamedNode(iri)
    yield ox.Triple(this, ox.NamedNode(_TYPE), _CLASS)
    for name in (_DAY, _REASON, _REPLACED):
        for value in said.get(name, ()):
            yield ox.Triple(this, ox.NamedNode(name), value)
    if left is not None:
        at = ox.NamedNode(f"{EXTERNAL['xsd']}dateTime")
        moment = ox.Literal(left.since, datatype=at)
        prov, release = EXTERNAL["prov"], ox.NamedNode(f"{BASE}release/{left.identifier}")
        yield ox.Triple(this, ox.NamedNode(f"{prov}invalidatedAtTime"), moment)
        yield ox.Triple(this, ox.NamedNode(f"{prov}wasInvalidatedBy"), release)


def _members(
    iri: str, day: str, left: Entry | None, said: Mapping[str, tuple[Value, ...]], others: list[str]
) -> dict[str, object]:
    """Return the same for programs that read JSON."""
    return {
        "thing": iri,
        "withdrawn": day or None,
        "release": left.identifier if left else None,
        "reason": next((each.value for each in said.get(_REASON, ())), None),
        "isReplacedBy": others,
    }


def _timemap(iri: str) -> str:
    path = iri.removeprefix(f"{BASE}id/")
    return (
        f'<{address.public(f"/timemap/doc/{path}")}>; rel="timemap"; type="application/link-format"'
    )
