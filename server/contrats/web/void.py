"""What is in the release, for machines that look where all data sets say it: /.well-known/void.

https://www.w3.org/TR/void/#well-known
"""

from __future__ import annotations

import pyoxigraph as ox
from flask import Blueprint, Response

from contrats.web import negotiation
from contrats.web.media import CATALOGUES
from contrats.web.reached import reach
from contrats.web.site import this_site
from contrats.writing import RDF_FORMATS, write_graph

routes = Blueprint("void", __name__)


@routes.get("/.well-known/void")
def void() -> Response:
    """Answer with the VoID of the release, its addresses those that the world can reach."""
    variant = negotiation.choose(CATALOGUES)
    path = this_site().release.path("void.ttl")
    quads = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    triples = list(reach(quad.triple for quad in quads))
    return negotiation.reply(write_graph(triples, RDF_FORMATS[variant.suffix]), variant)
