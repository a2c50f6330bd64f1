"""File by file, with a pool and a memory, validation finds what one run over everything finds."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pyshacl
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import SH
from tests.prepared import to_prepared_graph

from contrats import validation
from contrats.border import from_rdflib, to_graph
from contrats.memory import Memory
from contrats.rooms import find_rooms
from contrats.running import Running
from contrats.shapes import REFERENCE, TERM, Shapes, read_shapes
from contrats.sources import SourceFile, all_quads, read_turtle
from contrats.validation import validate
from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from contrats.report import Report

Found = tuple[str, str, str, str, str, str]

EXAMPLES: Final = Path(__file__).parents[1] / "shapes"
OF_THE_CATALOGUE: Final = "portal"
"""The examples of `shapes/catalogue/portal.ttl`, which judges another graph."""
SHAPES: Final = Path(__file__).parent / "every-look.ttl"
NODES: Final = [ox.NamedNode(f"urn:node:{name}") for name in "abcde"]
PROPERTIES: Final = [ox.NamedNode(f"urn:p:{name}") for name in "pqr"]
CLASSES: Final = [ox.NamedNode(f"urn:class:{name}") for name in ("C", "D")]
TYPE: Final = ox.NamedNode(str(rdflib.RDF.type))


def one_run(quads: Sequence[ox.Quad], shapes: Shapes) -> set[Found]:
    """Return the results of pySHACL over all of `quads` and `shapes`, as they come."""
    graph = rdflib.Graph()
    for triple in shapes.graph:
        graph.add(triple)
    _, results, _ = pyshacl.validate(to_prepared_graph(quads), shacl_graph=graph, inference="none")
    assert isinstance(results, rdflib.Graph)
    found = set()
    for result in results.objects(None, SH.result):
        names = (SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent, SH.resultPath)
        said = [results.value(result, name) for name in names]
        path = str(said[3]) if isinstance(said[3], rdflib.URIRef) else ""
        focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
        assert focus is not None
        shown = str(from_rdflib(value)) if value is not None else ""
        found.add((*map(str, said[:3]), path, str(from_rdflib(focus)), shown))
    return found  # type: ignore[return-value]


def told(report: Report) -> set[Found]:
    """Return the findings of `report`, but for those of the two checks that are not SHACL."""
    return {
        (f.severity, f.shape, f.component, f.path_iri or "", str(f.focus), str(f.value or ""))
        for f in report.findings
        if f.shape not in {TERM, REFERENCE}
    }


def test_all_faults_of_the_examples_are_found_as_in_one_run(
    sources: tuple[SourceFile, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "LITTLE", 0)  # even so little goes to the processes
    shapes = read_shapes(find_rooms().shapes)
    judged = [*(each for each in sources if each.path.startswith("ontology/")), *examples()]
    running = Running(Memory(tmp_path / "memory"))

    first = validate(judged, (), shapes, running=running)
    again = validate(judged, (), shapes, running=running)

    expected = one_run(all_quads(judged), shapes)
    assert len({shape for _, shape, *_ in expected}) > 100
    assert told(first) == expected
    assert again == first


def examples() -> list[SourceFile]:
    """Return every example of every shape that judges the data: all the faults it can have."""
    found = []
    paths = [path for path in EXAMPLES.glob("*/*.ttl") if path.parent.name != OF_THE_CATALOGUE]
    for number, path in enumerate(sorted(paths)):
        graph = ox.NamedNode(f"{PREFIXES['graph']}example-{number}")
        found.append(read_turtle(path, f"tests/shapes/{path.parent.name}/{path.name}", graph))
    return found


@cache
def every_look() -> Shapes:
    """Return shapes that look in every way that SHACL Core knows."""
    return Shapes(to_graph(ox.parse(path=SHAPES, format=ox.RdfFormat.TURTLE)))


def statements() -> st.SearchStrategy[list[ox.Triple]]:
    """Give small worlds in which everything may be linked with everything."""
    node, value = st.sampled_from(NODES), st.integers(0, 3).map(ox.Literal)
    word = st.sampled_from([ox.Literal("x", language="fr"), ox.Literal("x")])
    link = st.builds(
        ox.Triple, node, st.sampled_from(PROPERTIES), st.one_of(node, node, value, word)
    )
    kind = st.builds(ox.Triple, node, st.just(TYPE), st.sampled_from(CLASSES))
    return st.lists(st.one_of(link, link, kind), max_size=20)


@given(statements())
@settings(max_examples=150, deadline=None)
def test_each_file_with_what_its_shapes_see_gives_what_the_whole_gives(
    world: list[ox.Triple],
) -> None:
    files: dict[str, list[ox.Quad]] = defaultdict(list)
    for triple in world:
        graph = ox.NamedNode(f"urn:graph:{triple.subject}"[:-1].replace("<", ""))
        quad = ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        files[graph.value].append(quad)
    sources = [SourceFile(name, ox.NamedNode(name), tuple(own)) for name, own in files.items()]

    report = validate(sources, (), every_look())

    assert told(report) == one_run(all_quads(sources), every_look())
