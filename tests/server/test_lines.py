"""A thing is found on its line of a Turtle file."""

from __future__ import annotations

import pytest

from contrats.lines import line_of_blank_node, line_of_prefix, line_of_statement
from contrats.vocabulary import DEF, EXTERNAL, PREFIXES

TEXT = """@prefix cls: <https://w3id.org/contrats-sante/def#> .

contract:a-1 a cls:LocalHealthContract ;
    dcterms:title "b"@fr .

contract:a a cls:LocalHealthContract ;
    dcterms:title "a"@fr ;
    cls:generation 1 ;
    cls:succeeds contract:b ,
        contract:c ;
    cls:succeeds contract:d .

<https://w3id.org/contrats-sante/graph/actors> a sd:Graph .
"""
A = PREFIXES["contract"] + "a"


@pytest.mark.parametrize(
    ("predicate", "value", "line"),
    [
        (None, None, 6),
        (f"{EXTERNAL['rdf']}type", None, 6),
        (f"{DEF}generation", "1", 8),
        (f"{DEF}succeeds", "contract:d", 11),
        (f"{DEF}succeeds", None, 9),
        (f"{DEF}hasPriority", None, 6),
    ],
)
def test_a_statement_is_found(predicate: str | None, value: str | None, line: int) -> None:
    assert line_of_statement(TEXT, A, predicate, value) == line


def test_a_subject_written_as_a_whole_iri_is_found() -> None:
    assert line_of_statement(TEXT, PREFIXES["graph"] + "actors") == 13


def test_a_subject_that_is_not_there_has_no_line() -> None:
    assert line_of_statement(TEXT, PREFIXES["contract"] + "z") is None


def test_a_prefix_is_found() -> None:
    assert line_of_prefix(f"\n{TEXT}", "cls") == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [('a:b c:d "[x]" .\na:b c:d [] .', 2), ("# [\n<a[b> a c:d .\n\n_:x a c:d .", 4)],
)
def test_a_blank_node_is_found_outside_of_strings_iris_and_comments(text: str, line: int) -> None:
    assert line_of_blank_node(text) == line
