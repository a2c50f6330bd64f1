"""The endpoint `/sparql`: SPARQL 1.1 Protocol for programs, a form and a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, g, request

from contrats import guard
from contrats.engine.asked import ROWS, Asked
from contrats.engine.past import ReleaseGoneError
from contrats.vocabulary import PREFIXES
from contrats.web import address, answer_page, negotiation, sending
from contrats.web.handover import answer
from contrats.web.media import GRAPHS, HTML, RESULTS, Variant
from contrats.web.operation import read_operation, received
from contrats.web.passport import cache_control, make_passport, reply_passport
from contrats.web.refusal import RefusalError
from contrats.web.service import describe_service
from contrats.web.site import this_site
from contrats.writing import RDF_FORMATS, RESULT_FORMATS, write_graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.engine.engine import Engine
    from contrats.web.operation import Operation

routes = Blueprint("protocol", __name__)


@routes.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def sparql() -> Response:
    """Answer a query; without one, the form for people and the service description for programs."""
    operation = read_operation(received(request))
    if _is_blank(operation):
        return _without_query(operation)
    return _answer(this_site().engine, operation)


@routes.route("/release/<identifier>/sparql", methods=["GET", "POST"], strict_slashes=False)
def sparql_of_release(identifier: str) -> Response:
    """Answer a query from that very release, as long as it is one of the last."""
    engine = _engine_of(identifier)
    operation = read_operation(received(request))
    if _is_blank(operation):
        raise _no_query()
    return _answer(engine, operation, fixed=True)


@routes.route("/release/<identifier>/passport.json", methods=["GET", "POST"])
def passport(identifier: str) -> Response:
    """Answer with what is to be known of an answer, without it."""
    engine = _engine_of(identifier)
    operation = read_operation(received(request))
    if _is_blank(operation) or operation.query is None:
        raise _no_query()
    guard.check(operation.query, engine.limits)
    asked = Asked(operation.query, ROWS, operation.dataset)
    answered = answer(engine, asked)
    made = make_passport(operation.query, operation.dataset, answered, address.public(""))
    return reply_passport(operation.query, operation.dataset, made)


def _answer(engine: Engine, operation: Operation, *, fixed: bool = False) -> Response:
    """Answer the query of `operation` from `engine`: whole, or an error."""
    text = g.query = operation.query or ""
    form = guard.check(text, engine.limits)
    offers = RESULTS if form in {"SELECT", "ASK"} else GRAPHS
    try:
        variant = _variant(offers, operation)
    except RefusalError:  # what is no query is told first, whatever is accepted
        answer(engine, Asked(text, offers[0].suffix, operation.dataset))
        raise
    asked = Asked(text, ROWS if variant is HTML else variant.suffix, operation.dataset)
    answered = answer(engine, asked)
    passport = make_passport(text, operation.dataset, answered, address.public(""))
    if variant is HTML:
        return negotiation.reply(answer_page.show_answer(text, form, answered, passport), variant)
    lasting = FOREVER if fixed else cache_control(text)
    return sending.send(answered, variant, passport, lasting)


def _engine_of(identifier: str) -> Engine:
    """Return the engine of a release, or raise the 404 that names those that answer."""
    try:
        return this_site().engines.of(identifier)
    except ReleaseGoneError as fault:
        raise RefusalError(404, fault.fr, fault.en) from fault


def _is_blank(operation: Operation) -> bool:
    """Tell whether nothing is asked: no query, or an empty one in an address."""
    query = operation.query
    return query is None or (not query.strip() and request.method != "POST")


def _variant(offers: Sequence[Variant], operation: Operation) -> Variant:
    """Return the form to answer in: the field `as` for links on pages, else the Accept.

    Programs that accept anything get data; HTML goes to those who name it.
    """
    if operation.form is None:
        return negotiation.choose((*offers, HTML))
    found = [v for v in (*offers, HTML) if v.suffix == operation.form]
    if not found:
        listed = ", ".join(v.suffix for v in (*offers, HTML))
        raise RefusalError(
            400,
            f"Forme « {operation.form[:40]} » inconnue pour cette requête. Formes : {listed}.",
            f'Form "{operation.form[:40]}" unknown for this query. Forms: {listed}.',
        )
    return found[0]


def _without_query(operation: Operation) -> Response:
    """Answer a request without a query: a service description, or the empty form."""
    results = operation.form in RESULT_FORMATS if operation.form else _wants_results()
    if request.method == "POST" or results:
        raise _no_query()
    variant = _variant((*GRAPHS,), operation)
    if variant is HTML:
        declared = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in _FILLED_IN)
        page = answer_page.show_form(f"{declared}\n\n{_FIRST_QUERY}")
        return negotiation.reply(page, variant)
    body = write_graph(describe_service(this_site()), RDF_FORMATS[variant.suffix])
    return negotiation.reply(body, variant)


def _no_query() -> RefusalError:
    return RefusalError(
        400,
        "Aucune requête : le champ « query » manque ou est vide. Écrivez-y une requête.",
        'No query: the field "query" is missing or blank. Write a query in it.',
    )


def _wants_results() -> bool:
    """Tell whether the request accepts rows, and nothing that can be given without a query."""
    return negotiation.accepts(RESULTS) and not negotiation.accepts((*GRAPHS, HTML))


FOREVER = "public, max-age=31536000, immutable"
"""An address that names a release: its answers never change."""
_FILLED_IN = ("cls", "cv", "dcterms", "org", "prov", "rdfs", "schema", "skos", "xsd")
_FIRST_QUERY = """SELECT ?contract ?title
WHERE {
    ?contract a cls:LocalHealthContract ;
        dcterms:title ?title .
}
ORDER BY ?title
"""
