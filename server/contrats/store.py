"""Answer SPARQL from a release or a remote endpoint: the one place that runs a query."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from contrats.errors import QueryRefusedError, ReleaseError
from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
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

        Without a dataset the default graph is the union of all named graphs. Raises
        `QueryRefusedError` when the text is malformed, `EndpointError` when a remote store fails.
        A variable in `bind` must be projected when the query is a SELECT.
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
        asked = dataset or Dataset()
        chosen = bool(asked.default or asked.named)
        try:
            found = self.quads.query(
                text,
                use_default_graph_as_union=not chosen,
                default_graph=[ox.NamedNode(iri) for iri in asked.default] if chosen else None,
                named_graphs=[ox.NamedNode(iri) for iri in asked.named] if chosen else None,
                substitutions={ox.Variable(n): t for n, t in (bind or {}).items()},
            )
            return list(found) if isinstance(found, ox.QueryTriples) else found
        except SyntaxError as fault:
            raise _malformed(text, fault) from fault
        except (OSError, RuntimeError, ValueError) as fault:
            raise QueryRefusedError(
                f"Le moteur n’a pas pu répondre : {fault}. Simplifiez la requête.",
                f"The engine could not answer: {fault}. Simplify the query.",
            ) from fault


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


def _malformed(text: str, fault: SyntaxError) -> QueryRefusedError:
    """Return the refusal that shows where in `text` the engine stopped ("error at 1:22: …").

    What the engine says it expected is left out: one path of its grammar, often not the one meant.
    """
    found = re.match(r"error at (\d+):(\d+): ", str(fault))
    if not found:
        said = " ".join(str(fault).split())[:300]
        return QueryRefusedError(
            f"Requête mal formée : {said}. Corrigez-la.", f"Malformed query: {said}. Correct it."
        )
    line, column = int(found[1]), int(found[2])
    shown = _around(text, line, column)
    prefix = "Prefix not found" in str(fault)
    hint_fr = " Le préfixe n’est pas déclaré : ajoutez PREFIX en tête." if prefix else ""
    hint_en = " The prefix is not declared: add PREFIX on top." if prefix else ""
    return QueryRefusedError(
        f"Requête mal formée, ligne {line}, colonne {column}, là où est la croix : {shown}"
        f"{hint_fr or ' Corrigez à cet endroit ou juste avant.'}",
        f"Malformed query, line {line}, column {column}, at the cross: {shown}"
        f"{hint_en or ' Correct it there or just before.'}",
        line,
        column,
    )


def _around(text: str, line: int, column: int) -> str:
    """Return what stands on `line`, with a cross where the engine stopped."""
    lines = text.splitlines() or [""]
    row = lines[min(line, len(lines)) - 1]
    before, after = row[: column - 1][-30:], row[column - 1 :][:30]
    return f"« {before.lstrip()}✗{after.rstrip()} »."


def write_rows(found: ox.QuerySolutions | ox.QueryBoolean, form: ox.QueryResultsFormat) -> bytes:
    """Return the whole of `found` in `form`; in CSV and TSV a boolean stands alone."""
    if isinstance(found, ox.QueryBoolean) and form in {
        ox.QueryResultsFormat.CSV,
        ox.QueryResultsFormat.TSV,
    }:
        return b"true\n" if found else b"false\n"
    return found.serialize(format=form) or b""


def write_graph(found: Iterable[ox.Triple | ox.Quad], form: ox.RdfFormat) -> bytes:
    """Return `found` in `form`, without repetition and in a stable order.

    Quads lose their graph in a form that has none; triples are in the default graph elsewhere.
    """
    if form.supports_datasets:
        quads = {s if isinstance(s, ox.Quad) else ox.Quad(*s) for s in found}
        return _serialize(sorted(quads, key=str), form)
    triples = {ox.Triple(s.subject, s.predicate, s.object) for s in found}
    return _serialize(sorted(triples, key=str), form)


def _serialize(ordered: list[ox.Quad] | list[ox.Triple], form: ox.RdfFormat) -> bytes:
    """Return `ordered` in `form` with the prefixes that it uses."""
    text = " ".join(map(str, ordered))
    used = {prefix: space for prefix, space in PREFIXES.items() if f"<{space}" in text}
    return ox.serialize(ordered, format=form, prefixes=used) or b""
