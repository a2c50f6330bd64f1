"""Make the application: blueprints, errors, headers; the parts it needs are handed to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import pyoxigraph as ox
from flask import Flask, Response

from contrats.described import open_descriptions
from contrats.history import open_history
from contrats.library import read_library
from contrats.neighbourhood import open_neighbourhood
from contrats.page_queries import read_page_queries
from contrats.statements import open_statements
from contrats.web import (
    changes,
    compare,
    documents,
    dump,
    editor,
    errors,
    feeds,
    findings,
    harvest,
    help_page,
    ldes,
    limits_page,
    links,
    map_page,
    memento,
    offprint,
    pages,
    protocol,
    reconcile,
    reconcile_suggest,
    relations,
    release_page,
    saved,
    sitemap,
    subject_list,
    terms,
    tongue,
    void,
)
from contrats.web.dates import in_words
from contrats.web.earlier import Earlier
from contrats.web.headers import HEADERS
from contrats.web.operation import MAX_BODY
from contrats.web.site import NAME, Settings, Site
from contrats.web.static_files import send_static
from contrats.web.words import capital, decimal, figure

if TYPE_CHECKING:
    from pathlib import Path

    from contrats.release import Release
    from contrats.store import EmbeddedStore
    from contrats.web.site import Engines

_MODULES = (
    changes, compare, documents, dump, editor, feeds, findings, harvest, help_page, ldes,
    limits_page, links, map_page, memento, offprint, pages, protocol, reconcile, reconcile_suggest,
    release_page, saved, sitemap, subject_list, terms, void,
)  # fmt: skip
_ALLOWED_ACROSS = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Datetime, Content-Type, If-None-Match, Range",
    "Access-Control-Max-Age": "86400",
}


def create_app(
    store: EmbeddedStore, release: Release, settings: Settings, engines: Engines
) -> Flask:
    """Return the WSGI application about `release`: pages from `store`, queries by `engines`.

    Below `/release/<identifier>` it answers for the earlier ones, from their own stores.
    """
    rooms = settings.rooms
    site = Site(
        store,
        open_statements(store.quads),
        open_descriptions(open_neighbourhood(store.quads)),
        engines,
        release,
        settings,
        read_page_queries(rooms.queries / "pages"),
        read_library(rooms.queries),
        _read_shapes(rooms.shapes),
        open_history(engines.past.releases, release.identifier, release.version, release.issued),
    )
    app = _create(site)

    def create_earlier(store: EmbeddedStore, release: Release) -> Flask:
        statements = open_statements(store.quads)
        describe = open_descriptions(open_neighbourhood(store.quads))
        earlier = replace(
            site, store=store, statements=statements, describe=describe, release=release
        )
        return _create(earlier)

    app.wsgi_app = Earlier(  # type: ignore[method-assign]
        app.wsgi_app, release.identifier, site.history, create_earlier
    )
    return app


def _create(site: Site) -> Flask:
    """Return the application about one release, which may be an earlier one."""
    app = Flask(__name__)
    app.view_functions["static"] = send_static
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.url_map.merge_slashes = False  # the redirection would be to the Host, which anyone writes
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "day": in_words,
        "capital": capital,
        "comma": decimal,
        "figure": figure,
    }
    app.jinja_env.globals["all_links"] = links.address_of
    tongue.speak(app.jinja_env)
    app.context_processor(tongue.languages)
    app.context_processor(relations.canonical)
    app.wsgi_app = tongue.InTwoTongues(app.wsgi_app)  # type: ignore[method-assign]
    app.extensions[NAME] = site
    for module in _MODULES:
        app.register_blueprint(module.routes)
    errors.register(app)
    memento.register(app)
    app.after_request(_add_headers)
    return app


def _add_headers(response: Response) -> Response:
    """Add what every answer bears, and say where it may be asked from."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "Location" in response.headers:  # the framework's own names the Host, which anyone writes
        parts = urlsplit(response.headers["Location"])
        path = f"/{parts.path.lstrip('/')}"
        response.headers["Location"] = urlunsplit(("", "", path, parts.query, parts.fragment))
        response.set_data(b"")  # nothing is to be said: a harvest each night takes headers only
    if response.allow:
        response.headers["Allow"] = ", ".join(sorted(response.allow.as_set(preserve_casing=True)))
        for name, value in _ALLOWED_ACROSS.items():
            response.headers.setdefault(name, value)
    return response


def _read_shapes(folder: Path) -> tuple[ox.Quad, ...]:
    """Return the shapes of `folder`, blank nodes named by what they say: the same bytes each time.

    https://www.w3.org/TR/rdf-canon/
    """
    shapes = ox.Dataset(
        quad
        for path in sorted(folder.rglob("*.ttl"))
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    )
    shapes.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted(shapes, key=str))
