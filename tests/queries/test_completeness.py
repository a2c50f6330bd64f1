"""A query that counts, ranks or denies over lists says "at least", or reads whole lists alone.

The idiom is told in docs/queries.md. Two proofs: every query is read, and every query is asked of
data of which no list is known to be whole, then of data of which all are.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest
from pyparsing import ParseResults
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Literal, URIRef, Variable
from tests.queries.conftest import rows_of

from contrats.library import SavedQuery, read_library
from contrats.rooms import find_rooms
from contrats.vocabulary import DEF, EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARY: Final = read_library(find_rooms().queries)

LISTS: Final = {
    f"{DEF}signatoryListComplete": {
        f"{DEF}hasSignatory",
        f"{DEF}signs",
        f"{EXTERNAL['cv']}hasParticipation",
        f"{EXTERNAL['cv']}hasParticipant",
    },
    f"{DEF}priorityListComplete": {
        f"{DEF}hasPriority",
        f"{DEF}priorityOf",
        f"{DEF}hasTheme",
        f"{DEF}targetsPopulation",
        f"{DEF}classifies",
    },
}
"""What tells that a list is whole, and the properties that read the list."""

COUNTS: Final = ("Count", "Sum", "Avg", "Min", "Max")

EXCEPTIONS: Final = {
    "coverage": "counts of how many contracts something is known, not what their lists hold",
    "plan-items-without-contract": "denies an alignment that the editors looked for, in no list",
    "plan-items-without-priority": "denies an alignment that the editors looked for, in no list",
}
"""Queries that count or deny without the idiom, each with its reason."""


def below(node: object) -> Iterator[object]:
    """Return `node` and all that the algebra holds below it, terms and the inside of paths too."""
    yield node
    if isinstance(node, CompValue):
        inner: list[object] = list(node.values())
    elif isinstance(node, Path):
        inner = list(vars(node).values())
    elif isinstance(node, list | tuple | set | ParseResults):
        inner = list(node)
    else:
        inner = []
    for each in inner:
        yield from below(each)


def parts(node: object) -> Iterator[CompValue]:
    """Return all operators of the algebra below `node`."""
    return (each for each in below(node) if isinstance(each, CompValue))


def read_in(node: object) -> set[str]:
    """Return the IRIs that are written below `node`, properties among them."""
    return {str(each) for each in below(node) if isinstance(each, URIRef)}


def counts_and_denials(node: object) -> Iterator[object]:
    """Return what each aggregate reads, and what each NOT EXISTS or MINUS denies."""
    for part in parts(node):
        if part.name == "AggregateJoin":
            if any(each.name == f"Aggregate_{kind}" for each in part.A for kind in COUNTS):
                yield part
        elif part.name == "Builtin_NOTEXISTS":
            yield part
        elif part.name == "Minus":
            yield part.p2


@cache
def algebra_of(text: str) -> CompValue:
    """Return the algebra of a query, which takes long to read."""
    return prepareQuery(text).algebra


@cache
def flags_needed(query: SavedQuery) -> set[str]:
    """Return the flags of the lists over which `query` counts or denies."""
    algebra = algebra_of(query.text)
    read = set().union(*(read_in(each) for each in counts_and_denials(algebra)))
    return {flag for flag, properties in LISTS.items() if properties & read}


def required(node: object) -> Iterator[CompValue]:
    """Return the operators that every answer has gone through: no alternative, option or denial."""
    if isinstance(node, CompValue) and node.name not in {"Union", "Builtin_NOTEXISTS"}:
        yield node
        certain = [node.p1] if node.name in {"LeftJoin", "Minus"} else list(node.values())
        for each in certain:
            yield from required(each)


def flags_told(query: SavedQuery) -> set[str]:
    """Return the flags that `query` requires to be true, or reads to say ?bound."""
    algebra = algebra_of(query.text)
    true = Literal(lexical_or_value=True)
    patterns = [part.triples for part in required(algebra) if part.name == "BGP"]
    restricted = {str(p) for pattern in patterns for _, p, o in pattern if o == true}
    says = Variable("bound") in algebra.PV
    return restricted | (read_in(algebra) if says else set())


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.name)
def test_what_counts_or_denies_over_lists_knows_whether_they_are_whole(query: SavedQuery) -> None:
    untold = flags_needed(query) - flags_told(query)

    assert bool(untold) == (query.name in EXCEPTIONS), untold


def test_the_reading_finds_counts_and_denials_in_the_library() -> None:
    found = {query.name for query in LIBRARY if flags_needed(query)}

    assert {"themes-covered", "frequent-signatories", "signatory-turnover", "coverage"} <= found
    assert "actions" not in found


@pytest.mark.parametrize(
    "where",
    [
        "SELECT (COUNT(?a) AS ?n) WHERE { ?a cls:hasSignatory ?b }",
        "SELECT ?a WHERE { ?a cls:stage ?s . FILTER NOT EXISTS { ?a cls:signs|cls:hasPilot ?b } }",
        "SELECT ?a WHERE { ?a cls:stage ?s MINUS { ?a cls:hasSignatory ?b } }",
        "SELECT (COUNT(?b) AS ?n) { ?a cls:signs ?b OPTIONAL { ?b cls:signatoryListComplete 1 } }",
        "SELECT ?a WHERE { { SELECT ?a (SUM(?c) AS ?n) { ?a cls:signs/cls:x ?c } GROUP BY ?a } }",
    ],
)
def test_the_reading_finds_a_count_or_a_denial_that_says_nothing(where: str) -> None:
    query = SavedQuery("q", "", "?", "?", "", "", "", "", (), f"PREFIX cls: <{DEF}> {where}")

    assert flags_needed(query) == {f"{DEF}signatoryListComplete"}
    assert not flags_told(query)


@pytest.fixture(scope="module")
def unknown(published: list[ox.Quad]) -> ox.Store:
    """Return the whole without a word on whether a list is whole."""
    store = ox.Store()
    store.extend(quad for quad in published if quad.predicate.value not in LISTS)
    return store


@pytest.fixture(scope="module")
def known(published: list[ox.Quad]) -> ox.Store:
    """Return the whole as if all lists of all contracts were whole."""
    stages = [quad for quad in published if quad.predicate.value == f"{DEF}stage"]
    store = ox.Store()
    store.extend(quad for quad in published if quad.predicate.value not in LISTS)
    store.extend(
        ox.Quad(quad.subject, ox.NamedNode(flag), ox.Literal(value=True), quad.graph_name)
        for quad in stages
        for flag in LISTS
    )
    return store


IDIOMATIC: Final = [query for query in LIBRARY if flags_needed(query) & flags_told(query)]


@pytest.mark.parametrize("query", IDIOMATIC, ids=lambda query: query.name)
def test_nothing_is_exact_when_no_list_is_known_to_be_whole(
    query: SavedQuery, unknown: ox.Store
) -> None:
    rows = rows_of(query, unknown, bound=False)

    assert {row.get("bound") for row in rows} <= {"au moins"}


@pytest.mark.parametrize("query", IDIOMATIC, ids=lambda query: query.name)
def test_everything_is_exact_when_all_lists_are_known_to_be_whole(
    query: SavedQuery, known: ox.Store
) -> None:
    rows = rows_of(query, known, bound=False)

    assert rows
    assert {row.get("bound", "exactement") for row in rows} == {"exactement"}
