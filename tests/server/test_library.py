"""A saved query says which question it answers, and a bad one is told at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contrats.errors import QueryFileError
from contrats.library import Parameter, read_library, read_saved_query
from contrats.rooms import find_rooms

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "#+ summary: What?\n#+ summary-fr: Quoi ?\n"


def test_a_saved_query_has_its_question_in_both_languages(small: Path) -> None:
    (query,) = read_library(small / "queries")

    assert (query.name, query.summary) == ("contracts", "Which contracts are there?")
    assert query.summary_fr == "Quels sont les contrats ?"
    assert query.parameters == (
        Parameter("contract", "iri", "https://w3id.org/contrats-sante/id/contract/here-2019"),
    )
    assert query.text.startswith("#+ summary:")


@pytest.mark.parametrize(
    ("datatype", "written", "term"),
    [
        ("iri", "https://example.org/a", "<https://example.org/a>"),
        ("xsd:gYear", "2024", '"2024"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ("xsd:integer", "5", '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ],
)
def test_the_value_of_a_parameter_is_a_term_of_its_datatype(
    datatype: str, written: str, term: str
) -> None:
    parameter = Parameter("a", datatype, written)

    assert str(parameter.term(written)) == term


def test_the_queries_of_the_project_can_be_read() -> None:
    queries = read_library(find_rooms().queries)

    assert "signatories" in [query.name for query in queries]
    assert all(query.summary.endswith("?") for query in queries)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT ?a WHERE { ?a ?b ?c }", "q.rq:1 : il faut une ligne « #+ summary: … »"),
        ("#+ summary: What?\nASK {}", "« #+ summary-fr: … »"),
        (f"{HEADER}#+ summary: Who?\nASK {{}}", "q.rq:3 : il faut"),
        (f"{HEADER}#+ sumary: Who?\nASK {{}}", "q.rq:3 : « #+ sumary: Who? »"),
        (f"{HEADER}#+ parameter: a iri\nASK {{}}", "q.rq:3 : il faut « #+ parameter:"),
        (f"{HEADER}#+ parameter: b iri x:y\nSELECT ?a {{ ?a ?b ?c }}", "q.rq:3 : ?b n’est pas"),
        (f"{HEADER}#+ parameter: a iri x\nSELECT ?a {{ ?a ?b ?c }}", "« x » n’est pas un IRI"),
        (f"{HEADER}#+ parameter: a year 2024\nSELECT ?a {{ ?a ?b ?c }}", "il faut iri ou xsd:…"),
        (f"{HEADER}SELECT ?a\nWERE {{}}", "q.rq:4:"),
    ],
)
def test_a_bad_saved_query_is_told_at_its_line(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "q.rq"
    path.write_text(text, "utf-8")

    with pytest.raises(QueryFileError) as caught:
        read_saved_query(path)

    assert words in caught.value.fr


def test_bytes_that_are_not_utf_8_are_told(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_bytes(b"#+ summary: What?\n#+ summary-fr: \xe9 ?\nASK {}")

    with pytest.raises(QueryFileError, match=r"q.rq:2 : octets illisibles"):
        read_saved_query(path)
