"""SPARQLWrapper: each form that it knows, by GET, by a form and by the query as the body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox
import rdflib
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TSV, XML, SPARQLWrapper
from tests.clients import rdflib_client
from tests.clients.python_client import split_csv, word
from tests.clients.terms import read_json, read_rows, read_xml

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.clients.terms import Row


def ask(endpoint: str, query: str, form: str, method: str = GET) -> Any:  # noqa: ANN401 -- untyped
    """Return what the answer is converted to; `method` is GET, POST or POSTDIRECTLY."""
    client = SPARQLWrapper(endpoint)
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(GET if method == GET else POST)
    if method == POSTDIRECTLY:
        client.setRequestMethod(POSTDIRECTLY)
    return client.queryAndConvert()


def rows(endpoint: str, query: str, form: str, method: str = GET) -> list[Row]:
    """Return the rows: a dictionary, a document or a text, as `form` has it."""
    return _READING[form](ask(endpoint, query, form, method))


def boolean(endpoint: str, query: str, form: str, method: str = GET) -> bool:
    """Return the boolean: in a dictionary, a document or a text, as `form` has it."""
    found = ask(endpoint, query, form, method)
    if form == JSON:
        return bool(found["boolean"])
    if form == XML:
        said = found.getElementsByTagName("boolean")[0].firstChild.data
        return {"true": True, "false": False}[said]
    return word(found)


def graph(endpoint: str, query: str, form: str, method: str = GET) -> set[Row]:
    """Return the statements: rdflib's own graph, or the text of Turtle, which rdflib reads."""
    found = ask(endpoint, query, form, method)
    if isinstance(found, bytes):
        found = rdflib.Graph().parse(data=found, format="turtle")
    return rdflib_client.read(found)


def _tsv_rows(found: bytes) -> list[Row]:
    return read_rows(ox.parse_query_results(found, format=ox.QueryResultsFormat.TSV))


_READING: Final[dict[str, Callable[[Any], list[Row]]]] = {
    JSON: read_json,
    XML: read_xml,
    CSV: split_csv,
    TSV: _tsv_rows,
}
