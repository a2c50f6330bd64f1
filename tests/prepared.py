"""A graph that reads each query once, where pySHACL has it read again for every node."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import rdflib
from rdflib.plugins.sparql import prepareQuery

from contrats.border import to_graph

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result


class PreparedGraph(rdflib.Graph):
    """What rdflib answers is the same: it takes a query that it has read, or its text."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:  # noqa: ANN401 -- as its parent
        """Answer a query, which is read if it is new."""
        read = _read(query_object) if isinstance(query_object, str) else query_object
        return super().query(read, *args, **kwargs)


def to_prepared_graph(quads: Iterable[ox.Quad]) -> PreparedGraph:
    """Return such a graph of all `quads`, as `to_graph` does."""
    graph = to_graph(quads)
    return PreparedGraph(graph.store, graph.identifier, bind_namespaces="none")


@cache
def _read(text: str) -> Query:
    return prepareQuery(text)
