"""SHACL Core, by pySHACL, of the nodes that one is told: what runs in the processes of the pool."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib import SH

from contrats.border import from_rdflib, to_graph, to_rdflib
from contrats.errors import SourceError
from contrats.report import Finding
from contrats.shapes import TARGETS, Shapes
from contrats.targets import held_against
from contrats.triples import read_term
from contrats.vocabulary import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib.term import Node

    from contrats.border import OxTerm, RdflibTerm

_COMPARING: Final = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be judged: `targets` by shape, and the `statements` on which that depends.

    Nodes and statements are written as in N-Triples.
    """

    name: str
    targets: Mapping[str, tuple[str, ...]] = field(repr=False)
    statements: tuple[str, ...] = field(repr=False)


@lru_cache(maxsize=1)
def write_shapes(shapes: Shapes) -> bytes:
    """Return the Core part of `shapes` as canonical N-Triples, targets left out.

    A shape whose parts judge by themselves is written without them.
    """
    alone = {rdflib.URIRef(each) for each in set(shapes.judging()) - held_against(shapes)}
    left_out = {*TARGETS, SH.sparql, SH.select, SH.name, SH.description}
    kept = ox.Dataset(
        ox.Quad(*map(from_rdflib, triple))  # type: ignore[arg-type]
        for triple in shapes.graph
        if triple[1] not in left_out and not (triple[1] == SH.property and triple[0] in alone)
    )
    # The lists are blank nodes, which get other labels each time that a file is read.
    kept.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in kept)).encode()


def judge(shapes: bytes, task: Task) -> tuple[Finding, ...]:
    """Return what the shapes of `write_shapes` find of the targets of `task`, and of them only."""
    wanted = _cut_shapes(_read_shapes(shapes), task.targets)
    text = "\n".join(task.statements).encode()
    data = to_graph(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
    alike = {shape: _alike(wanted, data, shape, task.targets[shape]) for shape in task.targets}
    for shape, groups in alike.items():
        for node in groups:
            wanted.graph.add((rdflib.URIRef(shape), SH.targetNode, node))
    found = list(_run(data, wanted))
    return tuple(each for one in found for each in _spread(one, alike.get(one.shape, {})))


@lru_cache(maxsize=1)
def _read_shapes(text: bytes) -> Shapes:
    return Shapes(to_graph(ox.parse(text, format=ox.RdfFormat.N_TRIPLES)))


def _cut_shapes(shapes: Shapes, names: Iterable[str]) -> Shapes:
    """Return the shapes called `names` and what they refer to; pySHACL reads all it is given."""
    cut = rdflib.Graph(bind_namespaces="none")
    waiting: list[Node] = [rdflib.URIRef(name) for name in names]
    seen = set(waiting)
    for node in waiting:
        for predicate, value in shapes.graph.predicate_objects(node):
            cut.add((node, predicate, value))
            if value not in seen:
                seen.add(value)
                waiting.append(value)
    return Shapes(cut)


def _alike(
    shapes: Shapes,
    data: rdflib.Graph,
    shape: str,
    nodes: Iterable[str],
) -> dict[RdflibTerm, list[OxTerm]]:
    """Return the nodes that a shape judges, one for all those of which it sees the same.

    A property shape whose path is one property sees the values of it, those of the properties that
    it compares it with, and what is behind these values: never the node itself.
    """
    node, path = rdflib.URIRef(shape), shapes.graph.value(rdflib.URIRef(shape), SH.path)
    compared = [each for p in _COMPARING for each in shapes.graph.objects(node, p)]
    groups: dict[object, list[RdflibTerm]] = {}
    for term in (to_rdflib(read_term(each)) for each in nodes):
        sees: object = term
        if isinstance(path, rdflib.URIRef):
            sees = tuple(frozenset(data.objects(term, each)) for each in [path, *compared])
        groups.setdefault(sees, []).append(term)
    return {group[0]: [from_rdflib(each) for each in group] for group in groups.values()}


def _spread(finding: Finding, groups: Mapping[RdflibTerm, list[OxTerm]]) -> Iterator[Finding]:
    """Yield `finding` for each node of which its shape sees the same as of its own."""
    same = groups.get(to_rdflib(finding.focus), [finding.focus])
    return (replace(finding, focus=each) for each in same)


def _run(data: rdflib.Graph, shapes: Shapes) -> Iterator[Finding]:
    """Yield the results of the SHACL validator; `data` is not ours to use afterwards."""
    try:
        _, results, text = pyshacl.validate(
            data,
            shacl_graph=shapes.graph,
            advanced=False,
            do_owl_imports=False,
            inference="none",
            inplace=True,
            js=False,
        )
    except RuntimeError as fault:  # all that pySHACL says of shapes that it cannot follow
        raise _unreadable(str(fault)) from fault
    if not isinstance(results, rdflib.Graph):
        raise _unreadable(text)
    # The validator also nests results of inner shapes (sh:detail): a reader is told the outer one.
    for result in results.objects(None, SH.result):
        yield _finding(results, result, shapes)


def _finding(results: rdflib.Graph, result: Node, shapes: Shapes) -> Finding:
    """Return one sh:ValidationResult (https://www.w3.org/TR/shacl/#results-validation-result)."""
    shape = str(results.value(result, SH.sourceShape))
    path = results.value(result, SH.resultPath)
    value = results.value(result, SH.value)
    focus = results.value(result, SH.focusNode)
    fr, en = _sentences(results, result, shapes, shape)
    return Finding(
        severity=str(results.value(result, SH.resultSeverity)),
        shape=shape,
        component=str(results.value(result, SH.sourceConstraintComponent)),
        focus=from_rdflib(focus if focus is not None else rdflib.Literal("")),
        path=_path_text(shapes, shape, path),
        path_iri=str(path) if isinstance(path, rdflib.URIRef) else None,
        value=from_rdflib(value) if value is not None else None,
        fr=fr,
        en=en,
    )


def _path_text(shapes: Shapes, shape: str, path: Node | None) -> str | None:
    """Return the path of a result; the shape spells one that is more than a property."""
    if path is None or isinstance(path, rdflib.URIRef):
        return compact(str(path)) if path is not None else None
    spelled = shapes.graph.value(rdflib.URIRef(shape), SH.path)
    return shapes.path_text(spelled) if spelled is not None else None


def _sentences(results: rdflib.Graph, result: Node, shapes: Shapes, shape: str) -> tuple[str, str]:
    """Return the messages of a result in French and English, else those of its shape."""
    said = sorted(results.objects(result, SH.resultMessage), key=str)
    by_language = {str(getattr(each, "language", None) or ""): str(each) for each in said}
    constraint = results.value(result, SH.sourceConstraint)
    said_by_shape = shapes.messages(shape) | shapes.messages(str(constraint or ""))
    messages = said_by_shape | {k: v for k, v in by_language.items() if k}
    fallback = by_language.get("", compact(shape))
    en = messages.get("en", fallback)
    return messages.get("fr", en), en


def _unreadable(text: str) -> SourceError:
    return SourceError(
        f"shapes/ : le validateur SHACL s’est arrêté ({text}) ; corrigez la forme en cause.",
        f"shapes/: the SHACL validator stopped ({text}); mend the shape at fault.",
    )
