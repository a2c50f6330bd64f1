"""The facets of contracts: what the sets say is what the composed queries answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contrats.facets import UNSTATED, Chosen, Facets, open_facets, read_facets
from contrats.rooms import find_rooms
from contrats.store import EmbeddedStore

if TYPE_CHECKING:
    from contrats.facets import Term

QUERIES = find_rooms().queries
ID = "https://w3id.org/contrats-sante/id"
DAYS = [
    ox.Literal(day, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    for day in ("2012-12-31", "2024-06-30", "2031-01-01")
]


@pytest.fixture(scope="session")
def facets(whole: ox.Store) -> Facets:
    base = (QUERIES / "pages" / "chosen.rq").read_text(encoding="utf-8")
    return open_facets(EmbeddedStore(whole), read_facets(QUERIES / "facets"), base)


def answer(facets: Facets, text: str) -> list[str]:
    """Return the contracts that the store answers."""
    found = facets.store.answer(text)
    assert isinstance(found, ox.QuerySolutions)
    return [row["contract"].value for row in found]


def values(facets: Facets, name: str) -> list[Term]:
    """Return values to draw, in an order that is the same each time."""
    return sorted(facets.pairs[name], key=str) + (DAYS if name == "inforce" else [])


def draw_choice(facets: Facets, data: st.DataObject) -> Chosen:
    """Return a choice of some values of some facets."""
    names = data.draw(st.lists(st.sampled_from(sorted(facets.pairs)), max_size=3, unique=True))
    return {
        name: data.draw(
            st.lists(st.sampled_from(values(facets, name)), min_size=1, max_size=3, unique=True)
        )
        for name in names
    }


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_choice_holds_the_contracts_that_its_query_answers(
    facets: Facets, data: st.DataObject
) -> None:
    chosen = draw_choice(facets, data)

    found = answer(facets, facets.text(chosen))

    assert len(found) == len(set(found))
    assert set(found) == facets.chosen(chosen)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_count_is_the_number_that_the_query_of_its_value_answers(
    facets: Facets, data: st.DataObject
) -> None:
    chosen = draw_choice(facets, data)
    name = data.draw(st.sampled_from(sorted(facets.pairs)))
    term = data.draw(st.sampled_from(sorted(facets.pairs[name], key=str)))

    count = facets.counts(chosen, name)[term]

    assert count == len(answer(facets, facets.text(chosen | {name: [term]})))


def test_several_values_widen_and_several_facets_narrow(facets: Facets) -> None:
    ara, drome, isere = (
        facets.term(*each)
        for each in (("region", "84"), ("departement", "26"), ("departement", "38"))
    )
    assert ara
    assert drome
    assert isere

    region = facets.chosen({"region": [ara]})
    one, two = (facets.chosen({"departement": d}) for d in ([drome], [drome, isere]))

    assert one < two < region
    assert facets.chosen({"departement": [drome], "region": [ara]}) == one
    assert f"{ID}/contract/valence-2019" in one


def test_no_choice_is_every_contract(facets: Facets) -> None:
    assert set(answer(facets, facets.text({}))) == facets.chosen({}) == facets.every


@pytest.mark.parametrize(
    ("name", "short", "iri"),
    [
        ("region", "84", "territory/region-84"),
        ("region", "978", "territory/collectivite-978"),
        ("departement", "2A", "territory/departement-2a"),
        ("theme", "sante-mentale", "theme/sante-mentale"),
        ("population", "jeunes", "population/jeunes"),
        ("signatory", "ars", "actor-type/ars"),
    ],
)
def test_a_value_is_written_short(facets: Facets, name: str, short: str, iri: str) -> None:
    term = facets.term(name, short)

    assert term == ox.NamedNode(f"{ID}/{iri}")
    assert facets.short(name, term) == short.lower()


def test_a_thing_without_contracts_is_a_value_and_what_is_no_thing_is_none(facets: Facets) -> None:
    theme = facets.term("theme", "sante-bucco-dentaire")

    assert theme is not None
    assert facets.chosen({"theme": [theme]}) == frozenset()
    assert facets.chosen({"inforce": [DAYS[2]]}) == frozenset()
    assert facets.term("theme", "cuisine") is None
    assert facets.term("region", "84> } DROP ALL") is None
    assert facets.term("stage", "2024") is None
    assert facets.term("inforce", "2024-13-01") is None


@pytest.mark.parametrize("name", ["theme", "population", "signatory", "plan", "evaluation"])
def test_each_contract_has_a_value_or_says_that_none_is_stated(facets: Facets, name: str) -> None:
    found = facets.pairs[name]
    stated = frozenset[str]().union(*(found[t] for t in found if t.value != UNSTATED))

    assert stated
    assert stated | found[ox.Literal(UNSTATED)] == facets.every
    assert not stated & found[ox.Literal(UNSTATED)]


def test_a_day_and_a_year_may_be_chosen_together(facets: Facets) -> None:
    year, day = facets.term("inforce", "2013"), facets.term("inforce", "2024-06-30")
    assert year
    assert day

    both = facets.chosen({"inforce": [year, day]})

    assert both == facets.chosen({"inforce": [year]}) | facets.chosen({"inforce": [day]})
    assert both == set(answer(facets, facets.text({"inforce": [year, day]})))


def test_a_day_is_within_the_periods_of_its_year(facets: Facets) -> None:
    year, day = facets.term("inforce", "2024"), facets.term("inforce", "2024-06-30")
    assert year
    assert day

    assert frozenset() < facets.chosen({"inforce": [day]}) <= facets.chosen({"inforce": [year]})


def test_a_facet_reads_as_a_question_of_its_own(facets: Facets) -> None:
    for file in facets.files:
        found = facets.store.answer(file.text)
        assert isinstance(found, ox.QuerySolutions)
        assert [each.value for each in found.variables] == ["contract", file.name]
