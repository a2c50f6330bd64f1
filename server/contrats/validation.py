"""Quads and shapes -> report: SHACL, and the two checks that need the whole graph."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib import RDF, SH

from contrats.border import from_rdflib, to_graph
from contrats.derivation import GRAPH
from contrats.lines import line_of_statement
from contrats.references import find_dangling_references, find_undeclared_terms
from contrats.report import Finding, Report
from contrats.sources import SourceFile, all_quads
from contrats.vocabulary import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rdflib.term import Node

    from contrats.shapes import Shapes


def validate(sources: Sequence[SourceFile], derived: Iterable[ox.Quad], shapes: Shapes) -> Report:
    """Return what does not hold in the union of `sources` and `derived`.

    The ontology is among the sources, so that sh:class and sh:targetClass follow rdfs:subClassOf
    (https://www.w3.org/TR/shacl/#dfn-shacl-type); nothing else is inferred, imported or fetched.
    """
    rules = SourceFile("queries/rules", GRAPH, tuple(derived))
    published = [*sources, rules]
    files = _Files(published)
    findings = chain(
        _shacl_findings(to_graph(all_quads(published)), shapes),
        find_undeclared_terms(published, shapes),
        find_dangling_references(published, shapes),
    )
    located = {files.locate(finding) for finding in findings}
    return Report(tuple(sorted(located, key=lambda finding: finding.order)))


def _shacl_findings(data: rdflib.Graph, shapes: Shapes) -> Iterator[Finding]:
    """Yield the results of the SHACL validator; `data` is not ours to use afterwards."""
    _, results, text = pyshacl.validate(
        data,
        shacl_graph=shapes.graph,
        advanced=False,
        do_owl_imports=False,
        inference="none",
        inplace=True,
        js=False,
    )
    if not isinstance(results, rdflib.Graph):
        raise TypeError(f"the validator stopped: {text}")
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


class _Files:
    """Where each thing is described."""

    def __init__(self, sources: Sequence[SourceFile]) -> None:
        self._by_path = {source.path: source for source in sources}
        self._by_subject: defaultdict[str, list[SourceFile]] = defaultdict(list)
        for source in sources:
            for subject in {str(quad.subject) for quad in source.quads}:
                self._by_subject[subject].append(source)

    def locate(self, finding: Finding) -> Finding:
        """Return `finding` with the file that describes its focus, and the line in it."""
        source = self._source(finding)
        if source is None:
            return finding
        return replace(finding, file=source.path, line=_line(source, finding))

    def _source(self, finding: Finding) -> SourceFile | None:
        """Return the file that states the value found, else the one that gives the focus a type."""
        if finding.file is not None:
            return self._by_path.get(finding.file)
        candidates = self._by_subject.get(str(finding.focus), [])
        return max(candidates, key=lambda source: _relevance(source, finding), default=None)


def _relevance(source: SourceFile, finding: Finding) -> tuple[bool, bool]:
    """Tell whether `source` states the value found of the focus, and whether it gives it a type."""
    about = [quad for quad in source.quads if quad.subject == finding.focus]
    states = any(q.predicate.value == finding.path_iri and q.object == finding.value for q in about)
    return states, any(q.predicate.value == str(RDF.type) for q in about)


def _line(source: SourceFile, finding: Finding) -> int | None:
    """Return the line of `source` that the finding is about, as near as its form lets one tell."""
    if not isinstance(finding.focus, ox.NamedNode):
        return None
    focus = finding.focus.value
    value = finding.value.value if finding.value is not None else ""
    if source.lines:
        return source.lines.get(focus, source.lines.get(value))
    return line_of_statement(source.text, focus, finding.path_iri, compact(value) or None)
