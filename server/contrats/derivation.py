"""What the rules of `queries/rules/` derive, in a graph of its own: nothing derived is stated."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.errors import QueryFileError
from contrats.header import GRAPH as GRAPH_FORM
from contrats.header import parse_query, read_declarations, read_query
from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

GRAPH: Final = ox.NamedNode(f"{PREFIXES['graph']}derived")

MAX_ROUNDS: Final = 10
"""Rules feed one another a few times at most; more means a rule that never ends."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One CONSTRUCT and the name of its file."""

    name: str
    text: str = field(repr=False)


def read_rules(queries: Path) -> tuple[Rule, ...]:
    """Return the rules of the room `queries`, in the order of their names."""
    return tuple(_read_rule(path) for path in sorted((queries / "rules").glob("*.rq")))


def derive(quads: Iterable[ox.Quad], rules: Sequence[Rule]) -> tuple[ox.Quad, ...]:
    """Return what `rules` add to the union of `quads`, in canonical order.

    The rules run in turn until none adds anything; what a source states is not derived again.
    """
    return derive_into(load_union(quads), rules)


def load_union(quads: Iterable[ox.Quad], store: ox.Store | None = None) -> ox.Store:
    """Return a store that holds all `quads` in its default graph, whatever graph they are of.

    It is `store`, with what it holds already, when one is given.
    """
    union = ox.Store() if store is None else store
    union.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    return union


def derive_into(store: ox.Store, rules: Sequence[Rule]) -> tuple[ox.Quad, ...]:
    """Add to `store`, which is such a union, all that `rules` derive, and return it."""
    derived: set[ox.Triple] = set()
    for _ in range(MAX_ROUNDS):
        new = {triple for rule in rules for triple in _apply(store, rule)}
        if not new:
            break
        store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in new)
        derived |= new
    else:
        names = ", ".join(rule.name for rule in rules)
        raise QueryFileError(
            f"{names} : après {MAX_ROUNDS} tours, ces règles déduisent encore du nouveau ; "
            "l’une d’elles se nourrit d’elle-même sans fin.",
            f"{names}: after {MAX_ROUNDS} rounds these rules still derive something new; "
            "one of them feeds itself without end.",
        )
    return tuple(ox.Quad(t.subject, t.predicate, t.object, GRAPH) for t in sorted(derived, key=str))


def _read_rule(path: Path) -> Rule:
    """Return the rule at `path`, which must be a CONSTRUCT."""
    name = f"queries/rules/{path.name}"
    text = read_query(path)
    read_declarations(name, text, frozenset({"summary"}))
    if parse_query(name, text).gives == GRAPH_FORM:
        return Rule(name, text)
    raise QueryFileError(f"{name} : une règle est un CONSTRUCT.", f"{name}: a rule is a CONSTRUCT.")


def _apply(store: ox.Store, rule: Rule) -> list[ox.Triple]:
    """Return the triples that `rule` gives and that `store` does not hold."""
    found: list[ox.Triple] = list(store.query(rule.text))  # type: ignore[arg-type]
    return [t for t in found if ox.Quad(t.subject, t.predicate, t.object) not in store]
