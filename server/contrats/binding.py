"""Whether a constraint in SPARQL may be asked once of all nodes, instead of once a node.

SHACL binds `$this` beforehand (https://www.w3.org/TR/shacl/#pre-binding). Leaving it free and
keeping the solutions of the wanted nodes is the same when the pattern always binds it, and when
what mentions it elsewhere, in a filter or behind OPTIONAL, stands on a pattern that has bound it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from rdflib import RDF, URIRef, Variable
from rdflib.paths import NegatedPath, Path
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

if TYPE_CHECKING:
    from collections.abc import Iterator

THIS: Final = Variable("this")

_PLAIN: Final = frozenset(
    {"SelectQuery", "Project", "Distinct", "Filter", "Extend", "AggregateJoin", "Group"}
)
"""Operators over one pattern, which bind what the pattern binds."""

_UNDERSTOOD: Final = _PLAIN | {"BGP", "Join", "LeftJoin", "Union"}
_OTHERS: Final = frozenset((
    "Minus", "ToMultiSet", "Slice", "OrderBy", "Graph", "ServiceGraphPattern", "Reduced", "values",
    "SubSelect", "MinusGraphPattern", "GraphGraphPattern", "InlineData",
))  # fmt: skip
"""What has these is asked once a node: subqueries, limits and the like, in EXISTS too."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a query without running it.

    `at_once` tells whether it may be asked of all nodes together; `names` are the IRIs in it. They
    decide which statements it sees, those with one of them as property or as class; rdf:type is
    among them when it asks for any class. A `blind` query asks for any property.
    """

    at_once: bool
    blind: bool
    names: tuple[str, ...]


@cache
def read_query_text(query: str) -> Reading:
    """Return what the text of `query` tells of it, which is read once."""
    algebra = translateQuery(parseQuery(query)).algebra
    parts = list(_parts(algebra))
    triples = [triple for each in parts for triple in _triples(each)]
    names = {each for each in parts if isinstance(each, URIRef) and each != RDF.type}
    if any(p == RDF.type and isinstance(o, Variable) for _, p, o in triples):
        names.add(RDF.type)
    return Reading(
        at_once=_may_be_asked_at_once(algebra),
        blind=any(isinstance(p, Variable) for _, p, _ in triples)
        or any(isinstance(each, NegatedPath) for each in parts),
        names=tuple(sorted(each.n3() for each in names)),
    )


def _triples(part: object) -> Iterator[tuple[object, ...]]:
    """Yield the triple patterns of `part`; those in EXISTS follow each other in one list."""
    if isinstance(part, CompValue) and part.name in {"BGP", "TriplesBlock"}:
        flat = [each for triple in part.triples for each in triple]
        yield from zip(flat[::3], flat[1::3], flat[2::3], strict=True)


def _may_be_asked_at_once(algebra: CompValue) -> bool:
    """Tell whether a query has the same solutions with `$this` free as with `$this` bound."""
    operators = [each for each in _parts(algebra) if isinstance(each, CompValue)]
    grouped = any(each.name == "Group" for each in operators)
    return (
        all(each.name not in _OTHERS for each in operators)
        and all(_stands(each, grouped=grouped) for each in operators)
        and _binds(algebra)
    )


def _binds(pattern: CompValue) -> bool:
    """Tell whether each solution of `pattern` binds `$this`."""
    if pattern.name == "BGP":
        return any(THIS in triple for triple in pattern.triples)
    if pattern.name == "Join":
        return _binds(pattern.p1) or _binds(pattern.p2)
    if pattern.name == "Union":
        return _binds(pattern.p1) and _binds(pattern.p2)
    if pattern.name == "LeftJoin":
        return _binds(pattern.p1)
    return pattern.name in _PLAIN and _binds(pattern.p)


def _stands(pattern: CompValue, *, grouped: bool) -> bool:
    """Tell whether what an operator says of `$this` stands on a pattern that binds it.

    A key of a group is, in the algebra, given its own name again after it.
    """
    if pattern.name == "Filter":
        return not _mentions(pattern.expr) or _binds(pattern.p)
    if pattern.name == "Extend":
        renames = pattern.var == THIS and not grouped
        return not renames and (not _mentions(pattern.expr) or _binds(pattern.p))
    if pattern.name == "Group":
        return THIS in (pattern.expr or ()) and _binds(pattern.p)
    if pattern.name == "LeftJoin":
        return not _mentions((pattern.p2, pattern.expr)) or _binds(pattern.p1)
    return True


def _mentions(part: object) -> bool:
    return any(each == THIS for each in _parts(part))


def _parts(part: Any) -> Iterator[object]:  # noqa: ANN401 -- rdflib's algebra is nested values
    """Yield `part` and all that it is made of."""
    yield part
    if isinstance(part, Path):
        inner = [*vars(part).values()]
    elif isinstance(part, CompValue):
        inner = list(part.values())
    else:
        inner = list(part) if isinstance(part, list | tuple | set) else []
    for each in inner:
        yield from _parts(each)
