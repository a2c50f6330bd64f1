"""How an example is judged: by the shapes of its own file, as `contrats check` would judge it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from contrats.border import to_graph
from contrats.report import show
from contrats.rooms import find_rooms
from contrats.shapes import REFERENCE, TERM, Shapes
from contrats.sources import SourceFile, read_turtle
from contrats.turtle import parse_turtle
from contrats.validation import validate
from contrats.vocabulary import PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contrats.report import Finding

ROOM: Final = find_rooms().shapes
SHARED: Final = "parts"
"""The file of what the others refer to: it has no target and judges nothing by itself."""

PORTAL: Final = "portal"
"""The file of the shapes that judge the catalogue of a release."""

OF_THE_HOUSE: Final = {TERM, REFERENCE}
"""Checks over the whole of the data, which a small world cannot pass."""


@pytest.fixture(scope="session")
def judge() -> Callable[[Path], list[str]]:
    """Give the findings of an example, a line each: severity, shape, focus, path or a hyphen."""
    return _judge


def _judge(example: Path) -> list[str]:
    source = _read(example)
    report = validate([source], (), _shapes_of(example.parent.name))
    return sorted(_line(each) for each in report.findings if each.shape not in OF_THE_HOUSE)


def _read(example: Path) -> SourceFile:
    """Return an example as a file of the data; that of a catalogue may have blank nodes."""
    name = f"tests/shapes/{example.parent.name}/{example.name}"
    graph = ox.NamedNode(f"{PREFIXES['graph']}example")
    if example.parent.name != PORTAL:
        return read_turtle(example, name, graph)
    text, triples = parse_turtle(example, name)
    quads = tuple(ox.Quad(each.subject, each.predicate, each.object, graph) for each in triples)
    return SourceFile(name, graph, quads, text)


@cache
def _shapes_of(subject: str) -> Shapes:
    """Return the shapes of one file with those it shares with the others."""
    triples = [
        triple
        for name in (subject, SHARED)
        for path in ROOM.rglob(f"{name}.ttl")
        for triple in parse_turtle(path, f"shapes/{name}.ttl")[1]
    ]
    return Shapes(to_graph(triples))


def _line(finding: Finding) -> str:
    severity = compact(finding.severity).removeprefix("sh:")
    focus = show(finding.focus)
    named = "_:" if focus.startswith("_:") else focus  # the label of a blank node means nothing
    return f"{severity} {compact(finding.shape)} {named} {finding.path or '-'}"
