"""The whole, cut into tasks: a source file, or some rows of a table, with what its shapes look at.

Only the things of the file are judged; of all else a task holds the statements that its shapes
see from there, and nothing more: two tasks with the same key have the same findings.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.core import Task
from contrats.looks import Sight, read_looks, subclasses
from contrats.vocabulary import EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from contrats.shapes import Shapes
    from contrats.sources import SourceFile
    from contrats.union import Union

ROWS: Final = 1000
"""How many things of a table make a task."""

_ELSEWHERE: Final = "data"
"""The task of what no file describes, or a table beside its rows."""
_TYPE: Final = ox.NamedNode(f"{EXTERNAL['rdf']}type")


def cut_tasks(
    sources: Sequence[SourceFile],
    union: Union,
    targets: Mapping[str, Sequence[str]],
    shapes: Shapes,
) -> Iterator[Task]:
    """Yield the tasks that together judge all `targets`, each node in one of them."""
    looks, hierarchy = read_looks(shapes), subclasses(union)
    judging = {shape: nodes for shape, nodes in targets.items() if looks[shape].judges}
    owners = _owners(sources, {node for nodes in judging.values() for node in nodes})
    by_owner: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for shape, nodes in judging.items():
        for node in nodes:
            by_owner[owners.get(node, _ELSEWHERE)].setdefault(shape, []).append(node)
    for owner, judged in sorted(by_owner.items()):
        sight = Sight(union, looks, shapes.graph)
        for shape, nodes in judged.items():
            sight.look(shape, nodes)
        sight.statements.update(dict.fromkeys(hierarchy))
        chosen = {shape: tuple(nodes) for shape, nodes in judged.items()}
        yield Task(owner, chosen, tuple(sight.statements))


def key_of(task: Task, basis: str) -> str:
    """Return the SHA-256 of all that decides what is found; `basis` is what all tasks share."""
    digest = hashlib.sha256(basis.encode())
    for shape, nodes in task.targets.items():
        digest.update(f"\n{shape}\n".encode() + "\n".join(nodes).encode())
    digest.update(b"\n\n" + "\n".join(task.statements).encode())
    return digest.hexdigest()


def _owners(sources: Sequence[SourceFile], wanted: set[str]) -> dict[str, str]:
    """Return the task of each `wanted` node: the file that gives it a type, else the first on it.

    In a table that is its place among the rows.
    """
    stating: dict[str, str] = {}
    typing: dict[str, str] = {}
    for source in sources:
        rows = {f"<{iri}>": place // ROWS for place, iri in enumerate(source.lines)}
        if rows and wanted.isdisjoint(rows):
            continue
        for quad in source.quads:
            node = str(quad.subject)
            if node in wanted:
                name = f"{source.path}:{rows.get(node, 0)}" if rows else source.path
                stating.setdefault(node, name)
                if quad.predicate == _TYPE:
                    typing.setdefault(node, name)
    return stating | typing
