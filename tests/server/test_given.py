"""What a request gives to a parameter is read into a term, or the error says what is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats.given import Choice, ParameterError, literal_choices, read_fields, read_value
from contrats.parameter import Parameter
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Sequence

WHERE = "https://exemple.test/queries/signatories"
CONTRACT = Parameter("contract", "iri", f"{BASE}id/contract/valence-2019")
YEAR = Parameter("year", "xsd:gYear", "2024")
THRESHOLD = Parameter("threshold", "xsd:integer", "2", ("1", "2", "3"))
NAMES = {
    "valence-2019": "Contrat local de santé de Valence 2019-2023",
    "valence-2012": "Contrat local de santé de Valence 2012-2017",
    **{f"ville-{number}-2020": f"Contrat de la ville {number}" for number in range(30)},
}
CONTRACTS = [
    Choice(name, ox.NamedNode(f"{BASE}id/contract/{name}"), label) for name, label in NAMES.items()
]


def choices(parameter: Parameter) -> Sequence[Choice]:
    return CONTRACTS if parameter is CONTRACT else literal_choices(parameter)


@pytest.mark.parametrize(
    ("parameter", "raw", "term"),
    [
        (CONTRACT, "valence-2019", f"<{BASE}id/contract/valence-2019>"),
        (CONTRACT, f"{BASE}id/contract/valence-2019", f"<{BASE}id/contract/valence-2019>"),
        (CONTRACT, " valence-2019 ", f"<{BASE}id/contract/valence-2019>"),
        (YEAR, "2024", '"2024"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        (THRESHOLD, "3", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (Parameter("a", "xsd:date", "2024-06-01"), "2024-12-31", '"2024-12-31"^^<'),
        (Parameter("a", "xsd:string", "x"), 'a "b"', r'"a \"b\""'),
    ],
    ids=lambda each: str(getattr(each, "name", each)),
)
def test_a_value_is_read_into_a_term(parameter: Parameter, raw: str, term: str) -> None:
    found = read_value(parameter, raw, choices(parameter), WHERE)

    assert str(found).startswith(term)


@pytest.mark.parametrize(
    ("parameter", "raw", "words"),
    [
        (CONTRACT, "valence-2029", ["« contract »", "« valence-2029 »", "32 d’admises", WHERE]),
        (CONTRACT, "Valence", ["les plus proches : valence-20"]),
        (CONTRACT, f"{BASE}id/actor/valence-2019", ["les plus proches : valence-2019"]),
        (CONTRACT, "contrat local de sante de valence 2019", ["plus proches : valence-2019"]),
        (CONTRACT, "?x } DROP ALL #", ["« ?x } DROP ALL # »"]),
        (CONTRACT, "x" * 500, [f"« {'x' * 80}… »"]),
        (CONTRACT, "a\u202eb", ["« a�b »"]),
        (THRESHOLD, "4", ["« threshold »", "« 4 »", "Valeurs admises : 1, 2, 3."]),
        (THRESHOLD, "02", ["Valeurs admises : 1, 2, 3."]),
        (YEAR, "24", ["« year »", "« 24 »", "une année, écrite 2024", "xsd:gYear"]),
        (YEAR, "2024Z", ["une année"]),
        (YEAR, "２０２４", ["une année"]),
        (Parameter("a", "xsd:date", "2024-06-01"), "2024-13-01", ["une date"]),
        (Parameter("a", "xsd:boolean", "true"), "oui", ["true ou false"]),
    ],
    ids=lambda each: str(getattr(each, "name", each))[:40],
)
def test_a_value_that_is_not_allowed_is_told_with_what_is(
    parameter: Parameter, raw: str, words: list[str]
) -> None:
    with pytest.raises(ParameterError) as caught:
        read_value(parameter, raw, choices(parameter), WHERE)

    assert [word for word in words if word not in caught.value.fr] == []
    assert caught.value.en.startswith(f'The parameter "{parameter.name}" has the value')


def test_a_parameter_without_value_means_all() -> None:
    given = read_fields((CONTRACT, YEAR), [("contract", ""), ("year", "2024")], choices, WHERE)

    assert list(given) == ["year"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ([("contrat", "x")], "« contrat » n’existe pas pour cette question. Vouliez-vous dire"),
        ([("year", "2024"), ("year", "2023")], "« year » est donné 2 fois"),
        ([("year", ""), ("year", "")], "« year » est donné 2 fois"),
        ([("contract", "x")], f"La liste : {WHERE}#contract"),
    ],
)
def test_fields_that_are_not_those_of_the_question_are_told(
    fields: list[tuple[str, str]], words: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        read_fields((CONTRACT, YEAR), fields, choices, WHERE)

    assert words in caught.value.fr


def test_a_question_without_parameters_takes_none() -> None:
    with pytest.raises(ParameterError, match="Elle n’en a aucun"):
        read_fields((), [("contract", "valence-2019")], choices, WHERE)


def test_nothing_is_allowed_where_the_release_has_no_such_thing() -> None:
    with pytest.raises(ParameterError, match="Il y en a 0 d’admises"):
        read_value(CONTRACT, "valence-2019", [], WHERE)
