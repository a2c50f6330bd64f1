"""The files of `data/` as one body: each statement in one place, each text clean."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox
import pytest

from contrats.derivation import derive, read_rules
from contrats.rooms import find_rooms
from contrats.sources import SourceFile, all_quads, read_sources

ROOMS = find_rooms()
SOURCES = read_sources(ROOMS)


def test_no_statement_stands_in_two_graphs() -> None:
    """The union of the graphs is a bag to the engine: what is said twice is counted twice."""
    stated = all_quads(SOURCES)
    graphs: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for quad in [*stated, *derive(stated, read_rules(ROOMS.queries))]:
        triple = (str(quad.subject), str(quad.predicate), str(quad.object))
        graphs[triple].add(str(quad.graph_name))

    assert {triple: found for triple, found in graphs.items() if len(found) > 1} == {}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.path)
def test_no_text_has_blanks_at_its_ends_or_twice_within(source: SourceFile) -> None:
    texts = {quad.object.value for quad in source.quads if isinstance(quad.object, ox.Literal)}

    assert {text for text in texts if text != " ".join(text.split())} == set()


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.path)
def test_a_file_describes_its_own_graph(source: SourceFile) -> None:
    types = {str(q.object) for q in source.quads if q.subject == source.graph}

    described = any(term.endswith("service-description#Graph>") for term in types)

    assert described or source.path.startswith("data/territories/")
