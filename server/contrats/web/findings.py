"""The validation report of the release: what was found, by severity and by rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from flask import Blueprint, Response

from contrats.vocabulary import BASE, SHAPE, compact, expand
from contrats.web import address, negotiation, views
from contrats.web.description import read_description
from contrats.web.media import DOCUMENTS, HTML
from contrats.web.parts import Head, Link, link_to
from contrats.web.site import this_site
from contrats.web.tongue import _, language, mark
from contrats.writing import RDF_FORMATS, write_graph

if TYPE_CHECKING:
    from contrats.release import Release
    from contrats.web.description import Description

routes = Blueprint("findings", __name__)

_IRI: Final = f"{BASE}graph/report"
_OFFERS: Final = (HTML, *DOCUMENTS)
_SHOWN: Final = 20
_SEVERITIES: Final = {
    "sh:Violation": (mark("Erreurs"), mark("une erreur empêche de publier")),
    "sh:Warning": (mark("À revoir"), mark("douteux, publié avec ce doute")),
    "sh:Info": (mark("Pour information"), mark("ce qui pourrait être plus riche")),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What one shape found: its sentence, how often, and the first things concerned.

    `language` is that of the sentence where it is not that of the page.
    """

    sentence: str
    language: str | None
    shape: Link
    count: int
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Severity:
    """The findings of one severity, by rule, the most frequent first."""

    name: str
    meaning: str
    count: int
    rules: tuple[Rule, ...]


@routes.get("/graph/report", defaults={"suffix": ""})
@routes.get("/graph/report.<suffix>")
def report(suffix: str) -> Response:
    """Answer with the validation report of the release."""
    variant = negotiation.pick(_OFFERS, suffix or None)
    location = negotiation.location_of("/graph/report", suffix, variant)
    release = this_site().release
    if variant is not HTML:
        body = write_graph(_quads(release), RDF_FORMATS[variant.suffix])
        return negotiation.reply(body, variant, location)
    crumbs = (Link(_(views.HOME), address.local("/")),)
    forms = views.forms_of("/graph/report", DOCUMENTS)
    head = Head(_("Rapport de validation"), _("Qualité"), None, _IRI, forms, crumbs)
    page = views.render(
        "report.html", "data", head=head, severities=findings_of(release), named=_named
    )
    return negotiation.reply(page, variant, location)


def _named(iri: str) -> Link:
    """Return the link to `iri` under its name, made of what is said of the thing itself."""
    return link_to(views.describe_thing(iri), iri)


def findings_of(release: Release) -> tuple[Severity, ...]:
    """Return the findings of `release`, each severity even when nothing was found."""
    d = read_description(_IRI, _quads(release))
    found = d.leading_to(expand("sh:ValidationResult"), "rdf:type")
    return tuple(
        _severity(d, name, [r for r in found if d.iri_of(r, "sh:resultSeverity") == expand(name)])
        for name in _SEVERITIES
    )


def _quads(release: Release) -> list[ox.Quad]:
    path = release.path("report.ttl")
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


def _severity(d: Description, name: str, results: list[str]) -> Severity:
    title, meaning = map(_, _SEVERITIES[name])
    shapes = Counter(d.iri_of(each, "sh:sourceShape") or "" for each in results)
    rules = tuple(
        _rule(d, shape, [r for r in results if d.iri_of(r, "sh:sourceShape") == shape])
        for shape, _count in shapes.most_common()
    )
    return Severity(title, meaning, len(results), rules)


def _rule(d: Description, shape: str, results: list[str]) -> Rule:
    things = dict.fromkeys(d.iri_of(each, "sh:focusNode") or "" for each in results)
    anchor = f"{address.local('/shape')}#{shape.removeprefix(SHAPE)}"
    said = d.literal(results[0], "sh:resultMessage")
    spoken = said.language if said is not None else None
    return Rule(
        said.value if said is not None else compact(shape),
        spoken if spoken != language() else None,
        Link(compact(shape), anchor, iri=shape),
        len(results),
        tuple(iri for iri in things if iri)[:_SHOWN],
    )
