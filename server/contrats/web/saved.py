"""The saved queries: a page each, an answer in each form, the file itself, and how to cite it."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from flask import Blueprint, Response, g, request

from contrats import guard
from contrats.vocabulary import BASE
from contrats.web import negotiation
from contrats.web.api import Api
from contrats.web.asking import answer, read_asking
from contrats.web.choices import choices_of
from contrats.web.citing import cite_asking, cite_query, reply_citation
from contrats.web.media import CITATIONS, DOCUMENTS, GRAPHS, HTML, JSON, QUERY, RESULTS
from contrats.web.openapi import describe_api
from contrats.web.operation import read_operation, received
from contrats.web.passport import cache_control
from contrats.web.question_page import show_question
from contrats.web.refusal import RefusalError
from contrats.web.sending import send
from contrats.web.site import this_site
from contrats.web.wording import description_of, heading_of, summary_of, title_of
from contrats.writing import RDF_FORMATS, write_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from contrats.library import SavedQuery

routes = Blueprint("saved", __name__)

_NEAR: Final = 3


@routes.app_context_processor
def _wordings() -> dict[str, Callable[..., str]]:
    """Let the templates say what a saved query says of itself."""
    return {
        "summary_of": summary_of,
        "description_of": description_of,
        "heading_of": heading_of,
        "title_of": title_of,
    }


@routes.get("/queries/<document>")
def question(document: str) -> Response:
    """Answer with the page of a saved query, or with its answer in the form of the suffix."""
    name, dot, suffix = document.partition(".")
    query = find_query(name)
    if not dot:
        return _describe(query)
    forms = GRAPHS if query.form == "CONSTRUCT" else RESULTS
    variant = negotiation.by_suffix((*forms, HTML, QUERY), suffix)
    if variant is HTML:
        return negotiation.reply(show_question(read_asking(query, example=True)), HTML)
    asking = read_asking(query)
    if variant is QUERY:
        return negotiation.reply(asking.text if asking.bind else query.text, QUERY)
    answered, passport = answer(asking, variant.suffix)
    return send(answered, variant, passport, cache_control(asking.line))


@routes.get("/openapi.json")
def openapi() -> Response:
    """Answer with the description of the API for programs."""
    site = this_site()
    api = Api(
        site.settings.public_url, site.release.version, site.library, choices_of, site.engine.limits
    )
    text = json.dumps(describe_api(api), ensure_ascii=False, indent=1)
    return negotiation.reply(f"{text}\n", JSON)


@routes.get("/queries/<name>/cite.<suffix>")
def cite(name: str, suffix: str) -> Response:
    """Answer with the citation of the answer to a saved query."""
    query = find_query(name)
    variant = negotiation.by_suffix(CITATIONS, suffix)
    return reply_citation(cite_asking(read_asking(query)), variant)


@routes.get("/sparql/cite.<suffix>")
def cite_any(suffix: str) -> Response:
    """Answer with the citation of the answer to any query, which is not asked here."""
    variant = negotiation.by_suffix(CITATIONS, suffix)
    operation = read_operation(received(request))
    if operation.query is None or not operation.query.strip():
        raise RefusalError(
            400,
            "Aucune requête à citer : le champ « query » manque ou est vide.",
            'No query to cite: the field "query" is missing or blank.',
        )
    g.query = operation.query
    guard.check(operation.query, this_site().engine.limits)
    return reply_citation(cite_query(operation.query, operation.dataset), variant)


def find_query(name: str) -> SavedQuery:
    """Return the saved query `name`, or raise the 404 that names those most like it."""
    known = {query.name: query for query in this_site().library}
    if name in known:
        return known[name]
    near = ", ".join(get_close_matches(name[:80], known, _NEAR, 0.4))
    raise RefusalError(
        404,
        "Aucune question prête de ce nom. "
        + (f"Les plus proches : {near}. " if near else "")
        + "La liste : /queries",
        "No saved query of that name. "
        + (f"The nearest: {near}. " if near else "")
        + "The list: /queries",
    )


def _describe(query: SavedQuery) -> Response:
    """Answer with the page, or with what the release states of the query, as the Accept likes."""
    variant = negotiation.choose((HTML, *DOCUMENTS))
    if variant is HTML:
        return negotiation.reply(show_question(read_asking(query, example=True)), HTML)
    site = this_site()
    iri = f"{BASE}queries/{query.name}"
    quads = site.queries.quads(site.store, "own", {"iri": ox.NamedNode(iri)})
    parts = {q.object for q in quads if str(q.object).startswith(f"<{iri}#")}  # its parameters
    for part in sorted(parts, key=str):
        quads += site.queries.quads(site.store, "own", {"iri": part})
    return negotiation.reply(write_graph(quads, RDF_FORMATS[variant.suffix]), variant)
