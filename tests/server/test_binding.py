"""A constraint is asked of all nodes together only where that finds what asking each would."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats.binding import read_query_text

PREFIX: Final = "PREFIX : <urn:> "
THIS: Final = ox.Variable("this")
NODES: Final = [ox.NamedNode(f"urn:{name}") for name in "abcd"]
TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

TOGETHER: Final = (
    "SELECT $this ?v WHERE { $this :p ?v }",
    "SELECT $this ?v WHERE { $this :p ?v . FILTER ( ?v != $this ) }",
    "SELECT $this WHERE { $this a :C . FILTER NOT EXISTS { $this :p ?v . ?v :q ?w } }",
    "SELECT $this ?v WHERE { $this a :C . OPTIONAL { $this :p ?v } FILTER ( !BOUND(?v) ) }",
    "SELECT $this ?v WHERE { { $this :p ?v } UNION { ?v :q $this } }",
    "SELECT $this ?v WHERE { $this :p+ ?v . BIND ( $this AS ?x ) FILTER EXISTS { ?v :q ?x } }",
    "SELECT $this { $this a :C OPTIONAL { $this :p ?v } } GROUP BY $this HAVING (COUNT(?v) > 1)",
    "SELECT $this ?v WHERE { $this a :C . OPTIONAL { ?v :q ?w . FILTER ( ?w = $this ) } }",
)
ONE_BY_ONE: Final = (
    "SELECT $this WHERE { FILTER NOT EXISTS { $this :p ?v } }",
    "SELECT $this ?v WHERE { ?v :q ?w . OPTIONAL { $this :p ?v } }",
    "SELECT $this ?v WHERE { ?v :q ?w . FILTER ( ?v != $this ) }",
    "SELECT $this ?v WHERE { { $this :p ?v } UNION { ?v :q ?w . FILTER ( ?w = $this ) } }",
    "SELECT $this ?v WHERE { $this :p ?v . { ?v :q ?w . FILTER ( ?w = $this ) } }",
    "SELECT $this ?v WHERE { $this :p ?v . { SELECT ?v WHERE { ?v :q ?w } LIMIT 1 } }",
    "SELECT $this ?v WHERE { $this :p ?v MINUS { ?v :q $this } }",
    "SELECT $this ?v WHERE { $this :p ?v . FILTER NOT EXISTS { ?v :q ?w MINUS { ?w :p $this } } }",
    "SELECT ?v (COUNT($this) AS ?n) WHERE { $this :p ?v } GROUP BY ?v",
)


def worlds() -> st.SearchStrategy[list[ox.Quad]]:
    """Give small worlds of links and types."""
    node = st.sampled_from(NODES)
    names = st.sampled_from([ox.NamedNode("urn:p"), ox.NamedNode("urn:q")])
    link = st.builds(ox.Quad, node, names, node)
    kind = st.builds(ox.Quad, node, st.just(TYPE), st.just(ox.NamedNode("urn:C")))
    return st.lists(st.one_of(link, kind), max_size=12)


@pytest.mark.parametrize("query", TOGETHER)
@given(world=worlds())
def test_together_they_have_the_solutions_of_each(query: str, world: list[ox.Quad]) -> None:
    store = ox.Store()
    store.extend(world)

    together = {tuple(row) for row in store.query(PREFIX + query)}  # type: ignore[union-attr]

    alone = set()
    for node in NODES:
        rows = store.query(PREFIX + query, substitutions={THIS: node})
        alone |= {tuple(row) for row in rows}  # type: ignore[union-attr]
    assert together == alone


@pytest.mark.parametrize("query", TOGETHER)
def test_what_always_binds_the_node_is_asked_together(query: str) -> None:
    assert read_query_text(PREFIX + query).at_once


@pytest.mark.parametrize("query", ONE_BY_ONE)
def test_what_does_not_is_asked_one_by_one(query: str) -> None:
    assert not read_query_text(PREFIX + query).at_once


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("$this :p ?v", ["<urn:p>"]),
        ("$this :p/^:q* ?v", ["<urn:p>", "<urn:q>"]),
        ("$this a :C", ["<urn:C>"]),
        ("$this a ?v", [f"<{TYPE.value}>"]),
        ("$this :p ?v . FILTER NOT EXISTS { ?v a ?w ; :q ?x }", None),
    ],
)
def test_the_names_in_a_query_tell_what_it_sees(pattern: str, names: list[str] | None) -> None:
    reading = read_query_text(f"{PREFIX} SELECT $this WHERE {{ {pattern} }}")

    assert list(reading.names) == (names or [f"<{TYPE.value}>", "<urn:p>", "<urn:q>"])
    assert not reading.blind


@pytest.mark.parametrize(
    "pattern",
    [
        "$this ?p ?v",
        "$this !:p ?v",
        "$this :p ?v . FILTER NOT EXISTS { ?v ?p ?w }",
        "$this :p ?v . FILTER NOT EXISTS { ?v :q ?w . OPTIONAL { ?w ?p ?x } }",
        "$this :p ?v . FILTER NOT EXISTS { ?v :q ?w ; ?p ?x }",
    ],
)
def test_a_query_for_any_property_is_never_remembered(pattern: str) -> None:
    assert read_query_text(f"{PREFIX} SELECT $this WHERE {{ {pattern} }}").blind
