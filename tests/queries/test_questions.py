"""The thirty competency questions are asked, each in one file, those without an answer too."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from contrats.library import SavedQuery, read_library
from contrats.rooms import find_rooms

LIBRARY = read_library(find_rooms().queries)
GUIDE = Path(__file__).parents[2] / "docs" / "queries.md"
EXAMPLES = re.findall(r"```sparql\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)


def test_each_of_the_thirty_questions_has_one_saved_query() -> None:
    asked = Counter(query.question for query in LIBRARY if query.question)

    assert asked == Counter(f"Q{number}" for number in range(1, 31))


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.name)
def test_a_saved_query_tells_its_answer_in_both_languages(query: SavedQuery) -> None:
    assert query.description.endswith(".")
    assert query.description_fr.endswith(".")


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.name)
def test_every_variable_that_a_text_names_is_answered(query: SavedQuery) -> None:
    texts = (query.description, query.description_fr, query.limit, query.limit_fr)
    named = {word.strip(".,;:)»”") for text in texts for word in text.split() if word[0] == "?"}
    named = {word for word in named if word != "?"}

    select = query.text.split("WHERE", 1)[0]

    assert {name for name in named if name not in select} == set()


@pytest.mark.parametrize("example", range(len(EXAMPLES)))
def test_an_example_of_the_guide_has_an_answer(example: int, whole: ox.Store) -> None:
    answer = whole.query(EXAMPLES[example], use_default_graph_as_union=True)

    assert isinstance(answer, ox.QuerySolutions)
    assert next(answer, None) is not None


def test_the_guide_shows_the_three_forms_of_the_idiom() -> None:
    assert sum("ListComplete" in example for example in EXAMPLES) == 3
