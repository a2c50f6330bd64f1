"""Terms cross between pyoxigraph and rdflib unchanged."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from contrats.border import from_rdflib, to_graph, to_rdflib

XSD = "http://www.w3.org/2001/XMLSchema#"

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
IRIS = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True).map(
    lambda name: ox.NamedNode(f"https://example.org/{name}")
)
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXTS),
    st.builds(ox.Literal, TEXTS, language=st.sampled_from(["fr", "en", "fr-ca"])),
    st.builds(
        ox.Literal,
        TEXTS,
        datatype=st.sampled_from(["integer", "decimal", "date", "gYear", "boolean"]).map(
            lambda name: ox.NamedNode(XSD + name)
        ),
    ),
)


@given(st.one_of(IRIS, LITERALS))
def test_a_term_comes_back_as_it_left(term: ox.NamedNode | ox.Literal) -> None:
    assert from_rdflib(to_rdflib(term)) == term


def test_a_number_keeps_the_spelling_it_was_given() -> None:
    written = ox.Literal("007", datatype=ox.NamedNode(f"{XSD}integer"))

    assert str(to_rdflib(written)) == "007"


def test_a_variable_is_refused() -> None:
    with pytest.raises(TypeError, match="neither an IRI"):
        from_rdflib(rdflib.Variable("x"))


def test_one_graph_holds_the_quads_of_all() -> None:
    a, b, p = (ox.NamedNode(f"https://example.org/{name}") for name in "abp")

    graph = to_graph([ox.Quad(a, p, b, a), ox.Quad(a, p, b, b), ox.Quad(a, p, ox.Literal("x"), a)])

    assert len(graph) == 2
