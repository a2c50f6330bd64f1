"""The ontology, the shapes and the named graphs as documents of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from flask import Blueprint, Response

from contrats.vocabulary import BASE, DEF, EXTERNAL, SHAPE
from contrats.web import address, negotiation, views
from contrats.web.description import read_description
from contrats.web.documents import unknown
from contrats.web.kept import keep
from contrats.web.media import DOCUMENTS, HTML, TURTLE, Variant
from contrats.web.page_query import asked
from contrats.web.parts import Head, Link, link_to
from contrats.web.site import this_site
from contrats.web.term_list import lists_of, other_language, shape_of, terms_of
from contrats.web.thing_page import thing_page
from contrats.web.tongue import _
from contrats.writing import RDF_FORMATS, write_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

routes = Blueprint("terms", __name__)

_OFFERS = (HTML, *DOCUMENTS)
_VANN = "http://purl.org/vocab/vann/"
_PREFIX = "cls"
_MOST = 500
"""Things of a graph that its page lists."""


@routes.get("/def", defaults={"suffix": ""})
@routes.get("/def.<suffix>")
def ontology(suffix: str) -> Response:
    """Answer with every term that the data uses and we define."""
    variant = negotiation.pick(_OFFERS, suffix or None)
    location = negotiation.location_of("/def", suffix, variant)
    if variant is HTML:
        return negotiation.reply(keep("page of the ontology", _ontology), variant, location)
    return _data([*_quads("ontology", None), *_of_release()], variant, location)


def _ontology() -> str:
    """Return the page of the ontology, with how each term is used in the data."""
    quads = _quads("ontology", None)
    d, ours = read_description(f"{BASE}def", quads), _subjects_in(quads, DEF)
    return views.render(
        "terms.html",
        "",
        head=_head(_("Le vocabulaire"), _("Ontologie"), "def"),
        classes=terms_of(d, ours, classes=True),
        properties=terms_of(d, ours, classes=False),
        lists=lists_of(d),
        other=other_language(),
        behind=asked("ontology"),
        prefix=_PREFIX,
        space=DEF,
    )


def _of_release() -> list[ox.Quad]:
    """Return what is said of the ontology and that its files do not: it is released with the data.

    https://vocab.org/vann/ tells how its names are written.
    """
    site, about = this_site(), ox.NamedNode(f"{BASE}def")
    said: dict[str, ox.NamedNode | ox.Literal] = {
        f"{EXTERNAL['owl']}versionInfo": ox.Literal(site.release.version),
        f"{EXTERNAL['dcterms']}issued": ox.Literal(
            site.release.issued, datatype=ox.NamedNode(f"{EXTERNAL['xsd']}date")
        ),
        f"{_VANN}preferredNamespacePrefix": ox.Literal(_PREFIX),
        f"{_VANN}preferredNamespaceUri": ox.Literal(DEF),
    }
    return [ox.Quad(about, ox.NamedNode(name), value) for name, value in said.items()]


@routes.get("/shape", defaults={"suffix": ""})
@routes.get("/shape.<suffix>")
def shapes(suffix: str) -> Response:
    """Answer with the shapes that every release satisfies."""
    variant = negotiation.pick(_OFFERS, suffix or None)
    location = negotiation.location_of("/shape", suffix, variant)
    quads = this_site().shapes
    if variant is HTML:
        d = read_description(SHAPE, quads)
        page = views.render(
            "shapes.html",
            "",
            head=_head(_("Les règles de validation"), _("Formes SHACL"), "shape"),
            shapes=[shape_of(d, iri) for iri in sorted(_subjects_in(quads, SHAPE))],
            other=other_language(),
        )
        return negotiation.reply(page, variant, location)
    return _data(quads, variant, location)


@routes.get("/graph/<path:document>")
def named_graph(document: str) -> Response:
    """Answer with one named graph, whole; its page says what the graph is and links to the data."""
    name, dot, suffix = document.partition(".")
    variant = negotiation.pick(_OFFERS, suffix if dot else None)
    iri = address.graph(name)
    count = _size(iri) if iri else 0
    if iri is None or not count:
        raise unknown(f"{BASE}graph/{name}")
    location = negotiation.location_of(f"/graph/{name}", suffix, variant)
    if variant is not HTML:
        return _data(_quads("graph", iri), variant, location)
    d = read_description(iri, [*_quads("own", iri), *_quads("names", iri)])
    page = views.render(
        "graph.html",
        "",
        head=_head(d.label(d.iri), _("Graphe nommé"), f"graph/{name}"),
        thing=thing_page(d),
        count=count,
        size=asked("graph-size", iri=ox.NamedNode(iri)),
        subjects=_subjects(iri),
        things=asked("graph-things", iri=ox.NamedNode(iri)),
        most=_MOST,
    )
    return negotiation.reply(page, variant, location)


def _size(iri: str) -> int:
    """Return how many statements the graph `iri` holds."""
    site = this_site()
    rows = site.queries.rows(site.store, "graph-size", {"iri": ox.NamedNode(iri)})
    return next((int(row["count"].value) for row in rows), 0)


def _quads(query: str, iri: str | None) -> list[ox.Quad]:
    """Return the quads that the page query `query` gives, about `iri` when it takes one."""
    site = this_site()
    return site.queries.quads(site.store, query, {"iri": ox.NamedNode(iri)} if iri else {})


def _subjects_in(quads: Iterable[ox.Quad], space: str) -> set[str]:
    """Return the subjects of `quads` in the namespace `space`."""
    subjects = {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
    return {iri for iri in subjects if iri.startswith(space)}


def _data(quads: Sequence[ox.Quad], variant: Variant, location: str | None) -> Response:
    """Answer with `quads` in the form `variant`."""
    return negotiation.reply(write_graph(quads, RDF_FORMATS[variant.suffix]), variant, location)


def _head(title: str, eyebrow: str, step: str) -> Head:
    """Return the banner of a page about `BASE` + `step`."""
    crumbs = (Link(_(views.HOME), address.local("/")),)
    forms = views.forms_of(f"/{step}", (TURTLE, *DOCUMENTS[1:]))
    return Head(title, eyebrow, None, f"{BASE}{step}", forms, crumbs)


def _subjects(iri: str) -> list[Link]:
    """Return the first things that the graph `iri` describes and names, by name."""
    site = this_site()
    rows = site.queries.rows(site.store, "graph-things", {"iri": ox.NamedNode(iri)})
    d = views.describe_thing(iri)
    return [link_to(d, thing) for thing in dict.fromkeys(row["thing"].value for row in rows)]
