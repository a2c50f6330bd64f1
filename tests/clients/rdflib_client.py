"""rdflib: its SPARQLStore asks the endpoint, its parsers read the forms of graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from tests.clients.python_client import TYPES
from tests.clients.terms import show

from contrats.border import from_rdflib

if TYPE_CHECKING:
    from typing import Literal

    from rdflib.query import Result
    from tests.clients.terms import Row, Show

    Method = Literal["GET", "POST", "POST_FORM"]


def ask(endpoint: str, query: str, form: str | None, method: Method = "GET") -> Result:
    """Return what SPARQLStore makes of the answer; without `form` it takes whatever comes."""
    return SPARQLStore(endpoint, returnFormat=form, method=method).query(query)


def rows(
    endpoint: str,
    query: str,
    form: str | None,
    method: Method = "GET",
    shown: Show = show,
) -> list[Row]:
    """Return the rows that SPARQLStore reads."""
    found = ask(endpoint, query, form, method)
    return [
        tuple(shown(from_rdflib(row[name]) if name in row else None) for name in found.vars or ())
        for row in found.bindings
    ]


def boolean(endpoint: str, query: str, form: str | None, method: Method = "GET") -> bool:
    """Return the boolean that SPARQLStore reads."""
    answer = ask(endpoint, query, form, method).askAnswer
    assert answer is not None
    return answer


def graph(endpoint: str, query: str, form: str | None, method: Method = "GET") -> set[Row]:
    """Return the statements that SPARQLStore reads."""
    found = ask(endpoint, query, form, method).graph
    assert found is not None
    return read(found)


def parsed(endpoint: str, query: str, form: str) -> set[Row]:
    """Return the statements that a parser of rdflib's reads at the address of the answer."""
    data = rdflib.Dataset(default_union=True)
    data.parse(f"{endpoint}?{urlencode({'query': query, 'as': form})}", format=TYPES[form])
    return read(data)


def read(found: rdflib.Graph) -> set[Row]:
    """Return the statements of `found`."""
    triples = found.triples((None, None, None))
    return {(_show(s), _show(p), _show(o)) for s, p, o in triples}


def _show(node: rdflib.term.Node) -> str:
    return show(from_rdflib(node))
