"""Every error in the form that was asked for: a page, a problem, a line, or RDF."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox
from flask import Response, g, request
from werkzeug.exceptions import HTTPException

from contrats.errors import (
    AnswerTooLargeError,
    BudgetError,
    BusyError,
    ContratsError,
    LimitError,
    QueryRefusedError,
)
from contrats.malformed import MalformedQueryError
from contrats.vocabulary import EXTERNAL
from contrats.web import address, negotiation, views
from contrats.web.error_titles import sentence_of, title_of
from contrats.web.media import GRAPHS, HTML, PROBLEM, TEXT, Variant
from contrats.web.refusal import RefusalError
from contrats.writing import RDF_FORMATS, write_graph

if TYPE_CHECKING:
    from flask import Flask

OFFERS = (PROBLEM, HTML, TEXT, *GRAPHS)
"""What comes first goes to those who accept anything, such as a program without an Accept."""
_HTTP = "http://www.w3.org/2011/http#"

_log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """Have `app` answer every error by this module."""
    app.register_error_handler(RefusalError, answer_fault)
    app.register_error_handler(ContratsError, answer_error)
    app.register_error_handler(HTTPException, answer_http)


def answer_fault(fault: RefusalError) -> Response:
    """Answer with what a view refused."""
    return _answer(fault)


def answer_error(error: ContratsError) -> Response:
    """Answer with an error of the parts below: a refused query is the reader's to mend."""
    if isinstance(error, QueryRefusedError):
        found = error.line is not None and error.column is not None
        place = (error.line or 0, error.column or 0) if found else None
        refusal = RefusalError(400, error.fr, error.en, place=place)
        if isinstance(error, MalformedQueryError):
            refusal.excerpt = error.excerpt
        return _answer(refusal)
    if isinstance(error, LimitError | BusyError):
        return _answer(_over_limit(error))
    _log.error("%s", error.en)
    return _answer(
        RefusalError(502 if "Endpoint" in type(error).__name__ else 500, error.fr, error.en)
    )


def _over_limit(error: LimitError | BusyError) -> RefusalError:
    """Return the refusal of a query past a limit: what may pass later says when to ask again."""
    if isinstance(error, BusyError):
        status = 429 if isinstance(error, BudgetError) else 503
        return RefusalError(status, error.fr, error.en, {"Retry-After": str(error.wait)})
    status = 422 if isinstance(error, AnswerTooLargeError) else 503
    return RefusalError(status, error.fr, error.en)


def answer_http(error: HTTPException) -> Response:
    """Answer with an error that the framework raised."""
    status = error.code or 500
    if status < HTTPStatus.BAD_REQUEST:
        return Response(status=status, headers=dict(error.get_headers()))
    fr, en = sentence_of(status)
    kept = ("Allow", "Content-Range", "Retry-After")
    headers = {name: value for name, value in error.get_headers() if name in kept}
    if "Allow" in headers:
        allowed = headers["Allow"] = ", ".join(sorted(headers["Allow"].split(", ")))
        fr = f"Méthode {request.method} refusée ici. Méthodes admises : {allowed}."
        en = f"Method {request.method} is refused here. Methods allowed: {allowed}."
    return _answer(RefusalError(status, fr, en, headers))


def _answer(fault: RefusalError) -> Response:
    """Return `fault` in the form that its address or its Accept asks for, else as a problem."""
    asked: Variant | None = g.get("variant")
    variant = asked if asked in OFFERS else None
    if variant is None:
        variant = negotiation.choose(OFFERS) if negotiation.accepts(OFFERS) else PROBLEM
    response = Response(
        _body(fault, variant), status=fault.status, content_type=variant.content_type
    )
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(fault.headers)
    return response


def _body(fault: RefusalError, variant: Variant) -> bytes | str:
    if variant is HTML:
        form = request.endpoint == "protocol.sparql"
        query = g.get("query", "") if form else None
        return views.render(
            "error.html", "", fault=fault, title=title_of(fault.status), query=query
        )
    if variant is TEXT:
        title_fr, title_en = title_of(fault.status)
        return f"{fault.status} {title_fr}\n{fault.fr}\n\n{title_en}\n{fault.en}\n"
    if variant is PROBLEM:
        return json.dumps(_problem(fault), ensure_ascii=False, indent=2) + "\n"
    return write_graph(_described(fault), RDF_FORMATS[variant.suffix])


def _problem(fault: RefusalError) -> dict[str, object]:
    """Return the members of https://www.rfc-editor.org/rfc/rfc9457#name-members-of-a-problem-detail."""
    title_fr, title_en = title_of(fault.status)
    members: dict[str, object] = {
        "type": "about:blank",
        "title": title_fr,
        "title-en": title_en,
        "status": fault.status,
        "detail": fault.fr,
        "detail-en": fault.en,
        "instance": _instance(),
    }
    if fault.place:
        members["line"], members["column"] = fault.place
    return members | dict(fault.members)


def _described(fault: RefusalError) -> list[ox.Triple]:
    """Return the error as RDF, about the address that was asked for."""
    about = ox.NamedNode(_instance())
    dcterms = EXTERNAL["dcterms"]
    title_fr, title_en = title_of(fault.status)
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (f"{EXTERNAL['rdf']}type", ox.NamedNode(f"{_HTTP}Response")),
        (f"{_HTTP}statusCodeValue", ox.Literal(fault.status)),
        (f"{dcterms}title", ox.Literal(title_fr, language="fr")),
        (f"{dcterms}title", ox.Literal(title_en, language="en")),
        (f"{dcterms}description", ox.Literal(fault.fr, language="fr")),
        (f"{dcterms}description", ox.Literal(fault.en, language="en")),
    ]
    return [*(ox.Triple(about, ox.NamedNode(name), value) for name, value in said), *fault.stated]


def _instance() -> str:
    """Return the address that was asked for, as the world sees it, without its query."""
    return address.public(quote(request.path, safe="/:@!$&'()*+,;=~-._"))
