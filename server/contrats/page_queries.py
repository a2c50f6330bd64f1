"""The queries that only pages ask: the files of `queries/pages/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.store import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from contrats.store import Store, Term


@dataclass(frozen=True, slots=True)
class PageQueries:
    """Their texts, by name."""

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


def read_page_queries(folder: Path) -> PageQueries:
    """Return the queries of `folder`, which is the room's `queries/pages`."""
    return PageQueries({path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.rq"))})
