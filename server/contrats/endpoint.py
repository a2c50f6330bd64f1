"""A remote SPARQL endpoint as a `Store`, through SPARQLWrapper."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError, URLError

import pyoxigraph as ox
from SPARQLWrapper import ASK, CONSTRUCT, DESCRIBE, JSON, POST, SELECT, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from contrats.errors import EndpointError, QueryRefusedError
from contrats.guard import form_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.store import Answer, Dataset, Term

TIMEOUT: Final = 60
"""Seconds: an endpoint that is silent for longer is said not to answer."""
_TYPES: Final = {"SELECT": SELECT, "ASK": ASK, "CONSTRUCT": CONSTRUCT, "DESCRIBE": DESCRIBE}
_RESULTS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}


@dataclass(frozen=True, slots=True)
class RemoteStore:
    """An endpoint of SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

    url: str

    def answer(
        self,
        text: str,
        bind: Mapping[str, Term] | None = None,
        dataset: Dataset | None = None,
    ) -> Answer:
        """Answer from the endpoint; see `Store.answer`. Without a dataset, the endpoint's own."""
        client = SPARQLWrapper(self.url)
        form = form_of(text)
        client.setQuery(_bound(text, bind or {}))
        client.queryType = _TYPES[form]
        client.setMethod(POST)
        client.setTimeout(TIMEOUT)
        client.setReturnFormat(JSON if form in {"SELECT", "ASK"} else TURTLE)
        client.addCustomHttpHeader("Accept", _accept(form))
        for iri in dataset.default if dataset else ():
            client.addParameter("default-graph-uri", iri)
        for iri in dataset.named if dataset else ():
            client.addParameter("named-graph-uri", iri)
        return self._read(client, form)

    def _read(self, client: SPARQLWrapper, form: str) -> Answer:
        """Return what the endpoint answers to the request that `client` holds."""
        try:
            response = client.query().response
            media_type = response.headers.get_content_type()
            body = response.read()
        except HTTPError as fault:
            raise self._failure(f"{fault.code} {fault.reason}", _excerpt(fault)) from fault
        except SPARQLWrapperException as fault:
            raise self._failure(type(fault).__name__, _clean(str(fault))) from fault
        except (URLError, OSError) as fault:
            raise self._failure("aucune réponse / no answer", str(fault)) from fault
        try:
            return _parse(body, media_type, form)
        except (KeyError, SyntaxError, ValueError) as fault:
            said = f"{media_type}: {fault}"
            raise self._failure("réponse illisible / unreadable answer", said) from fault

    def _failure(self, what: str, said: str) -> EndpointError:
        """Return the error that names the endpoint and what it said."""
        return EndpointError(
            f"Le point d’accès {self.url} n’a pas répondu comme prévu : {what}. {said}".rstrip()
            + " Vérifiez l’adresse et la requête.",
            f"The endpoint {self.url} did not answer as expected: {what}. {said}".rstrip()
            + " Check the address and the query.",
        )


def _parse(body: bytes, media_type: str, form: str) -> Answer:
    """Return the answer in `body`; a media type that is none of ours is a `KeyError`."""
    if form in {"SELECT", "ASK"}:
        return ox.parse_query_results(body, format=_RESULTS[media_type])
    found = ox.RdfFormat.from_media_type(media_type)
    if found is None:
        raise KeyError(media_type)
    return [ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(body, format=found)]


def _accept(form: str) -> str:
    """Return the media types that this client reads, the one it likes best first."""
    if form in {"SELECT", "ASK"}:
        wanted = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
    else:
        wanted = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
    return f"{wanted}, text/plain;q=0.1"  # for what it says of a fault


def _bound(text: str, bind: Mapping[str, Term]) -> str:
    """Return `text` followed by a VALUES block that gives each variable of `bind` its term.

    The grammar ends a query with it (https://www.w3.org/TR/sparql11-query/#rValuesClause). A term
    writes itself, escaped, as in N-Triples; a name that is no variable is refused.
    """
    if not bind:
        return text
    for name in bind:
        if re.fullmatch(r"[A-Za-z_]\w*", name) is None:
            raise QueryRefusedError(
                f"« {name} » n’est pas un nom de variable.", f'"{name}" is not a variable name.'
            )
    names = " ".join(f"?{name}" for name in bind)
    return f"{text}\nVALUES ({names}) {{ ({' '.join(map(str, bind.values()))}) }}\n"


def _excerpt(fault: HTTPError) -> str:
    """Return the first line of what the endpoint said with its refusal."""
    return _clean(fault.read(2000).decode("utf-8", "replace"))


def _clean(text: str) -> str:
    """Return `text` on one line, at most 300 characters; SPARQLWrapper quotes bytes as Python."""
    quoted = re.search(r"b(['\"])(?:[^\\]|\\.)*\1", text, re.DOTALL)
    if quoted:
        text = ast.literal_eval(quoted[0]).decode("utf-8", "replace")
    return " ".join(text.split())[:300]
