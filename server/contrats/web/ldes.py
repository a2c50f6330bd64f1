"""The event stream of versions of things: https://w3id.org/ldes/specification.

The root may change; every other page is of one publication and never does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from flask import Blueprint, Response

from contrats.vocabulary import EXTERNAL
from contrats.web import address, negotiation
from contrats.web.media import JSON_LD, N_QUADS, TRIG
from contrats.web.protocol import FOREVER
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site
from contrats.writing import RDF_FORMATS, write_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contrats.entry import Entry
    from contrats.web.media import Variant

routes = Blueprint("ldes", __name__)

_OFFERS: Final = (TRIG, N_QUADS, JSON_LD)
"""A member is a graph of its own: only forms that keep graphs apart."""
_LDES: Final = "https://w3id.org/ldes#"
_TREE: Final = "https://w3id.org/tree#"
_EVENT: Final = "https://www.w3.org/ns/activitystreams#"
_DAY: Final = 86_400
"""Seconds after which a client may look again: more than a publication a day is rare."""


@routes.get("/ldes", defaults={"suffix": ""})
@routes.get("/ldes.<suffix>")
def root(suffix: str) -> Response:
    """Answer with the root: what the stream is, and the first page of each publication."""
    variant = negotiation.pick(_OFFERS, suffix or None)
    location = negotiation.location_of("/ldes", suffix, variant)
    page = ox.NamedNode(address.public(f"/ldes.{suffix}" if suffix else "/ldes"))
    quads = [*_about_stream(page), *_entries(page)]
    return negotiation.reply(_write(quads, variant), variant, location)


@routes.get("/ldes/<name>/<document>")
def fragment(name: str, document: str) -> Response:
    """Answer with a page of the versions that one publication brought."""
    written, dot, suffix = document.partition(".")
    variant = negotiation.pick(_OFFERS, suffix if dot else None)
    entry = next((each for each in this_site().history.recorded if each.name == name), None)
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0  # noqa: PLR2004
    if entry is None or not 0 < number <= len(entry.pages):
        raise RefusalError(
            404,
            "Ce flux n’a pas de telle page : partez de sa racine, /ldes.",
            "This stream has no such page: start from its root, /ldes.",
        )
    location = negotiation.location_of(f"/ldes/{name}/{number}", suffix, variant)
    response = negotiation.reply(_write_page(entry, number, variant), variant, location)
    response.headers["Cache-Control"] = FOREVER
    return response


def stream() -> ox.NamedNode:
    """Return the name of the stream, which is where it is served."""
    return ox.NamedNode(address.public("/ldes#stream"))


def _about_stream(page: ox.NamedNode) -> Iterator[ox.Quad]:
    """Yield what a client must know of the stream: its order, and what its versions are of."""
    this, rdf = stream(), EXTERNAL["rdf"]
    when = ox.NamedNode(f"{EXTERNAL['prov']}generatedAtTime")
    dcterms = EXTERNAL["dcterms"]
    interval = ox.Literal(_DAY)
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (f"{rdf}type", ox.NamedNode(f"{_LDES}EventStream")),
        (f"{dcterms}title", ox.Literal("Contrats locaux de santé : les versions", language="fr")),
        (f"{dcterms}title", ox.Literal("French local health contracts: versions", language="en")),
        (f"{_LDES}timestampPath", when),
        (f"{_LDES}versionOfPath", ox.NamedNode(f"{dcterms}isVersionOf")),
        (f"{_LDES}pollingInterval", interval),
        (f"{_TREE}view", page),
    ]
    for event in ("Create", "Update", "Delete"):
        said.append((f"{_LDES}version{event}Path", ox.NamedNode(f"{rdf}type")))
        said.append((f"{_LDES}version{event}Object", ox.NamedNode(f"{_EVENT}{event}")))
    for name, value in said:
        yield ox.Quad(this, ox.NamedNode(name), value)
    yield ox.Quad(page, ox.NamedNode(f"{rdf}type"), ox.NamedNode(f"{_TREE}Node"))


def _entries(page: ox.NamedNode) -> Iterator[ox.Quad]:
    """Yield the relations of the root to the first page of each publication, by its moment."""
    for entry in this_site().history.recorded:
        if entry.pages:
            for bound in ("GreaterThanOrEqualToRelation", "LessThanOrEqualToRelation"):
                yield from _relation(page, entry, 1, bound)


def _write_page(entry: Entry, number: int, variant: Variant) -> bytes:
    """Return a page: its members, and the way to the next page of the same publication."""
    page = _address(entry, number)
    quads = list(ox.parse(entry.page(number), format=ox.RdfFormat.N_QUADS))
    of = ox.NamedNode(f"{EXTERNAL['dcterms']}isVersionOf")
    member = ox.NamedNode(f"{_TREE}member")
    default = ox.DefaultGraph()
    members = [q.subject for q in quads if q.predicate == of and q.graph_name == default]
    about = [ox.Quad(stream(), member, each) for each in members]
    true = ox.Literal("true", datatype=ox.NamedNode(f"{EXTERNAL['xsd']}boolean"))
    about.append(ox.Quad(page, ox.NamedNode(f"{_LDES}immutable"), true))
    if number < len(entry.pages):
        about.extend(_relation(page, entry, number + 1, "GreaterThanOrEqualToRelation"))
    return _write([*quads, *about], variant)


def _relation(page: ox.NamedNode, entry: Entry, number: int, kind: str) -> Iterator[ox.Quad]:
    """Yield that a page of `entry` holds what is of its moment."""
    relation = ox.NamedNode(f"{page.value}#{kind}-{entry.name}-{number}")
    at = ox.NamedNode(f"{EXTERNAL['xsd']}dateTime")
    yield ox.Quad(page, ox.NamedNode(f"{_TREE}relation"), relation)
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (f"{EXTERNAL['rdf']}type", ox.NamedNode(f"{_TREE}{kind}")),
        (f"{_TREE}node", _address(entry, number)),
        (f"{_TREE}path", ox.NamedNode(f"{EXTERNAL['prov']}generatedAtTime")),
        (f"{_TREE}value", ox.Literal(entry.since, datatype=at)),
    ]
    for name, value in said:
        yield ox.Quad(relation, ox.NamedNode(name), value)


def _write(quads: list[ox.Quad], variant: Variant) -> bytes:
    """Return `quads` with their graphs; elsewhere on this site JSON-LD has but one."""
    if variant is JSON_LD:
        return ox.serialize(sorted(quads, key=_by_graph), format=ox.RdfFormat.JSON_LD) or b""
    return write_graph(quads, RDF_FORMATS[variant.suffix])


def _by_graph(quad: ox.Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad)


def _address(entry: Entry, number: int) -> ox.NamedNode:
    return ox.NamedNode(address.public(f"/ldes/{entry.name}/{number}"))
