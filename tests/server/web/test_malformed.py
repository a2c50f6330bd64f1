"""A query that is not SPARQL: where it stops being so, in words a reader can use."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from contrats.errors import QueryRefusedError
from contrats.malformed import MalformedQueryError
from contrats.store import EmbeddedStore


def refuse(text: str) -> MalformedQueryError:
    with pytest.raises(MalformedQueryError) as refused:
        EmbeddedStore(ox.Store()).answer(text)
    return refused.value


@pytest.mark.parametrize(
    ("text", "place", "excerpt"),
    [
        ("SELECT ?s { ?s ?p ?o", (1, 21), "SELECT ?s { ?s ?p ?o✗"),
        ("SELECT ?s {\n?s ?p \n\n", (2, 6), "?s ?p✗"),
        ("ASK { ?s ?p '\u2028' ) }", (1, 20), "ASK { ?s ?p '\u2028' ) }✗"),
        ("", (1, 1), "✗"),
        ("  FIND ?s {}", (1, 3), "✗FIND ?s {}"),
        ("PREFIX a: <urn:a> FIND {}", (1, 19), "PREFIX a: <urn:a> ✗FIND {}"),
        ("{ ?s ?p ?o }", (1, 1), "✗{ ?s ?p ?o }"),
    ],
)
def test_the_cross_is_where_the_engine_stopped(
    text: str, place: tuple[int, int], excerpt: str
) -> None:
    refused = refuse(text)

    assert (refused.line, refused.column) == place
    assert refused.excerpt == excerpt
    assert excerpt in refused.fr
    assert excerpt in refused.en


@pytest.mark.parametrize(
    ("text", "fr", "en"),
    [
        ("SELECT ?x ?y { ?x ?p ?o } GROUP BY ?x", "ni groupée", "neither grouped"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "ne va pas avec GROUP BY", "does not go with"),
        ("SELECT (1 AS ?s) { ?s ?p ?o }", "que porte déjà", "already bears"),
        ("SELECT * {} VALUES (?x ?y) { (1) }", "autant de valeurs", "as many values"),
        ("SELECT ?s ?s { ?s ?p ?o }", "deux fois", "twice"),
    ],
)
def test_a_fault_of_the_whole_query_is_said_in_a_sentence(text: str, fr: str, en: str) -> None:
    refused = refuse(text)

    assert fr in refused.fr
    assert en in refused.en
    assert refused.excerpt is None


def test_a_malformed_query_is_a_refused_one() -> None:
    assert issubclass(MalformedQueryError, QueryRefusedError)
