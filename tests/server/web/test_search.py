"""The index of names ignores accents, case, apostrophes, plurals and feminines."""

from __future__ import annotations

import html
import re
import sqlite3
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats import hits, search
from contrats.errors import ReleaseError
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from contrats.release import Release
    from contrats.store import EmbeddedStore


@pytest.mark.parametrize(
    "words", ["Santé des aînés", "sante des aines", "SANTE AINE", "aînés", "sante ainee"]
)
def test_a_priority_is_found_without_accents_or_case(release: Release, words: str) -> None:
    found = hits.find(release.folder, words)

    assert f"{BASE}id/priority/valence-2019-12" in [hit.iri for hit in found]


@given(st.text(alphabet="abcdefghijklmnopqrtuvwyzàâçéèêëîïôûù", min_size=3))
def test_a_word_and_its_plural_have_one_stem(singular: str) -> None:
    assert search.stem(f"{singular}s") == search.stem(singular)


def test_contracts_come_first(release: Release) -> None:
    found = hits.find(release.folder, "Valence")

    assert [hit.kind for hit in found[:2]] == ["contract", "contract"]


def test_another_name_finds_the_thing_too(release: Release) -> None:
    found = hits.find(release.folder, "CHDV")

    assert found[0].iri == f"{BASE}id/actor/ch-drome-vivarais"


@pytest.mark.parametrize("words", ["", "  ", '"', "* OR NEAR(", "'; DROP TABLE names; --", "\0"])
def test_no_words_break_the_search(release: Release, words: str) -> None:
    assert isinstance(list(hits.find(release.folder, words)), list)


def test_two_indexes_of_the_same_quads_are_the_same_bytes(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    quads = list(store.quads)
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()

    search.write_index(first, quads)
    search.write_index(second, reversed(quads))

    assert (first / search.NAME).read_bytes() == (second / search.NAME).read_bytes()


def test_a_damaged_index_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / search.NAME).write_bytes(b"this is no database" * 100)

    with pytest.raises(ReleaseError, match="contrats build"):
        hits.find(tmp_path, "Valence")


def test_only_things_of_ours_with_a_french_name_are_indexed(tmp_path: Path) -> None:
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    graph = ox.NamedNode(f"{BASE}graph/x")
    ours, theirs = ox.NamedNode(f"{BASE}id/theme/a"), ox.NamedNode("http://x/a")
    names = [ox.Literal("chose", language="fr"), ox.Literal("thing", language="en")]

    english = ox.NamedNode(f"{BASE}id/theme/b")
    named = [*((s, n) for s in (ours, theirs) for n in names), (english, names[1])]
    search.write_index(tmp_path, [ox.Quad(s, label, n, graph) for s, n in named])

    assert [hit.iri for hit in hits.find(tmp_path, "chose")] == [ours.value]
    assert [(hit.iri, hit.name) for hit in hits.find(tmp_path, "thing")] == [(ours.value, "chose")]


@pytest.mark.parametrize("words", ["l'hopital", "l’hôpital", "Hôpitaux", "HOPITAL", "les hôpitaux"])
def test_apostrophes_and_plurals_do_not_count(release: Release, words: str) -> None:
    found = hits.count(release.folder, words)

    assert found == hits.count(release.folder, "hôpital")
    assert found["actor"] > 5


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("CPAM Drôme", "caisse primaire d’assurance maladie Drôme"),
        ("ARS Bretagne", "agence régionale de santé bretagne"),
        ("CH Valence", "centre hospitalier de valence"),
        ("MSA Auvergne", "Mutualité sociale agricole Auvergne"),
    ],
)
def test_a_short_name_and_a_long_one_find_the_same_bodies(
    release: Release, short: str, long: str
) -> None:
    found = [hit.iri for hit in hits.find(release.folder, short, kind="actor")]

    assert found
    assert found[0] == hits.find(release.folder, long, kind="actor")[0].iri


def test_a_name_that_is_the_word_comes_before_one_that_begins_so(release: Release) -> None:
    found = hits.find(release.folder, "CH", 10)

    assert {hit.kind for hit in found} == {"actor"}


