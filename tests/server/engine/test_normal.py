"""Two texts are one question when they differ by blanks and remarks alone."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats.engine.asked import Asked
from contrats.engine.normal import digest, is_repeatable, normalise
from contrats.library import read_library
from contrats.rooms import find_rooms
from contrats.store import Dataset
from contrats.writing import write_rows

LIBRARY = {query.name: query for query in read_library(find_rooms().queries)}


def test_blanks_and_remarks_outside_of_strings_do_not_count() -> None:
    text = "# a remark\nSELECT  ?s\n{ ?s ?p 'two  blanks # no remark' . # another\n }\n"

    assert normalise(text) == "SELECT ?s { ?s ?p 'two  blanks # no remark' . }"


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_a_saved_query_means_the_same_once_normalised(name: str, whole: ox.Store) -> None:
    text = LIBRARY[name].text
    short = normalise(text)
    answers = [whole.query(each, use_default_graph_as_union=True) for each in (text, short)]

    said = [
        write_rows(answer, ox.QueryResultsFormat.JSON)
        for answer in answers
        if not isinstance(answer, ox.QueryTriples)
    ]

    assert said[0] == said[1]
    assert normalise(short) == short


@given(st.text(max_size=300))
def test_what_is_normalised_stays(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_graphs_and_bindings_are_part_of_a_question() -> None:
    asked = [
        Asked("ASK {}", "json"),
        Asked("ASK {}", "json", Dataset(("http://x/a",))),
        Asked("ASK {}", "json", Dataset((), ("http://x/a",))),
        Asked("ASK {}", "json", bind=(("a", "1"),)),
        Asked("ASK { }", "json"),
    ]

    assert len({digest(each) for each in asked}) == len(asked)


@pytest.mark.parametrize(
    ("text", "repeatable"),
    [
        ("SELECT (rand() AS ?x) {}", False),
        ("SELECT (NOW() AS ?x) {}", False),
        ("SELECT (STRUUID() AS ?x) {}", False),
        ("SELECT (RA\\u004ED() AS ?x) {}", False),
        ("SELECT (BNODE() AS ?x) {}", False),
        ("ASK { ?rand ?p 'NOW' }", True),
        ("ASK { <http://x/rand> ?p ?known }", True),
    ],
)
def test_what_chance_decides_is_told_from_its_name(text: str, repeatable: bool) -> None:  # noqa: FBT001
    assert is_repeatable(text) is repeatable
