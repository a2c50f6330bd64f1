"""The endpoint `/sparql`: SPARQL 1.1 Protocol for programs, a form and a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from flask import Blueprint, Response, g, request

from contrats import guard
from contrats.vocabulary import PREFIXES
from contrats.web import answer_page, negotiation
from contrats.web.media import GRAPHS, HTML, RDF_FORMATS, RESULT_FORMATS, RESULTS, Variant
from contrats.web.operation import read_operation
from contrats.web.refusal import RefusalError
from contrats.web.service import describe_service
from contrats.web.site import this_site
from contrats.writing import write_graph, write_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.store import Answer
    from contrats.web.operation import Operation

routes = Blueprint("protocol", __name__)


@routes.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def sparql() -> Response:
    """Answer a query; without one, the form for people and the service description for programs."""
    operation = read_operation(request)
    if operation.query is None or (not operation.query.strip() and request.method == "GET"):
        return _without_query(operation)
    g.query = operation.query
    guard.check(operation.query)
    found = this_site().store.answer(operation.query, None, operation.dataset)
    tables = isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
    variant = _variant(RESULTS if tables else GRAPHS, operation)
    if variant is HTML:
        page = answer_page.show_answer(operation.query, found)
        return negotiation.reply(page, variant)
    return negotiation.reply(write_answer(found, variant), variant)


def write_answer(found: Answer, variant: Variant) -> bytes:
    """Return the whole of `found` in the form `variant`: an answer is complete, or an error."""
    if isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
        return write_rows(found, RESULT_FORMATS[variant.suffix])
    return write_graph(found, RDF_FORMATS[variant.suffix])


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
        raise RefusalError(
            400,
            "Aucune requête : le champ « query » manque ou est vide. Écrivez-y une requête.",
            'No query: the field "query" is missing or blank. Write a query in it.',
        )
    variant = _variant((*GRAPHS,), operation)
    if variant is HTML:
        declared = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in _FILLED_IN)
        page = answer_page.show_form(f"{declared}\n\n{_FIRST_QUERY}")
        return negotiation.reply(page, variant)
    body = write_graph(describe_service(this_site()), RDF_FORMATS[variant.suffix])
    return negotiation.reply(body, variant)


def _wants_results() -> bool:
    """Tell whether the request accepts rows, and nothing that can be given without a query."""
    return negotiation.accepts(RESULTS) and not negotiation.accepts((*GRAPHS, HTML))


_FILLED_IN = ("cls", "cv", "dcterms", "org", "prov", "rdfs", "schema", "skos", "xsd")
_FIRST_QUERY = """SELECT ?contract ?title
WHERE {
    ?contract a cls:LocalHealthContract ;
        dcterms:title ?title .
}
ORDER BY ?title
"""
