"""What the two documents say, one claim a file, asked of the data as a reader would."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

FACTS = sorted((Path(__file__).parent / "facts").glob("*.rq"))
CHECKS = sorted((Path(__file__).parents[2] / "queries" / "checks").glob("*-violation.rq"))


@pytest.mark.parametrize("fact", FACTS, ids=lambda path: path.stem)
def test_the_data_says_what_the_documents_say(fact: Path, whole: ox.Store) -> None:
    question = fact.read_text(encoding="utf-8")

    answer = whole.query(question, use_default_graph_as_union=True)

    assert answer, question.splitlines()[0]


@pytest.mark.parametrize("fact", FACTS, ids=lambda path: path.stem)
def test_a_fact_is_not_true_of_nothing(fact: Path) -> None:
    question = fact.read_text(encoding="utf-8")

    assert not ox.Store().query(question)


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_a_violation_query_finds_nothing(check: Path, whole: ox.Store) -> None:
    question = check.read_text(encoding="utf-8")

    answer = whole.query(question, use_default_graph_as_union=True)

    assert isinstance(answer, ox.QuerySolutions)
    assert [str(row) for row in answer] == []
