"""What portals take: the catalogue, whose addresses the world can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from flask import Blueprint, Response

from contrats.vocabulary import BASE
from contrats.web import address, negotiation, views
from contrats.web.description import read_description
from contrats.web.media import CATALOGUES, GRAPHS, HTML
from contrats.web.parts import Head, Link
from contrats.web.reached import reach
from contrats.web.site import this_site
from contrats.web.tongue import ENGLISH, _, is_english
from contrats.writing import RDF_FORMATS, write_graph

if TYPE_CHECKING:
    from collections.abc import Iterable

routes = Blueprint("harvest", __name__)

_OFFERS = (*CATALOGUES, HTML)
"""Turtle first: a harvester sends no Accept."""
_TYPES = {variant.suffix: variant for variant in GRAPHS}


@routes.get("/catalog", defaults={"suffix": ""})
@routes.get("/catalog.<suffix>")
def catalogue(suffix: str) -> Response:
    """Answer with the DCAT record of the release, its addresses those that the world can reach."""
    variant = negotiation.pick(_OFFERS, suffix or None)
    location = negotiation.location_of("/catalog", suffix, variant)
    triples = list(reach(_read_catalogue()))
    if variant is HTML:
        return negotiation.reply(_page(triples), variant, location)
    return negotiation.reply(write_graph(triples, RDF_FORMATS[variant.suffix]), variant, location)


def _read_catalogue() -> Iterable[ox.Triple]:
    """Yield the triples of the release's own record."""
    path = this_site().release.path("catalogue.ttl")
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        yield ox.Triple(quad.subject, quad.predicate, quad.object)


def _page(triples: Iterable[ox.Triple]) -> str:
    """Return the small page about the catalogue."""
    release = this_site().release
    dataset = release.manifest.dataset
    quads = [ox.Quad(t.subject, t.predicate, t.object) for t in triples]
    d = read_description(dataset, quads)
    crumbs = (Link(_(views.HOME), address.local("/")),)
    forms = views.forms_of("/catalog", CATALOGUES)
    iri, title = f"{BASE}catalog", d.label(dataset)
    if is_english() and not d.label_in(dataset, ENGLISH):
        title = _("Catalogue et fichiers")
    head = Head(title, _("Catalogue DCAT-AP"), None, iri, iri, forms, crumbs)
    described = d.text(dataset, "dcterms:description")
    names = {f"dumps/contrats.{suffix}" for suffix in _TYPES}
    files = [f for f in release.manifest.files if f.path in names]
    return views.render(
        "catalogue.html", "data", head=head, files=files, types=_TYPES, described=described
    )
