"""Things and the documents about them: `/id/…` sends to `/doc/…`, which negotiates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
from flask import Blueprint, Response, redirect

from contrats.described import FIRST, Described
from contrats.vocabulary import BASE, EXTERNAL
from contrats.web import address, negotiation, views
from contrats.web.media import DOCUMENTS, HTML, Variant
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site
from contrats.web.tombstone import refuse_gone
from contrats.writing import RDF_FORMATS, write_graph

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

routes = Blueprint("documents", __name__)

OFFERS = (HTML, *DOCUMENTS)
_UNSHOWN = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\u2028-\u202e\ud800-\udfff\ufffe\uffff]")
"""What an XML document cannot hold, or what would hide or turn what follows."""


@routes.get("/id/<kind>/<name>")
def identify(kind: str, name: str) -> AnyResponse:
    """Send from a thing to the document about it: 303, https://www.w3.org/TR/cooluris/#r303gendocument."""
    find_thing(kind, name)
    response = redirect(address.local(f"/doc/{kind}/{name}"), 303)
    response.headers["Link"] = f'<{address.local(f"/doc/{kind}/{name}")}>; rel="describedby"'
    return response


@routes.get("/doc/<kind>/<document>")
def document(kind: str, document: str) -> Response:
    """Answer with the document about a thing, in the form of its suffix, else of the Accept."""
    name, dot, suffix = document.partition(".")
    variant = negotiation.by_suffix(OFFERS, suffix) if dot else None
    iri = find_thing(kind, name)
    variant = variant or negotiation.choose(OFFERS)
    location = negotiation.location_of(f"/doc/{kind}/{name}", suffix, variant)
    if variant is HTML:
        return negotiation.reply(views.show_thing(iri), variant, location)
    return negotiation.reply(write_document(_describe(iri), variant), variant, location)


def write_document(described: Described, variant: Variant) -> bytes:
    """Return the quads of `described`, with a few about the document, in the form `variant`."""
    quads = [*described.quads, *_about_document(described)]
    return write_graph(quads, RDF_FORMATS[variant.suffix])


def find_thing(kind: str, name: str) -> str:
    """Return the IRI of a thing of which something is said, or raise the 404, or the 410."""
    iri = address.thing(kind, name)
    if iri is not None:
        refuse_gone(iri)
    if iri is None or not this_site().statements.knows(iri):
        raise unknown(f"{BASE}id/{kind}/{name}")
    return iri


def _describe(iri: str) -> Described:
    """Return the quads about a thing of which something is said."""
    described = this_site().describe(iri)
    if described is None:
        raise unknown(iri)
    return described


def unknown(iri: str) -> RefusalError:
    """Return the 404 for a thing of which nothing is said."""
    shown = _UNSHOWN.sub("�", iri)[:300]
    return RefusalError(
        404,
        f"Rien n’est dit de {shown} dans cette publication. Vérifiez l’adresse, ou cherchez "
        "par le nom.",
        f"Nothing is said of {shown} in this release. Check the address, or search by name.",
    )


def _about_document(described: Described) -> list[ox.Quad]:
    """Return what a client must know of the document itself: its topic, and whether it is whole."""
    document = ox.NamedNode(described.iri.replace(f"{BASE}id/", f"{BASE}doc/", 1))
    foaf, dcterms, rdf = EXTERNAL["foaf"], EXTERNAL["dcterms"], EXTERNAL["rdf"]
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (f"{rdf}type", ox.NamedNode(f"{foaf}Document")),
        (f"{foaf}primaryTopic", ox.NamedNode(described.iri)),
        (f"{dcterms}isPartOf", ox.NamedNode(this_site().release.manifest.dataset)),
    ]
    if described.cut:
        total = sum(described.counts.values())
        note = f"Document partiel : {total} liens, dont les {FIRST} premiers de chaque propriété."
        said.append((f"{dcterms}description", ox.Literal(note, language="fr")))
        note = f"Partial document: {total} links, of which the first {FIRST} of each property."
        said.append((f"{dcterms}description", ox.Literal(note, language="en")))
    return [ox.Quad(document, ox.NamedNode(name), value, document) for name, value in said]
