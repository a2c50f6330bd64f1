"""Answer SPARQL from a release or a remote endpoint: the one place that runs a query."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from contrats.errors import QueryRefusedError, ReleaseError
from contrats.malformed import explain_malformed
from contrats.tokens import names_dataset
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Answer = ox.QuerySolutions | ox.QueryBoolean | list[ox.Triple]
"""What a query gives: rows, a yes or no, or a graph."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request names, as in SPARQL 1.1 Protocol section 2.1.4; none means all."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Store(Protocol):
    """What answers queries; several threads may ask at once."""

    def answer(
        self,
        text: str,
        bind: Mapping[str, Term] | None = None,
        dataset: Dataset | None = None,
    ) -> Answer:
        """Return the answer to `text`, its variables in `bind` replaced by terms.

        Without a dataset, in `text` (FROM) or beside it, the default graph is the union of all
        named graphs. Raises `QueryRefusedError` when the text is malformed, `EndpointError` when a
        remote store fails. A variable in `bind` must be projected when the query is a SELECT.
        """


@dataclass(frozen=True, slots=True)
class EmbeddedStore:
    """The release, held in this process."""

    quads: ox.Store = field(repr=False)

    def answer(
        self,
        text: str,
        bind: Mapping[str, Term] | None = None,
        dataset: Dataset | None = None,
    ) -> Answer:
        """Answer from the quads in this process; see `Store.answer`."""
        try:
            found = evaluate(self.quads, text, bind, dataset)
            return list(found) if isinstance(found, ox.QueryTriples) else found
        except SyntaxError as fault:
            raise explain_malformed(text, fault) from fault
        except (OSError, RuntimeError, ValueError) as fault:
            raise unanswered(fault) from fault


def select(
    store: Store, text: str, file: str, bind: Mapping[str, Term] | None = None
) -> ox.QuerySolutions:
    """Return the rows that `store` gives for `text`, the SELECT of the query file `file`.

    They must end in the thread that asked.
    """
    found = store.answer(text, bind)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"{file} is no SELECT")
    return found


def evaluate(
    quads: ox.Store,
    text: str,
    bind: Mapping[str, Term] | None = None,
    dataset: Dataset | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Return what the engine gives for `text`, its errors as they are; see `Store.answer`."""
    asked = dataset or Dataset()
    chosen = bool(asked.default or asked.named)
    return quads.query(
        text,
        base_iri=BASE,
        use_default_graph_as_union=not chosen and not names_dataset(text),
        default_graph=[ox.NamedNode(iri) for iri in asked.default] if chosen else None,
        named_graphs=[ox.NamedNode(iri) for iri in asked.named] if chosen else None,
        substitutions={ox.Variable(n): t for n, t in (bind or {}).items()},
    )


def unanswered(fault: Exception) -> QueryRefusedError:
    """Return the refusal that says what kept the engine from answering."""
    return QueryRefusedError(
        f"Le moteur n’a pas pu répondre : {fault}. Simplifiez la requête.",
        f"The engine could not answer: {fault}. Simplify the query.",
    )


def open_store(quads: Path) -> EmbeddedStore:
    """Return a store over the N-Quads file `quads` held in memory, or raise `ReleaseError`."""
    store = ox.Store()
    try:
        store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    except (OSError, SyntaxError) as fault:
        raise ReleaseError(
            f"Publication illisible : {quads} : {fault}. Refaites-la avec « contrats build ».",
            f"Unreadable release: {quads}: {fault}. Make it again with `contrats build`.",
        ) from fault
    return EmbeddedStore(store)


def open_disk_store(folder: Path) -> EmbeddedStore:
    """Return a store over the disk store in `folder`, opened at once, or raise `ReleaseError`."""
    try:
        return EmbeddedStore(ox.Store.read_only(str(folder)))
    except OSError as fault:
        raise ReleaseError(
            f"Publication illisible : {folder} : {fault}. Refaites-la avec « contrats build ».",
            f"Unreadable release: {folder}: {fault}. Make it again with `contrats build`.",
        ) from fault
