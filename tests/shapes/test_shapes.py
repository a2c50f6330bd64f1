"""Every shape says what it should of its examples, says it in both languages, and has examples."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, SH, URIRef

from contrats.border import to_graph
from contrats.derivation import GRAPH as DERIVED
from contrats.executables import describe_library
from contrats.library import read_library
from contrats.rooms import find_rooms
from contrats.running import Running
from contrats.shapes import read_shapes
from contrats.sources import all_quads
from contrats.turtle import parse_turtle
from contrats.validation import validate
from contrats.vocabulary import BASE, compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from contrats.memory import Memory
    from contrats.sources import SourceFile

ROOMS: Final = find_rooms()
HERE: Final = Path(__file__).parent
EXAMPLES: Final = sorted(HERE.glob("*/*.ttl"))
VALID: Final = [path for path in EXAMPLES if path.name.startswith("valid.")]
FAULTY: Final = [path for path in EXAMPLES if path not in VALID]
WORDS: Final = {"invalid": "Violation", "warning": "Warning", "info": "Info"}

HOUSE: Final = "house"
"""What the program checks itself, with tests of its own."""

PARTS: Final = "parts"
"""What other shapes refer to: it has no target, so that nothing is ever found by it."""

PORTAL: Final = "portal"
"""What judges the catalogue of a release, not the data."""

SUBJECTS: Final = sorted(
    path.stem for path in ROOMS.shapes.rglob("*.ttl") if path.stem not in {HOUSE, PARTS}
)


@cache
def graph_of(subject: str) -> rdflib.Graph:
    """Return the shapes of one file."""
    path = next(ROOMS.shapes.rglob(f"{subject}.ttl"))
    return to_graph(parse_turtle(path, f"shapes/{subject}.ttl")[1])


def speaking(subject: str) -> list[str]:
    """Return the shapes of a file that findings can name: those with a message."""
    return sorted({compact(str(shape)) for shape in graph_of(subject).subjects(SH.message)})


def reachable(graph: rdflib.Graph) -> Iterator[rdflib.term.Node]:
    """Yield the shapes that the validator reports: with a target, or a property of such a one."""
    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    for shape in {each for target in targets for each in graph.subjects(target)}:
        properties = list(graph.objects(shape, SH.property))
        yield from properties
        parameters = set(graph.predicates(shape)) - {*targets, RDF.type, SH.property, SH.name}
        if parameters:
            yield shape


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("example", VALID, ids=name_of)
def test_a_valid_example_has_no_finding(example: Path, judge: Callable[[Path], list[str]]) -> None:
    assert judge(example) == []


@pytest.mark.parametrize("example", FAULTY, ids=name_of)
def test_a_faulty_example_has_exactly_the_expected_findings(
    example: Path, judge: Callable[[Path], list[str]], request: pytest.FixtureRequest
) -> None:
    approved = example.with_suffix(".expected")

    findings = judge(example)

    if request.config.getoption("--approve"):
        approved.write_text("".join(f"{line}\n" for line in findings), encoding="utf-8")
    assert findings == approved.read_text(encoding="utf-8").splitlines()
    assert WORDS[example.name.split(".")[0]] in {line.split()[0] for line in findings}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_shape_has_an_example_of_what_it_finds(subject: str) -> None:
    expected = [
        line.split()
        for path in (HERE / subject).glob("*.expected")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]

    assert set(speaking(subject)) - {shape for _, shape, *_ in expected} == set()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_file_of_shapes_has_a_valid_example(subject: str) -> None:
    assert [path for path in VALID if path.parent.name == subject]


def test_every_folder_of_examples_has_its_file_of_shapes() -> None:
    assert sorted({path.parent.name for path in EXAMPLES}) == SUBJECTS


def test_every_expected_finding_has_its_example() -> None:
    approved = set(HERE.glob("*/*.expected"))

    assert approved == {path.with_suffix(".expected") for path in FAULTY}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_shape_that_is_reported_speaks_both_languages(subject: str) -> None:
    graph = graph_of(subject)

    for shape in reachable(graph):
        said = {str(each.language) for each in graph.objects(shape, SH.message)}  # type: ignore[attr-defined]

        assert said == {"fr", "en"}, shape
        assert graph.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}, shape


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_message_is_a_sentence_without_an_iri(subject: str) -> None:
    for message in graph_of(subject).objects(None, SH.message):
        assert str(message).endswith("."), message
        assert str(message)[0].isupper(), message
        assert not {"://", "<", "_:"} & set(str(message).split()), message
        assert not any(f"{word}:" in str(message) for word in ("cls", "skos", "dcterms", "sh"))


def test_only_lists_and_paths_are_anonymous() -> None:
    for subject in [*SUBJECTS, PARTS]:
        graph = graph_of(subject)
        lists = set(graph.subjects(RDF.first))
        lists |= {*graph.objects(None, SH.path), *graph.subjects(SH.inversePath)}

        anonymous = {each for each in graph.subjects() if isinstance(each, rdflib.BNode)}

        assert anonymous <= lists, subject


def test_no_two_files_describe_one_shape() -> None:
    seen: dict[str, str] = {}
    for subject in [*SUBJECTS, PARTS, HOUSE]:
        for shape in set(graph_of(subject).subjects()):
            if isinstance(shape, URIRef):
                assert seen.setdefault(str(shape), subject) == subject, shape


def test_every_term_that_a_shape_names_is_declared(sources: tuple[SourceFile, ...]) -> None:
    ontology = [each for each in sources if each.path.startswith("ontology/")]
    declared = {
        quad.subject.value for quad in all_quads(ontology) if isinstance(quad.subject, ox.NamedNode)
    }
    predicates = (
        SH.path,
        SH.targetClass,
        SH.targetSubjectsOf,
        SH.targetObjectsOf,
        SH["class"],
        SH.lessThanOrEquals,
        SH.lessThan,
        SH.disjoint,
        SH.equals,
    )

    named = {
        str(term)
        for subject in [*SUBJECTS, PARTS]
        if subject != PORTAL  # its words are those of the catalogue, which the data does not speak
        for predicate in predicates
        for term in graph_of(subject).objects(None, predicate)
        if isinstance(term, URIRef)
    }

    assert sorted(compact(term) for term in named - declared) == []


def test_the_prefixes_of_the_queries_are_ours() -> None:
    graph = graph_of(PARTS)

    declared = {
        str(graph.value(each, SH.prefix)): str(graph.value(each, SH.namespace))
        for each in graph.objects(None, SH.declare)
    }

    assert declared
    assert all(compact(f"{namespace}x") == f"{prefix}:x" for prefix, namespace in declared.items())


def test_every_concept_that_a_shape_names_is_described(sources: tuple[SourceFile, ...]) -> None:
    described = {str(quad.subject) for quad in all_quads(sources)}

    named = {
        f"<{term}>"
        for subject in [*SUBJECTS, PARTS]
        for predicate in (SH.hasValue, SH["in"])
        for term in graph_of(subject).objects(None, predicate)
        if isinstance(term, URIRef) and str(term).startswith(f"{BASE}id/")
    }

    assert sorted(named - described) == []


def test_the_whole_of_the_data_has_no_violation(
    sources: tuple[SourceFile, ...], published: list[ox.Quad], remembered: Memory
) -> None:
    library = describe_library(read_library(ROOMS.queries), all_quads(sources))
    derived = [quad for quad in published if quad.graph_name == DERIVED]

    report = validate(
        [*sources, library], derived, read_shapes(ROOMS.shapes), running=Running(remembered)
    )

    assert not report.violations, str(report)
