"""Territories: their contracts, those within and around, and what these are about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests.server.web.shown_numbers import block, numbers, read, words, wrong

from contrats.vocabulary import BASE, DEF, EXTERNAL

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from contrats.store import EmbeddedStore

PLACES = [
    "commune-26362",
    "commune-01001",
    "intercommunalite-200068781",
    "departement-26",
    "region-84",
    "region-06",
    "collectivite-978",
    "groupe-beziers-mediterranee",
]


def leading(store: EmbeddedStore, name: str, place: str) -> set[str]:
    target = ox.NamedNode(f"{BASE}id/territory/{place}")
    found = store.quads.quads_for_pattern(None, ox.NamedNode(name), target)
    return {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}


def contracts_of(text: str) -> set[str]:
    rows = re.findall(r'<th role="rowheader" scope="row"><a href="/doc/(contract/[^"]*)"', text)
    return {f"{BASE}id/{each}" for each in rows}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("place", PLACES)
def test_each_number_of_a_territory_is_that_of_its_query(
    client: FlaskClient, place: str, prefix: str
) -> None:
    assert wrong(client, read(client, f"{prefix}/doc/territory/{place}")) == []


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("commune-26362", "coversCommune"),
        ("departement-26", "inDepartement"),
        ("region-84", "inRegion"),
    ],
)
def test_a_territory_shows_all_its_contracts(
    client: FlaskClient, store: EmbeddedStore, place: str, name: str
) -> None:
    page = read(client, f"/doc/territory/{place}")

    assert contracts_of(block(page, "contrats")) == leading(store, f"{DEF}{name}", place)


def test_an_intercommunality_shows_the_contracts_of_its_communes(
    client: FlaskClient, store: EmbeddedStore
) -> None:
    place = "intercommunalite-200068781"
    communes = leading(store, f"{EXTERNAL['igeo']}subdivisionDe", place)
    covered = set().union(
        *(leading(store, f"{DEF}coversCommune", each.rpartition("/")[2]) for each in communes)
    )

    page = read(client, f"/doc/territory/{place}")

    assert contracts_of(block(page, "contrats")) == covered
    assert "couvre une commune d’ici" in words(page)
    assert "/doc/territory/commune-26362" in block(page, "dans")


def test_a_commune_leads_to_what_it_lies_in_and_to_its_neighbours(client: FlaskClient) -> None:
    page = read(client, "/doc/territory/commune-26362")
    around = block(page, "autour")

    shown = re.findall(r'<th scope="row"><a href="/doc/territory/([^"]*)"', around)
    assert shown == ["intercommunalite-200068781", "departement-26", "region-84"]
    assert not contracts_of(around) & contracts_of(block(page, "contrats"))
    assert len(contracts_of(around)) == 6
    years = words(block(page, "contrats")).partition("connu :")[2]
    assert re.findall(r"\d{4}-\d{4}", years)[:3] == ["2012-2017", "2019-2023", "2025-2027"]


def test_the_population_of_a_commune_bears_its_source(client: FlaskClient) -> None:
    facts = block(read(client, "/doc/territory/commune-26362"), "faits")

    assert re.search(r"Population 64.458 Source", words(facts))


def test_a_region_shows_its_departements_and_its_preparatory_acts_apart(
    client: FlaskClient,
) -> None:
    page = read(client, "/doc/territory/region-84")

    assert numbers(block(page, "contrats"))[0].value == 52
    assert "Actes préparatoires" in words(block(page, "contrats"))
    assert "/doc/territory/departement-26" in block(page, "dans")


def test_links_have_readable_names_in_both_languages(client: FlaskClient) -> None:
    french = words(read(client, "/doc/territory/commune-26362"))
    english = words(read(client, "/en/doc/territory/commune-26362"))

    assert "porte sur ce territoire" in french
    assert "is about this territory" in english


def test_a_territory_without_contract_says_that_there_may_be_some(client: FlaskClient) -> None:
    french = words(block(read(client, "/doc/territory/commune-01001"), "contrats"))
    english = words(block(read(client, "/en/doc/territory/commune-01001"), "contrats"))

    assert "Aucun contrat connu" in french
    assert "No known contract" in english
