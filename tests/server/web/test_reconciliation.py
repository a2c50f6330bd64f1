"""Names as people write them find what they mean, and nothing is said to be certain that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.benchmarks.reconciliation import judge_nothing, measure, read_samples

from contrats.errors import ReleaseError
from contrats.reconciliation.folding import fold
from contrats.reconciliation.index import Index, open_index
from contrats.reconciliation.matching import find_candidates
from contrats.reconciliation.places import PLACE
from contrats.reconciliation.query import Query, Value
from contrats.reconciliation.spelling import distance, letters_of, nearest
from contrats.reconciliation.writing import NAME, write_reconciliation
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from contrats.reconciliation.ranking import Candidate
    from contrats.release import Release
    from contrats.store import EmbeddedStore

BODY: Final = "org:FormalOrganization"
COMMUNE: Final = "igeo:Commune"


@pytest.fixture(scope="module")
def index(release: Release) -> Index:
    return open_index(release.folder)


def ask(index: Index, text: str, type_id: str = "", place: str = "") -> list[Candidate]:
    """Return the candidates for a name, of a type, in a place."""
    properties = ((PLACE, (Value(place, place if "/" in place else None),)),) if place else ()
    types = (type_id,) if type_id else ()
    with index.reading() as reader:
        return find_candidates(reader, Query(text, types, 10, properties), judge_nothing)


def certain(found: list[Candidate]) -> list[str]:
    return [each.thing.id for each in found if each.match]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("CH d'Annecy Genevois", "actor/ch-annecy-genevois"),
        ("centre hospitalier annecy-genevois", "actor/ch-annecy-genevois"),
        ("CENTRE HOSPITALIER ANNECY GENEVOIS", "actor/ch-annecy-genevois"),
        ("CD 26", "actor/departement-drome"),
        ("Conseil général de la Drôme", "actor/departement-drome"),
        ("conseil departemental drome", "actor/departement-drome"),
        ("Département de la Drôme", "actor/departement-drome"),
        ("CPAM 35", "actor/cpam-ille-et-vilaine"),
        ("Caisse primaire d’assurance maladie (35)", "actor/cpam-ille-et-vilaine"),
        ("Préfet de la Moselle", "actor/prefecture-moselle"),
        ("Mairie d'Épernay", "actor/ville-epernay"),
        ("Ville d’Epernay", "actor/ville-epernay"),
        ("CdC du Pays Foyen", "actor/epci-pays-foyen"),
        ("Pays Foyen (communauté de communes)", "actor/epci-pays-foyen"),
        ("ARS PACA", "actor/ars-provence-alpes-cote-d-azur"),
        ("Agence Régionale de Santé (ARS) Bretagne", "actor/ars-bretagne"),
        ("service de sante et de prevention au travail 19-24", "actor/sspt-19-24"),
        ("MSA Dordogne, Lot et Garonne", "actor/msa-dordogne-lot-et-garonne"),
        ("222600017", "actor/departement-drome"),
        ("222 600 017", "actor/departement-drome"),
        ("actor/ch-valence", "actor/ch-valence"),
        (f"{BASE}id/actor/ch-valence", "actor/ch-valence"),
    ],
)
def test_a_body_is_found_however_its_name_is_written(index: Index, text: str, wanted: str) -> None:
    found = ask(index, text, BODY)

    assert certain(found) == [wanted]
    assert found[0].thing.id == wanted
    assert found[0].score >= 99


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("26362", "territory/commune-26362"),
        ("Saint-Denis (93)", "territory/commune-93066"),
        ("Saint Denis, Seine-Saint-Denis", "territory/commune-93066"),
        ("ST DENIS 974", "territory/commune-97411"),
        ("Valence 26", "territory/commune-26362"),
        ("valence, drome", "territory/commune-26362"),
        ("Romans sur Isère", "territory/commune-26281"),
        ("Saint Étienne", "territory/commune-42218"),
        ("L'Haÿ-les-Roses", "territory/commune-94038"),
        ("Œuilly 51", "territory/commune-51410"),
    ],
)
def test_a_commune_is_found_by_code_or_by_name_and_departement(
    index: Index, text: str, wanted: str
) -> None:
    assert certain(ask(index, text, COMMUNE)) == [wanted]


@pytest.mark.parametrize("text", ["Saint-Denis", "Valence", "Sainte-Marie", "saint martin"])
def test_a_commune_with_namesakes_is_never_certain_without_a_place(index: Index, text: str) -> None:
    found = ask(index, text, COMMUNE)

    assert len([each for each in found if each.score == 100]) > 1
    assert certain(found) == []
    assert all(each.namesakes for each in found if each.score == 100)


def test_a_body_named_after_communes_of_one_name_is_not_certain_without_a_place(
    index: Index,
) -> None:
    alone, placed = (ask(index, "CH de Valence", BODY, place) for place in ("", "Drôme"))

    assert alone[0].thing.id == "actor/ch-valence"
    assert certain(alone) == []
    assert alone[0].namesakes == 2
    assert certain(placed) == ["actor/ch-valence"]


@pytest.mark.parametrize("place", ["Valence", "26362", "territory/commune-26362", "26", "Drôme"])
def test_a_kind_of_body_and_a_place_tell_which(index: Index, place: str) -> None:
    found = ask(index, "centre hospitalier de Valence", BODY, place)

    assert certain(found) == ["actor/ch-valence"]
    assert certain(ask(index, "CPAM", BODY, "Drôme")) == ["actor/cpam-drome"]


def test_another_place_takes_points_and_certainty_away(index: Index) -> None:
    [there, elsewhere] = (ask(index, "CPAM de la Drôme", BODY, each)[0] for each in ("26", "59"))

    assert (there.match, there.score) == (True, 100)
    assert (elsewhere.match, elsewhere.score) == (False, 70)
    assert elsewhere.agreed == ((PLACE, False),)


@pytest.mark.parametrize(
    "text", ["ARS", "CPAM", "Préfecture", "Conseil départemental", "ORS", "Ville"]
)
def test_a_kind_of_body_alone_is_never_certain(index: Index, text: str) -> None:
    assert certain(ask(index, text)) == []
    assert certain(ask(index, text, BODY)) == []


def test_a_body_that_is_no_more_is_not_the_one_that_came_after(index: Index) -> None:
    assert certain(ask(index, "ARS Rhône-Alpes")) == ["actor/ars-rhone-alpes"]
    assert certain(ask(index, "ARS Auvergne Rhône Alpes")) == ["actor/ars-auvergne-rhone-alpes"]
    assert certain(ask(index, "Évry", COMMUNE)) == []


def test_a_kind_of_body_in_a_region_that_was_merged_may_be_one_of_before(index: Index) -> None:
    found = ask(index, "ARS", BODY, "Auvergne-Rhône-Alpes")

    assert found[0].thing.id == "actor/ars-auvergne-rhone-alpes"
    assert certain(found) == []
    assert certain(ask(index, "ARS", BODY, "Bretagne")) == ["actor/ars-bretagne"]


def test_a_small_misspelling_is_found_with_a_lower_score_and_never_certain(index: Index) -> None:
    found = ask(index, "Centre hospitalier Anecy-Genevois", BODY)

    assert found[0].thing.id == "actor/ch-annecy-genevois"
    assert found[0].likeness is not None
    assert found[0].likeness.misspelt == 1
    assert 80 < found[0].score < 95
    assert certain(found) == []


@pytest.mark.parametrize(
    "text",
    [
        "CHU de Toulouse",
        "Hôpital européen Georges-Pompidou",
        "ARS Bretagne-Normandie",
        "Zorglub international",
        "Ministère de la Santé",
        "…",
        "' OR 1=1 --",
    ],
)
def test_a_body_that_the_data_does_not_name_gets_no_certain_answer(index: Index, text: str) -> None:
    found = ask(index, text)

    assert certain(found) == []
    assert all(each.score <= 95 for each in found)


def test_the_same_name_for_a_body_and_a_territory_is_not_certain(index: Index) -> None:
    assert certain(ask(index, "CC du Diois")) == []
    assert certain(ask(index, "CC du Diois", BODY)) == ["actor/epci-diois"]


@pytest.mark.parametrize(
    ("text", "type_id", "wanted"),
    [
        ("psychiatrie", "scheme:themes", "theme/sante-mentale"),
        ("Mental health and psychological well-being", "", "theme/sante-mentale"),
        ("valence-2019", "cls:LocalHealthContract", "contract/valence-2019"),
        ("CLS de Valence 2019-2023", "", "contract/valence-2019"),
    ],
)
def test_themes_and_contracts_are_found(index: Index, text: str, type_id: str, wanted: str) -> None:
    assert ask(index, text, type_id)[0].thing.id == wanted


def test_names_in_the_sources_lead_to_the_bodies_that_the_editors_made_of_them(
    index: Index, store: EmbeddedStore
) -> None:
    """Keep what the matching was seen to reach (tests/benchmarks/reconciliation.py).

    A source that writes "ARS" or "CPAM" says which by what it is about: without a place, no
    service can tell.
    """
    samples = read_samples(store.quads)[::2]
    alone, placed = (measure(index, samples, placed=each) for each in (False, True))

    assert len(samples) > 400
    assert (alone.first, alone.among_five) >= (0.71, 0.77)
    assert (placed.first, placed.among_five) >= (0.89, 0.95)
    assert alone.certain > 0.61
    assert placed.certain > 0.70
    assert min(alone.right, placed.right) > 0.985


def test_the_index_is_the_same_bytes_whatever_the_order_of_the_quads(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    things = [*(f"territory/commune-26{n:03}" for n in range(1, 400)), "actor/ch-valence"]
    names = ["territory/departement-26", "actor-type/hospital-public", "actor/departement-drome"]
    quads = [
        quad
        for each in (*things, *names)
        for quad in store.quads.quads_for_pattern(ox.NamedNode(f"{BASE}id/{each}"), None, None)
    ]
    for name, given_quads in (("one", quads), ("other", list(reversed(quads)))):
        (tmp_path / name).mkdir()
        write_reconciliation(tmp_path / name, given_quads)

    assert len(quads) > 3000
    one, other = ((tmp_path / name / NAME).read_bytes() for name in ("one", "other"))
    assert one == other


def test_an_index_that_is_missing_or_damaged_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="contrats build"):
        open_index(tmp_path)
    (tmp_path / NAME).write_bytes(b"this is no database" * 100)
    with pytest.raises(ReleaseError, match="contrats build"):
        open_index(tmp_path)


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_case_never_counts(text: str) -> None:
    assert fold(text.upper().lower()).core == fold(text.upper()).core


WORDS: Final = st.text(alphabet="abcdelnorst", min_size=4, max_size=9)


@given(WORDS, WORDS)
@settings(max_examples=60, deadline=None)
def test_the_distance_of_words_is_one(one: str, other: str) -> None:
    far = distance(one, other)

    assert far == distance(other, one)
    assert (far == 0) == (one == other)
    assert abs(len(one) - len(other)) <= far <= max(len(one), len(other))
    if far == 1:
        assert nearest(one, [(other, letters_of(other))]) == [other]
