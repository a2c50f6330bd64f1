"""What is said of a thing is all that the store says, in a stable order, and nothing else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats.derivation import GRAPH as DERIVED
from contrats.statements import open_statements

_THINGS = [ox.NamedNode(f"http://x/{name}") for name in "abc"]
_GRAPHS = [ox.NamedNode("http://x/graph/1"), ox.NamedNode("http://x/graph/2"), DERIVED]
_NODES = st.sampled_from([*_THINGS, ox.BlankNode("b")])
_VALUES = st.one_of(_NODES, st.sampled_from([ox.Literal("é"), ox.Literal("é", language="fr")]))
_QUADS = st.builds(ox.Quad, _NODES, st.sampled_from(_THINGS), _VALUES, st.sampled_from(_GRAPHS))


def _store(*quads: ox.Quad) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


@given(st.lists(_QUADS, max_size=12))
def test_what_leads_from_a_thing_leads_to_the_other(quads: list[ox.Quad]) -> None:
    statements = open_statements(_store(*quads))
    names = [thing.value for thing in _THINGS]

    links = {
        (a, p, v.value)
        for a in names
        for p, values in statements.own(a).values.items()
        for v in values
        if isinstance(v, ox.NamedNode)
    }

    assert links == {(a, p, b) for b in names for p in names for a in statements.leading(b, p)}
    assert links == {
        (a, p, b) for b in names for p, found in statements.incoming(b).items() for a in found
    }


@given(st.data())
def test_the_order_of_the_quads_does_not_matter(data: st.DataObject) -> None:
    quads = data.draw(st.lists(_QUADS, max_size=12))
    shuffled = data.draw(st.permutations(quads))

    one, other = open_statements(_store(*quads)), open_statements(_store(*shuffled))

    for thing in _THINGS:
        assert one.own(thing.value) == other.own(thing.value)
        assert one.incoming(thing.value) == other.incoming(thing.value)


@pytest.mark.parametrize(
    ("graphs", "derived"), [([0], False), ([2], True), ([0, 2], False), ([0, 1], False)]
)
def test_a_statement_is_derived_when_only_the_rules_make_it(
    graphs: list[int],
    derived: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    a, p, b = _THINGS
    statements = open_statements(_store(*(ox.Quad(a, p, b, _GRAPHS[n]) for n in graphs)))

    own = statements.own(a.value)

    assert (("http://x/b", "<http://x/c>") in own.derived) is derived
    assert own.graphs == {_GRAPHS[n].value for n in graphs} - {DERIVED.value}


def test_of_no_thing_and_of_an_unknown_one_nothing_is_said() -> None:
    a, p, b = _THINGS
    statements = open_statements(_store(ox.Quad(a, p, b, _GRAPHS[0])))

    assert not statements.own("").values
    assert not statements.knows("http://x/nowhere")
    assert statements.knows(a.value)
    assert statements.knows(b.value)


def test_what_was_dropped_is_read_again() -> None:
    a, p, b = _THINGS
    statements = open_statements(_store(ox.Quad(a, p, b, _GRAPHS[0])), kept=1)
    first = statements.own(a.value)
    statements.own(b.value)

    assert statements.own(a.value) == first
