"""Quads and shapes -> report: SHACL, and the two checks that need the whole graph.

Core constraints are judged file by file, each with what its shapes see of the others, in a pool
(`tasks`, `core`); constraints in SPARQL once over the whole (`breaches`). The findings are those
of one run of a validator over everything.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager, nullcontext
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from contrats.breaches import find_broken
from contrats.constraints import read_constraints
from contrats.core import judge, write_shapes
from contrats.derivation import GRAPH, load_union
from contrats.findings import read_findings, write_findings
from contrats.location import locate
from contrats.pool import gather, open_pool
from contrats.references import find_dangling_references, find_undeclared_terms
from contrats.report import Report
from contrats.running import Running
from contrats.sources import SourceFile, all_lines, all_quads
from contrats.targets import find_targets
from contrats.tasks import cut_tasks, key_of
from contrats.union import unite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyoxigraph as ox

    from contrats.core import Task
    from contrats.memory import Memory
    from contrats.report import Finding
    from contrats.shapes import Shapes
    from contrats.union import Union

LITTLE: Final = 5000
"""So many statements are judged sooner than processes start."""


def validate(
    sources: Sequence[SourceFile],
    derived: Iterable[ox.Quad],
    shapes: Shapes,
    *,
    union: Union | None = None,
    running: Running | None = None,
) -> Report:
    """Return what does not hold in the union of `sources` and `derived`.

    The ontology is among the sources, so that sh:class and sh:targetClass follow rdfs:subClassOf
    (https://www.w3.org/TR/shacl/#dfn-shacl-type); nothing else is inferred, imported or fetched.
    `union` is that union when the caller has it.
    """
    published = [*sources, SourceFile("queries/rules", GRAPH, tuple(derived))]
    running = running or Running()
    union = _unite(published) if union is None else union
    constraints = read_constraints(shapes)
    targets = find_targets(shapes, union)
    tasks = list(cut_tasks(published, union, targets, shapes))
    with _begin(tasks, shapes, running) as gather_core:
        once = [
            *find_broken(constraints, targets, union, shapes, running.memory),
            *find_undeclared_terms(published, shapes),
            *find_dangling_references(published, shapes),
        ]
        found = [*gather_core(), *once]
    located = locate(found, published)
    return Report(tuple(sorted(located, key=lambda finding: finding.order)))


def _unite(published: Sequence[SourceFile]) -> Union:
    return unite(all_lines(published), load_union(all_quads(published)))


@contextmanager
def _begin(
    tasks: Sequence[Task], shapes: Shapes, running: Running
) -> Iterator[Callable[[], Iterator[Finding]]]:
    """Have `tasks` judged, but for those whose findings are remembered; give what gathers all."""
    written = write_shapes(shapes)
    basis = hashlib.sha256(written).hexdigest()
    keys = {task.name: key_of(task, basis) for task in tasks}
    known = {name: _recall(running.memory, key) for name, key in keys.items()}
    pending = [task for task in tasks if known[task.name] is None]
    tell = partial(running.progress, "vérifié / validated")
    pending.sort(key=lambda task: -len(task.statements))  # the longest first: none is waited for
    little = sum(len(task.statements) for task in pending) < LITTLE
    lent = nullcontext(running.pool) if running.pool and not little else open_pool(alone=little)
    with lent as pool:
        futures = {pool.submit(judge, written, task): task.name for task in pending}

        def gather_all() -> Iterator[Finding]:
            for name, found in gather(futures, tell):
                running.memory.keep("findings", keys[name], write_findings(found))
                known[name] = found
            return chain.from_iterable(known[task.name] or () for task in tasks)

        yield gather_all


def _recall(memory: Memory, key: str) -> tuple[Finding, ...] | None:
    """Return the findings of an earlier run."""
    kept = memory.recall("findings", key)
    return read_findings(kept) if kept is not None else None
