"""Every saved query answers its example as a person once approved, and answers for all as well."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from contrats.engine.normal import normalise
from contrats.library import SavedQuery, read_library
from contrats.rooms import find_rooms
from contrats.store import EmbeddedStore
from contrats.values import bind_in_text
from contrats.writing import write_rows

APPROVED = Path(__file__).parent / "approved"
LIBRARY = read_library(find_rooms().queries)
TSV = ox.QueryResultsFormat.TSV


def ask(query: SavedQuery, whole: ox.Store, *, bound: bool) -> str:
    """Return the answer to `query` as TSV, with the examples of its parameters or without."""
    bind = {each.name: each.term(each.example) for each in query.parameters if bound}
    answer = EmbeddedStore(whole).answer(query.text, bind)
    assert isinstance(answer, ox.QuerySolutions)
    return write_rows(answer, TSV).decode("utf-8")


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.name)
def test_a_saved_query_answers_as_approved(
    query: SavedQuery, whole: ox.Store, request: pytest.FixtureRequest
) -> None:
    approved = APPROVED / f"{query.name}.tsv"

    answer = ask(query, whole, bound=True)

    if request.config.getoption("--approve"):
        approved.write_text(answer, encoding="utf-8")
    assert answer == approved.read_text(encoding="utf-8"), "read the difference, then make approve"


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.name)
def test_a_saved_query_without_its_parameters_answers_for_all(
    query: SavedQuery, whole: ox.Store
) -> None:
    one = ask(query, whole, bound=True).splitlines()

    everything = ask(query, whole, bound=False).splitlines()

    assert len(one) > 1, "the example gives an empty answer"
    assert set(one) <= set(everything)


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.name)
def test_a_saved_query_with_its_parameters_in_its_text_answers_the_same(
    query: SavedQuery, whole: ox.Store
) -> None:
    bind = {each.name: each.term(each.example) for each in query.parameters}
    answer = EmbeddedStore(whole).answer(normalise(bind_in_text(query.body, bind)))
    assert isinstance(answer, ox.QuerySolutions)

    assert write_rows(answer, TSV).decode("utf-8") == ask(query, whole, bound=True)


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.name)
def test_a_saved_query_heads_its_columns_in_both_languages(query: SavedQuery) -> None:
    named = [each.name for each in query.columns if each.name in {each.fr, each.en}]

    assert query.columns
    assert named == []


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.name)
def test_a_saved_query_asks_in_both_languages_and_says_its_limit(query: SavedQuery) -> None:
    assert query.summary.endswith("?")
    assert query.summary_fr.endswith("\u00a0?") or query.summary_fr.endswith(" ?")
    assert query.limit
    assert query.limit_fr


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.name)
def test_a_saved_query_is_ordered_so_that_its_answer_is_one_text(query: SavedQuery) -> None:
    assert "\nORDER BY " in query.text
