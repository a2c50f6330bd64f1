"""What is published about one thing, gathered by the queries of `queries/pages/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.store import select
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from contrats.store import Store, Term

INCOMING_LIMIT: Final = 400
"""Links that are described whole; where more lead to a thing, only the first of each property."""
FIRST: Final = 100
"""How many `queries/pages/incoming-first.rq` asks for, of each property."""


@dataclass(frozen=True, slots=True)
class PageQueries:
    """The queries behind the pages, by name: the files of `queries/pages/`."""

    texts: Mapping[str, str]

    def quads(self, store: Store, name: str, bind: Mapping[str, Term]) -> list[ox.Quad]:
        """Return the quads that the query `name` selects as ?graph ?subject ?predicate ?object."""
        rows = self.rows(store, name, bind)
        return [
            ox.Quad(row["subject"], row["predicate"], row["object"], row["graph"]) for row in rows
        ]

    def rows(
        self, store: Store, name: str, bind: Mapping[str, Term] | None = None
    ) -> Iterable[ox.QuerySolution]:
        """Return the rows of the query `name`, which is a SELECT."""
        return list(select(store, self.texts[name], f"queries/pages/{name}.rq", bind))

    def names_for(self, iri: str) -> list[str]:
        """Return the names of the queries `<kind>.data.*` for the kind of the thing `iri`."""
        kind = iri.removeprefix(f"{BASE}id/").partition("/")[0]
        return [name for name in sorted(self.texts) if name.startswith(f"{kind}.data.")]


def read_page_queries(folder: Path) -> PageQueries:
    """Return the queries of `folder`, which is the room's `queries/pages`."""
    return PageQueries({path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.rq"))})


@dataclass(frozen=True, slots=True)
class Described:
    """What is published about a thing; `counts` holds how many things lead to it, by property."""

    iri: str
    quads: tuple[ox.Quad, ...]
    counts: Mapping[str, int]

    @property
    def cut(self) -> bool:
        """Tell whether some incoming links are left out."""
        return _crowded(self.counts) and max(self.counts.values()) > FIRST


def describe(store: Store, queries: PageQueries, iri: str) -> Described | None:
    """Return what is known about `iri`, None when nothing is said of it.

    Its own quads and those that point to it; the nodes that speak of it (statements, alignments,
    classifications, claims); the places in sources; names and types of all that is linked. For a
    kind of thing also what `queries/pages/<kind>.data.*.rq` adds: a contract's whole named graph.
    """
    bind = {"iri": ox.NamedNode(iri)}
    quads = set(queries.quads(store, "own", bind))
    counts = _count_incoming(store, queries, bind)
    if not quads and not counts:
        return None
    if _crowded(counts):
        for name in counts:
            by = bind | {"by": ox.NamedNode(name)}
            quads.update(queries.quads(store, "incoming-first", by))
    else:
        for name in ("incoming", "incoming-names"):
            quads.update(queries.quads(store, name, bind))
    for name in counts:
        quads.update(queries.quads(store, "property", {"iri": ox.NamedNode(name)}))
    for name in ("attached", "places", "names", *queries.names_for(iri)):
        quads.update(queries.quads(store, name, bind))
    return Described(iri, tuple(sorted(quads, key=str)), counts)


def _count_incoming(
    store: Store, queries: PageQueries, bind: Mapping[str, Term]
) -> Mapping[str, int]:
    """Return how many things lead to the bound thing, by property."""
    rows = queries.rows(store, "incoming-counts", bind)
    return {row["by"].value: int(row["count"].value) for row in rows}


def _crowded(counts: Mapping[str, int]) -> bool:
    """Tell whether too many things lead here for all of them to be described."""
    return sum(counts.values()) > INCOMING_LIMIT
