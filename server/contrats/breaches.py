"""What the constraints in SPARQL find, each asked once of the whole.

Oxigraph runs them, with `$this` bound beforehand; pySHACL, which takes milliseconds a node for
them, never sees them.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import SH, URIRef

from contrats.binding import Reading, read_query_text
from contrats.constraints import THIS
from contrats.findings import read_findings, write_findings
from contrats.report import Finding
from contrats.vocabulary import compact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from contrats.border import OxTerm
    from contrats.constraints import Constraint
    from contrats.memory import Memory
    from contrats.shapes import Shapes
    from contrats.union import Union

COMPONENT: Final = str(SH.SPARQLConstraintComponent)
MANY: Final = 500
"""More nodes than these are asked together, where the query allows it."""

_FOUND: Final = "constraint"
_READ: Final = "query"
_IN_BRACES: Final = re.compile(r"\{[?$](\w+)\}")


def find_broken(
    constraints: Sequence[Constraint],
    targets: Mapping[str, Sequence[str]],
    union: Union,
    shapes: Shapes,
    memory: Memory,
) -> Iterator[Finding]:
    """Yield what `constraints` find in `union` of the nodes that their shapes judge.

    What one found before is remembered as long as no statement that it may see has changed.
    """
    for constraint in constraints:
        nodes = targets.get(constraint.shape, ())
        if not nodes:
            continue  # nothing is found of nothing: the query need not be read
        reading = _read(constraint, memory)
        key = _key(constraint, reading, nodes, union, shapes)
        kept = None if reading.blind else memory.recall(_FOUND, key)
        if kept is None:
            solutions = _solve(constraint, reading, nodes, union.store)
            found = tuple(_finding(constraint, *each, shapes) for each in solutions)
            if not reading.blind:
                memory.keep(_FOUND, key, write_findings(found))
            yield from found
        else:
            yield from read_findings(kept)


def _read(constraint: Constraint, memory: Memory) -> Reading:
    """Return what is known of a query; to take it to pieces is slower than to run most."""
    kept = memory.recall(_READ, constraint.query)
    if kept is not None:
        return Reading(**json.loads(kept))
    reading = read_query_text(constraint.query)
    memory.keep(_READ, constraint.query, json.dumps(asdict(reading)).encode())
    return reading


def _key(
    constraint: Constraint, reading: Reading, nodes: Sequence[str], union: Union, shapes: Shapes
) -> str:
    """Return the SHA-256 of all that decides what a constraint finds."""
    said = (constraint, constraint.query, shapes.severity(constraint.shape))
    digest = hashlib.sha256(f"{said} {_path(constraint, shapes)}".encode())
    digest.update("\n".join(nodes).encode())
    for name in reading.names:
        digest.update(union.digest(name).encode())
    return digest.hexdigest()


def _solve(
    constraint: Constraint, reading: Reading, nodes: Sequence[str], store: ox.Store
) -> Iterator[tuple[ox.NamedNode, dict[str, OxTerm]]]:
    """Yield each solution of `constraint` for `nodes`, under the node that `$this` stands for."""
    if len(nodes) > MANY and reading.at_once:
        wanted = set(nodes)
        for bound in _rows(store.query(constraint.query)):
            focus = bound["this"]
            if isinstance(focus, ox.NamedNode) and str(focus) in wanted:
                yield focus, bound
        return
    for focus in (ox.NamedNode(node[1:-1]) for node in nodes if node.startswith("<")):
        for bound in _rows(store.query(constraint.query, substitutions={THIS: focus})):
            yield focus, bound


def _rows(solutions: object) -> Iterator[dict[str, OxTerm]]:
    """Yield what each of `solutions` binds, by the names of the variables."""
    if isinstance(solutions, ox.QuerySolutions):
        names = [each.value for each in solutions.variables]
        for row in solutions:
            bound = zip(names, row, strict=True)
            yield {name: term for name, term in bound if term is not None}


def _finding(
    constraint: Constraint,
    focus: ox.NamedNode,
    bound: Mapping[str, OxTerm],
    shapes: Shapes,
) -> Finding:
    shape = constraint.shape
    own = _path(constraint, shapes)
    bound_path = bound["path"].value if "path" in bound else None
    iri, spelled = (bound_path, compact(bound_path)) if bound_path else own
    said = {k: _fill(each, bound) for k, each in constraint.messages.items()}
    en = said.get("en", said.get("", compact(shape)))
    return Finding(
        severity=shapes.severity(shape),
        shape=shape,
        component=COMPONENT,
        focus=bound.get("this", focus),
        path=spelled,
        path_iri=iri,
        value=bound.get("value", focus if own == (None, None) else None),
        fr=said.get("fr", en),
        en=en,
    )


def _path(constraint: Constraint, shapes: Shapes) -> tuple[str | None, str | None]:
    """Return the path of the shape of `constraint`: its IRI when it is a property, its spelling."""
    own = shapes.graph.value(URIRef(constraint.shape), SH.path)
    if own is None:
        return None, None
    return str(own) if isinstance(own, URIRef) else None, shapes.path_text(own)


def _fill(message: str, bound: Mapping[str, OxTerm]) -> str:
    """Return `message` with `{?name}` replaced by what the variable was bound to."""
    return _IN_BRACES.sub(
        lambda found: bound[found[1]].value if found[1] in bound else found[0],
        message,
    )
