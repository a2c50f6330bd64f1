"""What is published about one thing, gathered by the queries of `queries/pages/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from contrats.store import Store, Term

INCOMING_LIMIT: Final = 1000
"""`queries/pages/incoming.rq` asks for one more, so that a page knows when it shows only a part."""


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
        found = store.answer(self.texts[name], bind)
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError(f"queries/pages/{name}.rq is no SELECT")
        return found

    def names_for(self, iri: str, use: str) -> list[str]:
        """Return the names of the queries `<kind>.<use>.*` for the kind of the thing `iri`."""
        kind = iri.removeprefix(f"{BASE}id/").partition("/")[0]
        return [name for name in sorted(self.texts) if name.startswith(f"{kind}.{use}.")]


def read_page_queries(folder: Path) -> PageQueries:
    """Return the queries of `folder`, which is the room's `queries/pages`."""
    return PageQueries({path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.rq"))})


@dataclass(frozen=True, slots=True)
class Described:
    """What is published about a thing; `cut` tells that some incoming links are left out."""

    iri: str
    quads: tuple[ox.Quad, ...]
    cut: bool


def describe(store: Store, queries: PageQueries, iri: str) -> Described | None:
    """Return what is known about `iri`, None when nothing is said of it.

    Its own quads and those that point to it; the nodes that speak of it (statements, alignments,
    classifications, claims); the places in sources; names and types of all that is linked. For a
    kind of thing also what `queries/pages/<kind>.data.*.rq` adds: a contract's whole named graph.
    """
    bind = {"iri": ox.NamedNode(iri)}
    own = queries.quads(store, "own", bind)
    incoming = queries.quads(store, "incoming", bind)
    if not own and not incoming:
        return None
    quads = set(own) | set(incoming[:INCOMING_LIMIT])
    for name in ("attached", "places", "names", *queries.names_for(iri, "data")):
        quads.update(queries.quads(store, name, bind))
    return Described(iri, tuple(sorted(quads, key=str)), len(incoming) > INCOMING_LIMIT)


def surround(store: Store, queries: PageQueries, iri: str) -> tuple[ox.Quad, ...]:
    """Return what a page about `iri` shows beside its description (`<kind>.view.*.rq`)."""
    bind = {"iri": ox.NamedNode(iri)}
    quads: set[ox.Quad] = set()
    for name in queries.names_for(iri, "view"):
        quads.update(queries.quads(store, name, bind))
    return tuple(sorted(quads, key=str))
