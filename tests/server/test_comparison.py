"""Contracts side by side: what is said of them is in the data, and silence is never absence."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contrats.comparison.comparison import Comparison, compare
from contrats.comparison.generations import CHANGES, TURNS
from contrats.comparison.matrix import Matrix, State
from contrats.comparison.plans import ORDER
from contrats.comparison.questions import CONTRACTS, THEMES, Questions, open_questions, text
from contrats.comparison.rested import rests_on
from contrats.comparison.sets import spread, tallies
from contrats.library import read_library
from contrats.rooms import find_rooms
from contrats.statements import open_statements
from contrats.store import EmbeddedStore
from contrats.values import bind_rows_in_text
from contrats.vocabulary import BASE, DEF

ID = f"{BASE}id/contract/"
LIBRARY = read_library(find_rooms().queries)
VALENCE = (f"{ID}valence-2012", f"{ID}valence-2019")
THREE = tuple(
    f"{ID}{name}" for name in ("beauvaisis-2024", "saint-martin-978-2023", "genevois-2024")
)
PRESENT, ABSENT, UNKNOWN = State

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture(scope="session")
def questions(whole: ox.Store) -> Questions:
    return open_questions(EmbeddedStore(whole), LIBRARY)


@pytest.fixture(scope="session")
def every(questions: Questions) -> Comparison:
    """Return all contracts side by side."""
    names = {text(row, "contract") or "" for row in questions.whole(CONTRACTS)}
    return compare(questions, sorted(names))


@pytest.fixture(scope="session")
def valence(questions: Questions) -> Comparison:
    return compare(questions, VALENCE)


def states(matrix: Matrix) -> dict[str, tuple[State, ...]]:
    """Return what is known of each thing, by its short name; bodies that succeed under the last."""
    return {row.things[-1].rpartition("/")[2]: row.states for row in matrix.rows}


def flagged(store: ox.Store, name: str) -> set[str]:
    """Return the contracts of which a list is stated to be complete."""
    found = store.quads_for_pattern(None, ox.NamedNode(f"{DEF}{name}"), ox.Literal(True), None)  # noqa: FBT003
    return {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}


def test_valence_has_five_same_bodies_a_successor_one_that_left_and_four_that_entered(
    valence: Comparison,
) -> None:
    found = valence.generations[0]

    assert {turn: found.turned(turn) for turn in TURNS} == {
        "reste": 5, "succède": 1, "sort": 1, "entre": 4,
    }  # fmt: skip
    assert states(valence.signatures.bodies) == {
        "ville-valence-26362": (PRESENT, PRESENT),
        "prefecture-drome": (PRESENT, PRESENT),
        "departement-drome": (PRESENT, PRESENT),
        "cpam-drome": (PRESENT, PRESENT),
        "caf-drome": (PRESENT, PRESENT),
        "ars-auvergne-rhone-alpes": (PRESENT, PRESENT),
        "region-rhone-alpes": (PRESENT, ABSENT),
        "education-nationale-drome": (ABSENT, PRESENT),
        "ch-drome-vivarais": (ABSENT, PRESENT),
        "ch-valence": (ABSENT, PRESENT),
        "hopital-prive-drome-ardeche": (ABSENT, PRESENT),
    }


def test_the_agency_of_2012_shares_the_row_of_the_one_that_followed_it(
    valence: Comparison,
) -> None:
    row = next(r for r in valence.signatures.bodies.rows if len(r.things) > 1)

    assert [thing.rpartition("/")[2] for thing in row.things] == [
        "ars-rhone-alpes", "ars-auvergne-rhone-alpes",
    ]  # fmt: skip
    assert [each.words for cell in row.cells for each in cell.mentions] == [
        "Agence régionale de santé", "ARS Auvergne-Rhône-Alpes",
    ]  # fmt: skip
    assert [each.date for each in valence.signatures.successions] == ["2016-01-01"]


def test_valence_takes_up_eight_priorities_transforms_two_adds_two_and_drops_none(
    valence: Comparison,
) -> None:
    found = valence.generations[0]
    links = {
        (s.change, s.earlier.number if s.earlier else None, s.later.number if s.later else None)
        for s in found.continuations
    }

    assert {change: found.continued(change) for change in CHANGES} == {
        "reprise": 8, "transformée": 2, "nouvelle": 2, "abandonnée": 0,
    }  # fmt: skip
    assert links == {
        ("reprise", 1, 6), ("reprise", 2, 4), ("reprise", 3, 8), ("reprise", 4, 3),
        ("reprise", 6, 2), ("reprise", 7, 1), ("reprise", 9, 9), ("reprise", 10, 12),
        ("transformée", 5, 7), ("transformée", 8, 5),
        ("nouvelle", None, 10), ("nouvelle", None, 11),
    }  # fmt: skip


def test_valence_has_nine_themes_in_both_three_before_and_four_after(valence: Comparison) -> None:
    themes = valence.subjects.themes

    found = [row.states for row in themes.rows]

    assert themes.whole == (True, True)
    assert [found.count(each) for each in
            ((PRESENT, PRESENT), (PRESENT, ABSENT), (ABSENT, PRESENT))] == [9, 3, 4]  # fmt: skip


def test_a_cell_bears_the_words_of_the_contract_and_tells_a_secondary_theme(
    valence: Comparison,
) -> None:
    row = next(
        r for r in valence.subjects.themes.rows if r.things[0].endswith("/perinatalite-parentalite")
    )

    assert [[(m.number, m.words, m.mark) for m in cell.mentions] for cell in row.cells] == [
        [(5, "L’action « parentalité et santé »", "")],
        [(7, "Santé des femmes enceintes et des enfants de 0 à 16 ans", "")],
    ]  # fmt: skip
    marks = [m.mark for r in valence.subjects.themes.rows for c in r.cells for m in c.mentions]
    assert marks.count("secondary") == 4


def test_the_strongest_link_of_each_priority_with_its_regional_plan_is_counted_once(
    valence: Comparison,
) -> None:
    assert {band: valence.coverage.bands[band] for band in ORDER} == {
        "close": (0, 5), "wider": (3, 3), "related": (6, 3), "none": (1, 1),
    }  # fmt: skip


def test_generations_stand_in_the_order_of_time_however_they_are_given(
    questions: Questions,
) -> None:
    names = ("valence-2025", "valence-2012", "valence-2019")

    found = compare(questions, [f"{ID}{name}" for name in names])

    assert found.chain
    assert found.names == ("valence-2012", "valence-2019", "valence-2025")
    assert found.signatures.bodies.whole == (True, True, False)
    assert [len(each.turns) for each in found.generations] == [11, 0]


def test_three_contracts_of_three_regions_share_no_body_but_types(questions: Questions) -> None:
    found = compare(questions, THREE)

    assert not found.chain
    assert found.generations == ()
    assert [act.signatories.known for act in found.acts] == [10, 3, 6]
    assert found.signatures.bodies.whole == (True, True, True)
    assert found.signatures.bodies.shared == ()
    assert {row.things[0].rpartition("/")[2] for row in found.signatures.types.shared} == {
        "ars",
        "assurance-maladie",
    }
    assert found.subjects.themes.whole == (False, False, False)
    assert ABSENT not in {state for row in found.subjects.themes.rows for state in row.states}


def test_all_contracts_are_compared_and_what_is_known_of_each_is_in_the_data(
    every: Comparison, whole: ox.Store
) -> None:
    signs = ox.NamedNode(f"{DEF}hasSignatory")

    for place, act in enumerate(every.acts):
        found = whole.quads_for_pattern(ox.NamedNode(act.iri), signs, None, None)
        bodies = {q.object.value for q in found if isinstance(q.object, ox.NamedNode)}
        shown = {
            row.things[0]
            for row in every.signatures.bodies.rows
            if row.cells[place].state is PRESENT
        }
        assert shown == bodies, act.name
        assert (act.signatories.known or 0) == len(bodies)
    assert len(every.acts) == 241


def test_absent_is_never_said_of_a_list_that_is_not_stated_to_be_complete(
    every: Comparison, whole: ox.Store
) -> None:
    signatories = flagged(whole, "signatoryListComplete")
    priorities = flagged(whole, "priorityListComplete")
    for matrix, complete in (
        (every.signatures.bodies, signatories),
        (every.signatures.types, signatories),
        (every.signatures.roles, set[str]()),
        (every.subjects.themes, priorities),
        (every.subjects.populations, priorities),
    ):
        denied = {
            act.iri
            for row in matrix.rows
            for act, cell in zip(every.acts, row.cells, strict=True)
            if cell.state is ABSENT
        }
        assert denied <= complete


def test_a_list_with_a_body_that_nobody_recognised_denies_no_body_but_may_deny_a_type(
    questions: Questions,
) -> None:
    found = compare(questions, [f"{ID}marseille-2024", f"{ID}diois-2019"])

    assert found.acts[0].signatories.complete
    assert found.signatures.bodies.whole == (False, True)
    assert found.signatures.types.whole == (True, True)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_choice_of_contracts_says_of_each_what_all_together_say(
    data: st.DataObject, questions: Questions, every: Comparison
) -> None:
    iris = [act.iri for act in every.acts]
    chosen = data.draw(st.lists(st.sampled_from(iris), min_size=2, max_size=6, unique=True))

    found = compare(questions, chosen)

    for some, all_ in (
        (found.signatures.types, every.signatures.types),
        (found.subjects.themes, every.subjects.themes),
        (found.subjects.populations, every.subjects.populations),
    ):
        rows = {row.things: row for row in all_.rows}
        for row in some.rows:
            for act, cell in zip(found.acts, row.cells, strict=True):
                assert cell == rows[row.things].cells[iris.index(act.iri)]
    if not found.chain:
        assert [act.iri for act in found.acts] == chosen
    else:
        assert all(b.previous == a.iri for a, b in pairwise(found.acts))


def rows_of(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = EmbeddedStore(store).answer(query)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(str(value) for value in row) for row in found)


@pytest.mark.parametrize("name", ["compared-signatories", "compared-themes", "compared-contracts"])
def test_the_question_with_several_contracts_gives_what_is_compared(
    name: str, questions: Questions, whole: ox.Store
) -> None:
    values = [(ox.NamedNode(iri),) for iri in VALENCE]
    shown = bind_rows_in_text(questions.texts[name], ("contract",), values)
    asked = open_questions(EmbeddedStore(whole), LIBRARY).rows(name, VALENCE)

    assert len(rows_of(whole, shown)) == len(asked)
    assert {row[0] for row in rows_of(whole, shown)} == {f"<{iri}>" for iri in VALENCE}


@pytest.mark.parametrize("chosen", [VALENCE, THREE])
def test_the_statements_that_a_comparison_rests_on_give_the_same_comparison(
    chosen: Sequence[str], questions: Questions, whole: ox.Store
) -> None:
    found = compare(questions, chosen)
    alone = ox.Store()
    alone.extend(
        ox.Quad(t.subject, t.predicate, t.object) for t in rests_on(found, open_statements(whole))
    )

    assert 0 < len(alone) < len(whole) / 20
    again = compare(open_questions(EmbeddedStore(alone), LIBRARY), chosen)
    assert again.signatures.bodies == found.signatures.bodies
    assert again == found


def test_what_is_frequent_is_counted_over_all_and_over_whole_lists_alone(
    every: Comparison, questions: Questions
) -> None:
    counted = tallies(every.subjects.themes)
    rows = questions.whole(THEMES)

    for each in counted:
        having = {row["contract"] for row in rows if text(row, "theme") == each.thing}
        among = {
            row["contract"]
            for row in rows
            if text(row, "theme") == each.thing and text(row, "complete") == "true"
        }
        assert (each.contracts, each.among_whole) == (len(having), len(among))
    assert [each.contracts for each in counted] == sorted(
        (each.contracts for each in counted), reverse=True
    )


def test_a_size_is_spread_only_over_contracts_of_which_it_is_known(every: Comparison) -> None:
    found = spread(every.acts, lambda act: act.signatories.known if act.signatories.exact else None)

    assert found is not None
    assert (found.least, found.most, len(found.ranked)) == (3, 14, 17)
    assert found.quartiles is not None
    assert found.quartiles[1] == 8
    assert spread(every.acts, lambda _act: None) is None
    few = spread(every.acts[:3], lambda _act: 1)
    assert few is not None
    assert few.quartiles is None
