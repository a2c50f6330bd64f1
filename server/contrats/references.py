"""Two checks over the whole graph: every term is declared, every thing pointed to is described."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.derivation import GRAPH as DERIVED
from contrats.report import Finding
from contrats.shapes import REFERENCE, TERM
from contrats.vocabulary import BASE, EXTERNAL, SHAPE, compact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from contrats.shapes import Shapes
    from contrats.sources import SourceFile

THINGS: Final = f"{BASE}id/"
TERM_COMPONENT: Final = f"{SHAPE}TermConstraintComponent"
REFERENCE_COMPONENT: Final = f"{SHAPE}ReferenceConstraintComponent"

_RDF_TYPE: Final = f"{EXTERNAL['rdf']}type"


def find_undeclared_terms(sources: Sequence[SourceFile], shapes: Shapes) -> Iterator[Finding]:
    """Yield a finding for each predicate or class of a file of `data/` that `ontology/` lacks.

    One a file and a term, at its first use.
    """
    ontology = [source for source in sources if source.path.startswith("ontology/")]
    declared = _subjects(ontology)
    for source in sources:
        if source in ontology:
            continue
        seen: set[str] = set()
        for quad in source.quads:
            for term in _terms(quad):
                if term not in declared and term not in seen:
                    seen.add(term)
                    yield _undeclared(quad, term, source, shapes, declared)


def find_dangling_references(sources: Sequence[SourceFile], shapes: Shapes) -> Iterator[Finding]:
    """Yield a finding for each statement whose object is a thing of ours that nothing describes.

    Described is what has a type: a rule or a table may well speak of a thing that is nowhere.
    """
    described = {"", *_typed(sources)}
    things = [iri for iri in described if iri.startswith(THINGS)]
    told: set[str] = set()
    for source in sources:
        for quad in _leading_nowhere(source, described):
            iri = _thing(quad)
            if quad.graph_name == DERIVED and iri in told:
                continue  # what the rules derive from a slip is told with the slip
            told.add(iri)
            yield _dangling(quad, iri, source, shapes, things)


def _leading_nowhere(source: SourceFile, described: Collection[str]) -> Iterator[ox.Quad]:
    """Yield the statements of `source` whose object is a thing of ours that nothing describes.

    A row of a table says one slip in several statements: it is told once a row, at its line.
    """
    found = [quad for quad in source.quads if _thing(quad) not in described]
    if not source.lines:
        yield from found
        return
    told: defaultdict[str, set[int]] = defaultdict(set)
    placed = [(source.lines.get(quad.subject.value, 0), quad) for quad in found]  # type: ignore[union-attr]
    for line, quad in sorted(placed, key=lambda pair: -pair[0]):
        lines = told[_thing(quad)]
        if line not in lines and (line or not lines):
            lines.add(line)
            yield quad


def _thing(quad: ox.Quad) -> str:
    """Return the IRI of the thing of ours that `quad` leads to, or nothing."""
    iri = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
    return iri if iri.startswith(THINGS) else ""


def _dangling(
    quad: ox.Quad, iri: str, source: SourceFile, shapes: Shapes, things: Collection[str]
) -> Finding:
    """Return the finding for `quad`, which leads to `iri`."""
    finding = _finding(quad, source, shapes, REFERENCE, REFERENCE_COMPONENT)
    return replace(finding, value=ox.NamedNode(iri), suggestion=_nearest(iri, things))


def _undeclared(
    quad: ox.Quad, term: str, source: SourceFile, shapes: Shapes, declared: Collection[str]
) -> Finding:
    """Return the finding for `term`, met in `quad`: a class is the value, a property the path."""
    finding = _finding(quad, source, shapes, TERM, TERM_COMPONENT)
    value = None if quad.predicate.value == term else ox.NamedNode(term)
    known = (each for each in declared if not each.startswith(THINGS))
    return replace(finding, value=value, suggestion=_nearest(term, known))


def _finding(
    quad: ox.Quad, source: SourceFile, shapes: Shapes, shape: str, component: str
) -> Finding:
    """Return what `shape` finds in `quad`, a statement of `source`, with no value yet."""
    fr, en = _messages(shapes, shape)
    return Finding(
        severity=shapes.severity(shape),
        shape=shape,
        component=component,
        focus=quad.subject,  # type: ignore[arg-type]
        path=compact(quad.predicate.value),
        path_iri=quad.predicate.value,
        value=None,
        fr=fr,
        en=en,
        file=source.path,
    )


def _terms(quad: ox.Quad) -> Iterator[str]:
    """Yield the predicate of `quad`, and its object when that is a class."""
    yield quad.predicate.value
    if quad.predicate.value == _RDF_TYPE and isinstance(quad.object, ox.NamedNode):
        yield quad.object.value


def _subjects(sources: Iterable[SourceFile]) -> set[str]:
    """Return the IRIs that `sources` say something of."""
    return {
        quad.subject.value
        for source in sources
        for quad in source.quads
        if isinstance(quad.subject, ox.NamedNode)
    }


def _typed(sources: Iterable[SourceFile]) -> set[str]:
    """Return the IRIs that `sources` give a type."""
    return {
        quad.subject.value
        for source in sources
        for quad in source.quads
        if quad.predicate.value == _RDF_TYPE and isinstance(quad.subject, ox.NamedNode)
    }


def _nearest(iri: str, known: Iterable[str]) -> str | None:
    """Return the known name most like that of `iri`, same namespace first, or None."""
    name = compact(iri)
    prefix = name.split(":", 1)[0]
    names = sorted(compact(each) for each in known)
    near = [each for each in names if each.split(":", 1)[0] == prefix]
    found = difflib.get_close_matches(name, near, n=1) or difflib.get_close_matches(
        name, names, n=1
    )
    return found[0] if found else None


def _messages(shapes: Shapes, shape: str) -> tuple[str, str]:
    """Return the sentences of `shape` in French and in English, its name where it has none."""
    messages = shapes.messages(shape)
    return messages.get("fr", compact(shape)), messages.get("en", compact(shape))