def test_an_english_name_finds_the_thing_under_its_french_name(release: Release) -> None:
    found = hits.find(release.folder, "mental health")

    assert found[0].iri == f"{BASE}id/theme/sante-mentale"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vacination", "vaccination"),
        ("preventoin", "prévention"),
        ("Valance", "valence"),
        ("santé mantale", "santé mentale"),
        ("zzzz", None),
        ("", None),
        ("\0 ' \"", None),
    ],
)
def test_what_was_most_likely_meant(release: Release, typed: str, meant: str | None) -> None:
    assert hits.suggest(release.folder, typed) == meant


def test_an_index_of_an_earlier_version_suggests_nothing(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / search.NAME)
    connection.execute("CREATE VIRTUAL TABLE names USING fts5(iri, kind, place, name, stems)")
    connection.close()

    assert hits.suggest(tmp_path, "vacination") is None


def test_names_that_hold_more_of_the_words_come_first(release: Release) -> None:
    words = "contrat local Valence introuvable"

    nothing = hits.find(release.folder, words)
    found = hits.find(release.folder, words, some=True)

    assert not nothing
    held = [
        sum(
            any(word.startswith(each) for word in search.stem(hit.name))
            for each in ("local", "valenc")
        )
        for hit in found[:2]
    ]
    assert held == [2, 2]
    assert len(found) > 2


def test_little_words_alone_find_no_part_of_a_name(release: Release) -> None:
    assert not hits.find(release.folder, "le introuvable de la", some=True)


@pytest.mark.parametrize("words", ["", '"', "% _ * OR NEAR(", "'; DROP TABLE names; --", "\0"])
def test_no_words_break_the_search_for_some(release: Release, words: str) -> None:
    assert isinstance(list(hits.find(release.folder, words, some=True)), list)


def test_the_page_says_when_names_hold_only_some_of_the_words(client: FlaskClient) -> None:
    sentence = "voici ceux qui en contiennent une partie."

    some = client.get("/search?q=Valence+introuvable").text
    whole = client.get("/search?q=Valence").text
    none = client.get("/search?q=introuvable").text

    assert sentence in some
    assert "/contract/valence-2019" in some
    assert sentence not in whole
    assert sentence not in none
    assert "Aucun nom ne contient tous ces mots" in some
    assert "Aucun nom ne contient tous ces mots" in none


def test_the_page_groups_what_it_found_and_counts_all_of_each_kind(client: FlaskClient) -> None:
    page = words_of(client, "/search?q=valence")

    assert re.search(r"Contrats 4 Organismes 7 Territoires 3 Communes \d+ Sources 2", page)
    assert "Contrat local de santé de Valence 2019-2023 Auvergne-Rhône-Alpes · 2019-2023" in page
    assert "Valence 26362 Drôme" in page
    assert "Ville de Valence Commune" in page


def test_all_of_one_kind_have_a_page_of_their_own(client: FlaskClient) -> None:
    few = client.get("/search?q=saint").text
    link = re.search(r'href="(/search\?q=saint&amp;kind=commune)"', few)
    assert link
    page = client.get(html.unescape(link[1])).text

    assert page.count("/doc/territory/commune-") > few.count("/doc/territory/commune-")
    assert "/doc/actor/" not in page


def test_an_unknown_kind_is_as_none(client: FlaskClient) -> None:
    assert client.get("/search?q=valence&kind=zzz").status_code == 200


def test_the_page_proposes_what_was_meant(client: FlaskClient) -> None:
    french, english = (words_of(client, f"{root}/search?q=vacination") for root in ("", "/en"))

    assert re.search(r"Vouliez-vous dire : vaccination ?", french)
    assert "Did you mean: vaccination" in english
    assert "/en/search?q=vaccination" in client.get("/en/search?q=vacination").text


def test_an_english_page_names_what_it_found_in_english(client: FlaskClient) -> None:
    page = words_of(client, "/en/search?q=sante+mentale")

    assert "Mental health" in page
    assert "Themes" in page


def words_of(client: FlaskClient, path: str) -> str:
    text = re.sub(r"<[^>]*>", " ", client.get(path).text)
    return re.sub(r"\s+", " ", text)
