"""The graphs that a query names itself, by FROM."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from contrats.store import EmbeddedStore
from contrats.tokens import names_dataset

QUADS = b"""<urn:a> <urn:p> "x" <urn:g1> .
<urn:b> <urn:p> "y" <urn:g2> .
"""


@pytest.fixture
def two_graphs() -> EmbeddedStore:
    quads = ox.Store()
    quads.load(QUADS, format=ox.RdfFormat.N_QUADS)
    return EmbeddedStore(quads)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?s { ?s ?p ?o }", {"urn:a", "urn:b"}),
        ("SELECT ?s FROM <urn:g1> { ?s ?p ?o }", {"urn:a"}),
        ("SELECT ?s from <urn:g1> FROM <urn:g2> { ?s ?p ?o }", {"urn:a", "urn:b"}),
        ("SELECT ?s FROM NAMED <urn:g1> { ?s ?p ?o }", set()),
        ("SELECT ?s FROM NAMED <urn:g2> { GRAPH ?g { ?s ?p ?o } }", {"urn:b"}),
        ("SELECT ?s FROM <urn:none> { ?s ?p ?o }", set()),
        ("SELECT ?s { ?s ?p ?o FILTER(?o != 'FROM') } # FROM", {"urn:a", "urn:b"}),
        ("PREFIX from: <urn:> SELECT ?s { ?s from:p ?FROM }", {"urn:a", "urn:b"}),
    ],
)
def test_a_from_clause_is_obeyed(two_graphs: EmbeddedStore, text: str, expected: set[str]) -> None:
    found = two_graphs.answer(text)

    assert isinstance(found, ox.QuerySolutions)
    assert {row["s"].value for row in found} == expected


def test_a_from_clause_glued_to_its_form_is_obeyed(two_graphs: EmbeddedStore) -> None:
    found = two_graphs.answer("ASKFROM<urn:g1>{ <urn:b> ?p ?o }")

    assert not found


@pytest.mark.parametrize(
    "text", ["ASK { ?s <http://x/FROM> _:FROM }", 'ASK { ?s ?p "FROM" }', "# FROM <urn:g>\nASK {}"]
)
def test_from_is_no_clause_where_it_is_no_keyword(text: str) -> None:
    assert not names_dataset(text)
