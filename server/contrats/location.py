"""Where what validation found is written: the file, and the line in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.lines import line_of_statement
from contrats.vocabulary import EXTERNAL, compact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.report import Finding
    from contrats.sources import SourceFile

_RDF_TYPE: Final = f"{EXTERNAL['rdf']}type"


def locate(findings: Sequence[Finding], sources: Sequence[SourceFile]) -> set[Finding]:
    """Return `findings`, each with the file that describes its focus, and the line in it."""
    files = _Files(sources, {str(each.focus) for each in findings if each.file is None})
    return {files.locate(each) for each in findings}


class _Files:
    """Where the things asked for are described, and what each file states of them."""

    def __init__(self, sources: Sequence[SourceFile], asked: set[str]) -> None:
        self._by_path = {source.path: source for source in sources}
        self._stated: defaultdict[str, defaultdict[str, list[ox.Quad]]] = defaultdict(
            lambda: defaultdict(list),
        )
        for source in sources:
            for quad in source.quads:
                subject = str(quad.subject)
                if subject in asked:
                    self._stated[subject][source.path].append(quad)

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
        stated = self._stated[str(finding.focus)]
        path = max(stated, key=lambda each: _relevance(stated[each], finding), default=None)
        return self._by_path[path] if path is not None else None


def _relevance(about: Sequence[ox.Quad], finding: Finding) -> tuple[bool, bool]:
    """Tell whether `about` the focus the value found is stated, and whether it is given a type."""
    states = any(q.predicate.value == finding.path_iri and q.object == finding.value for q in about)
    return states, any(q.predicate.value == _RDF_TYPE for q in about)


def _line(source: SourceFile, finding: Finding) -> int | None:
    """Return the line of `source` that the finding is about, as near as its form lets one tell."""
    if not isinstance(finding.focus, ox.NamedNode):
        return None
    focus = finding.focus.value
    value = finding.value.value if finding.value is not None else ""
    if source.lines:
        return source.lines.get(focus, source.lines.get(value))
    return line_of_statement(source.text, focus, finding.path_iri, compact(value) or None)
