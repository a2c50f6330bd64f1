"""What portals take: the catalogue, in the language of each feed, its addresses those of the world.

`/catalog.ttl` is the feed in French, `/en/catalog.ttl` the same in English; `/catalog/complete.ttl`
is the whole record, both languages, series and versions with it.
"""

from __future__ import annotations

import pyoxigraph as ox
from flask import Blueprint, Response

from contrats.catalogue.feeds import add_contact, cut_feed
from contrats.web import negotiation
from contrats.web.catalogue_page import show_catalogue
from contrats.web.check_page import show_check, told_check
from contrats.web.media import CATALOGUES, HTML, JSON
from contrats.web.reached import reach
from contrats.web.release_versions import versions
from contrats.web.site import this_site
from contrats.web.tongue import language
from contrats.writing import RDF_FORMATS, write_graph

routes = Blueprint("harvest", __name__)

_OFFERS = (*CATALOGUES, HTML)
"""Turtle first: a harvester sends no Accept."""


@routes.get("/catalog", defaults={"suffix": ""})
@routes.get("/catalog.<suffix>")
def catalogue(suffix: str) -> Response:
    """Answer with the feed for portals, or with its page."""
    variant = negotiation.pick(_OFFERS, suffix or None)
    location = negotiation.location_of("/catalog", suffix, variant)
    triples = list(reach(add_contact(cut_feed(_read_record(), language()), _contact())))
    if variant is HTML:
        return negotiation.reply(show_catalogue(triples), variant, location)
    return negotiation.reply(write_graph(triples, RDF_FORMATS[variant.suffix]), variant, location)


@routes.get("/catalog/complete", defaults={"suffix": ""})
@routes.get("/catalog/complete.<suffix>")
def complete(suffix: str) -> Response:
    """Answer with the whole record: what a portal would take amiss is in it too."""
    variant = negotiation.pick(CATALOGUES, suffix or None)
    location = negotiation.location_of("/catalog/complete", suffix, variant)
    record = add_contact(_read_record(), _contact())
    record += versions(this_site().history)
    body = write_graph(list(reach(record)), RDF_FORMATS[variant.suffix])
    return negotiation.reply(body, variant, location)


@routes.get("/catalog/check", defaults={"suffix": ""})
@routes.get("/catalog/check.<suffix>")
def check(suffix: str) -> Response:
    """Answer with the harvest of this catalogue, rehearsed; no address is taken from anyone."""
    variant = negotiation.pick((HTML, JSON), suffix or None)
    location = negotiation.location_of("/catalog/check", suffix, variant)
    body = show_check() if variant is HTML else told_check()
    return negotiation.reply(body, variant, location)


def _contact() -> str | None:
    return this_site().settings.contact


def _read_record() -> list[ox.Triple]:
    """Return the triples of the release's own record."""
    path = this_site().release.path("catalogue.ttl")
    parsed = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    return [ox.Triple(each.subject, each.predicate, each.object) for each in parsed]
