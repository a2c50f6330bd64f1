"""A saved query says which question it answers, and a bad one is told at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contrats.errors import QueryFileError
from contrats.library import Column, read_library, read_saved_query
from contrats.parameter import Parameter
from contrats.rooms import find_rooms
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "#+ summary: What?\n#+ summary-fr: Quoi ?\n"
YEAR = f"{HEADER}#+ parameter: year xsd:gYear 2024\n"
OF_YEAR = "SELECT ?year { ?a ?b ?year }"
THING = f"{HEADER}#+ parameter: a iri {BASE}id/contract/here-2019\n"
OF_THING = "SELECT ?a { ?a ?b ?c }"


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
        (
            f"{HEADER}#+ parameter: a xsd:gYear x\nSELECT ?a {{ ?a ?b ?c }}",
            "n’est pas un xsd:gYear",
        ),
        (f"{HEADER}#+ values: a 1\nSELECT ?a {{ ?a ?b ?c }}", "q.rq:3 : il faut « #+ values:"),
        (f"{YEAR}#+ values: year\n{OF_YEAR}", "q.rq:4 : il faut « #+ values:"),
        (f"{YEAR}#+ values: year 2024 x\n{OF_YEAR}", "q.rq:4 : « x » n’est pas un xsd:gYear"),
        (f"{YEAR}#+ values: year 2023\n{OF_YEAR}", "q.rq:4 : « 2024 » n’est pas un 2023"),
        (f"{THING}#+ values: a theme\n{OF_THING}", "q.rq:4 : « theme » n’est pas un prefix:start"),
        (f"{THING}#+ values: a theme:\n{OF_THING}", "contract/here-2019 » n’est pas un theme:"),
        (f"{YEAR}#+ columns: Year | Thing\n{OF_YEAR}", "q.rq:4 : « #+ columns: » a 2 titres"),
        (f"{YEAR}#+ columns-fr: An | \n{OF_YEAR}", "q.rq:4 : « #+ columns-fr: » a 2 titres"),
        (f"{HEADER}SELECT ?a\nWERE {{}}", "q.rq:4:"),
        (f"{HEADER}DESCRIBE <x:y>", "non un DESCRIBE"),
    ],
)
def test_a_bad_saved_query_is_told_at_its_line(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "q.rq"
    path.write_text(text, "utf-8")

    with pytest.raises(QueryFileError) as caught:
        read_saved_query(path)

    assert words in caught.value.fr


def test_a_header_lists_values_and_heads_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    told = "#+ values: year 2023 2024\n#+ columns: Year\n#+ columns-fr: Année\n\n"
    path.write_text(f"{YEAR}{told}{OF_YEAR}\n", "utf-8")

    query = read_saved_query(path)

    assert query.parameters == (Parameter("year", "xsd:gYear", "2024", ("2023", "2024")),)
    assert query.columns == (Column("year", "Année", "Year"),)
    assert query.heading("year") == "Année"
    assert query.body == f"{OF_YEAR}\n"


def test_a_column_without_heading_is_headed_by_its_variable(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(f"{YEAR}{OF_YEAR}", "utf-8")

    query = read_saved_query(path)

    assert query.columns == (Column("year", "year", "year"),)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT ?a { ?a ?b ?c }", "SELECT"),
        ("ASK { ?select ?describe ?c }", "ASK"),
        ("PREFIX describe: <x:> CONSTRUCT { ?a describe:b ?c } WHERE { ?a ?b ?c }", "CONSTRUCT"),
    ],
)
def test_a_saved_query_knows_its_form(tmp_path: Path, text: str, form: str) -> None:
    path = tmp_path / "q.rq"
    path.write_text(f"{HEADER}{text}", "utf-8")

    assert read_saved_query(path).form == form


@pytest.mark.parametrize(
    ("example", "values", "families"),
    [
        ("contract/valence-2019", (), ["contract/"]),
        ("territory/region-84", (), ["territory/region-"]),
        ("territory/commune-2a004", (), ["territory/commune-"]),
        ("dataset/small", ("dataset:", "contract:"), ["dataset/", "contract/"]),
        ("territory/region-84", ("territory:",), ["territory/"]),
    ],
)
def test_what_is_allowed_is_of_the_family_of_the_example(
    example: str, values: tuple[str, ...], families: list[str]
) -> None:
    parameter = Parameter("a", "iri", f"{BASE}id/{example}", values)

    assert parameter.families == tuple(f"{BASE}id/{each}" for each in families)


def test_bytes_that_are_not_utf_8_are_told(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_bytes(b"#+ summary: What?\n#+ summary-fr: \xe9 ?\nASK {}")

    with pytest.raises(QueryFileError, match=r"q.rq:2 : octets illisibles"):
        read_saved_query(path)
