"""What portals take: the catalogue and the dumps that it names."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import pyoxigraph as ox
from flask import Blueprint, Response, request, send_file
from werkzeug.exceptions import PreconditionFailed, RequestedRangeNotSatisfiable

from contrats.vocabulary import BASE
from contrats.web import address, negotiation, views
from contrats.web.description import read_description
from contrats.web.media import CATALOGUES, GRAPHS, HTML
from contrats.web.parts import Head, Link
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site
from contrats.web.tongue import ENGLISH, _, is_english
from contrats.writing import RDF_FORMATS, write_graph

if TYPE_CHECKING:
    from collections.abc import Iterable

routes = Blueprint("harvest", __name__)

_OFFERS = (*CATALOGUES, HTML)
"""Turtle first: a harvester sends no Accept."""
_ONE_RANGE = re.compile(r"bytes=\s*(?:\d+-\d*|-\d+)\s*")
_SERVED = (BASE, f"{BASE}sparql")
_TYPES = {variant.suffix: variant for variant in GRAPHS}


@routes.get("/catalog", defaults={"suffix": ""})
@routes.get("/catalog.<suffix>")
def catalogue(suffix: str) -> Response:
    """Answer with the DCAT record of the release, its addresses those that the world can reach."""
    variant = negotiation.pick(_OFFERS, suffix or None)
    location = negotiation.location_of("/catalog", suffix, variant)
    triples = list(_published(_read_catalogue()))
    if variant is HTML:
        return negotiation.reply(_page(triples), variant, location)
    return negotiation.reply(write_graph(triples, RDF_FORMATS[variant.suffix]), variant, location)


@routes.get("/dump/<name>")
def dump(name: str) -> Response:
    """Answer with a dump that the manifest names, whole or the ranges asked for."""
    release = this_site().release
    entries = {f.path: f for f in release.manifest.files if f.path.startswith("dumps/")}
    entry = entries.get(f"dumps/{name}")
    if entry is None:
        listed = ", ".join(sorted(path.removeprefix("dumps/") for path in entries))
        raise RefusalError(
            404,
            f"Aucun fichier de ce nom. Fichiers de cette publication : {listed}.",
            f"No file of that name. Files of this release: {listed}.",
        )
    variant = _TYPES.get(name.rpartition(".")[2])
    response = send_file(
        release.path(entry.path).resolve(),
        mimetype="application/octet-stream",
        etag=entry.sha256,
        conditional=False,
        max_age=0,
    )
    response.headers["Accept-Ranges"] = "bytes"
    part = entry.bytes if _asks_part(entry.sha256) else None
    try:
        response.make_conditional(request, accept_ranges=part is not None, complete_length=part)
    except RequestedRangeNotSatisfiable:
        response.close()
        raise
    if response.status_code == HTTPStatus.PRECONDITION_FAILED:
        response.close()
        raise PreconditionFailed
    if variant is not None:
        response.content_type = variant.content_type
    response.headers["Cache-Control"] = "no-cache"
    return response


def _asks_part(digest: str) -> bool:
    """Tell whether one range of bytes of this very file is asked for; else it is given whole.

    A server may ignore a Range (https://www.rfc-editor.org/rfc/rfc9110#section-14.2) and must
    when If-Range holds a weak tag or that of another file (section 13.1.5).
    """
    asked = request.headers.get("Range", "")
    condition = request.headers.get("If-Range")
    same = condition is None or condition.strip() == f'"{digest}"'
    return request.method == "GET" and _ONE_RANGE.fullmatch(asked) is not None and same


def _read_catalogue() -> Iterable[ox.Triple]:
    """Yield the triples of the release's own record."""
    path = this_site().release.path("catalogue.ttl")
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        yield ox.Triple(quad.subject, quad.predicate, quad.object)


def _published(triples: Iterable[ox.Triple]) -> Iterable[ox.Triple]:
    """Yield `triples` with the site's public address where an address of ours is to be fetched."""
    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.NamedNode):
            subject = _reached(subject)
        if isinstance(value, ox.NamedNode):
            value = _reached(value)
        yield ox.Triple(subject, triple.predicate, value)


def _reached(iri: ox.NamedNode) -> ox.NamedNode:
    """Return where the endpoint, a dump or the site is served; other IRIs as they are."""
    if iri.value in _SERVED or iri.value.startswith(f"{BASE}dump/"):
        return ox.NamedNode(address.public(f"/{iri.value.removeprefix(BASE)}"))
    return iri


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
    files = [f for f in release.manifest.files if f.path.startswith("dumps/")]
    return views.render(
        "catalogue.html", "data", head=head, files=files, types=_TYPES, described=described
    )
