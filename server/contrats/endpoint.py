"""A remote SPARQL endpoint as a `Store`, through SPARQLWrapper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pyoxigraph as ox
from SPARQLWrapper import ASK, CONSTRUCT, DESCRIBE, JSON, POST, SELECT, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from contrats.errors import EndpointError
from contrats.guard import form_of
from contrats.outage import TIMEOUT, explain_refusal, explain_silence, on_one_line, read_excerpt
from contrats.values import bind_in_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.store import Answer, Dataset, Term

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

    def __post_init__(self) -> None:
        """Refuse an address that is not one of the Web: no file is read, nothing is guessed."""
        if not _is_address(self.url):
            shown = on_one_line(self.url)
            raise EndpointError(
                f"« {shown} » n’est pas l’adresse d’un point d’accès : il faut http:// ou "
                "https://, une machine, et ni espace ni lettre accentuée ; corrigez --endpoint.",
                f'"{shown}" is not the address of an endpoint: it takes http:// or https://, '
                "a host, and neither a space nor an accented letter; correct --endpoint.",
            )

    def answer(
        self,
        text: str,
        bind: Mapping[str, Term] | None = None,
        dataset: Dataset | None = None,
    ) -> Answer:
        """Answer from the endpoint; see `Store.answer`. Without a dataset, the endpoint's own."""
        client = SPARQLWrapper(self.url)
        form = form_of(text)
        client.setQuery(bind_in_text(text, bind or {}))
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
            with client.query().response as response:
                media_type = response.headers.get_content_type()
                body = response.read()
        except HTTPError as fault:
            status = f"{fault.code} {fault.reason}"
            raise self._failure(status, status, read_excerpt(fault)) from fault
        except SPARQLWrapperException as fault:
            raise self._failure(*explain_refusal(fault)) from fault
        except (HTTPException, OSError, ValueError) as fault:
            raise self._failure(*explain_silence(fault)) from fault
        try:
            return _parse(body, media_type, form)
        except (KeyError, SyntaxError, ValueError) as fault:
            said = on_one_line(f"{media_type}: {fault}")
            raise self._failure("réponse illisible", "unreadable answer", said) from fault

    def _failure(self, fr: str, en: str, said: str = "") -> EndpointError:
        """Return the error that names the endpoint and what it said."""
        return EndpointError(
            f"Le point d’accès {self.url} n’a pas répondu comme prévu : {fr}. {said}".rstrip()
            + " Vérifiez l’adresse et la requête.",
            f"The endpoint {self.url} did not answer as expected: {en}. {said}".rstrip()
            + " Check the address and the query.",
        )


def _is_address(url: str) -> bool:
    """Tell whether `url` is http(s) with a host, and ASCII without blanks (RFC 3986)."""
    if re.fullmatch(r"[!-~]+", url) is None:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket left open, a port that is no number
        return False


def _parse(body: bytes, media_type: str, form: str) -> Answer:
    """Return the answer in `body`; a media type that is none of ours is a `KeyError`."""
    if form in {"SELECT", "ASK"}:
        found = ox.parse_query_results(body, format=_RESULTS[media_type])
        if isinstance(found, ox.QueryBoolean):
            return found
        try:
            for _ in found:  # rows are parsed when they are read: a fault in any must show here
                pass
        finally:
            del found  # which a traceback would take to another thread, where it cannot end
        return ox.parse_query_results(body, format=_RESULTS[media_type])
    known = ox.RdfFormat.from_media_type(media_type)
    if known is None:
        raise KeyError(media_type)
    return [ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(body, format=known)]


def _accept(form: str) -> str:
    """Return the media types that this client reads, the one it likes best first."""
    if form in {"SELECT", "ASK"}:
        wanted = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
    else:
        wanted = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
    return f"{wanted}, text/plain;q=0.1"  # for what it says of a fault
