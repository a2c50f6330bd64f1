"""Regional plans: item by item, which contracts are aligned, and to which items none is."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests.server.web.shown_numbers import block, numbers, read, words, wrong

from contrats.rooms import find_rooms
from contrats.vocabulary import BASE, DEF, EXTERNAL

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from contrats.store import EmbeddedStore

PROJECTS = ["prs-ara-2018", "prs-ra-2012", "prs-normandie-2023", "prs-paca-2023", "prs-aquitaine"]
OTHERS = ["cos-2018", "srs-2023", "dp-2018", "prse3-ara-2017", "pop-6", "srs23-1", "axe-1"]
FROM_CONTRACTS = {"priorite": "priority", "principe": "principle", "element": "key-element"}


def aligned() -> dict[str, list[tuple[str, bool]]]:
    """Return, by item, what is aligned to it in contracts, and whether too early, from the file."""
    path = find_rooms().data / "alignments.sssom.tsv"
    lines = [each for each in path.read_text("utf-8").splitlines() if not each.startswith("#")]
    found: dict[str, list[tuple[str, bool]]] = {}
    for row in csv.DictReader(lines, delimiter="\t"):
        kind, _, name = row["subject_id"].partition(":")
        if kind in FROM_CONTRACTS and row["object_id"].startswith("prs:"):
            source = (f"{FROM_CONTRACTS[kind]}/{name}", row["other"] == "anachronistic")
            found.setdefault(row["object_id"].removeprefix("prs:"), []).append(source)
    return found


def items_of(store: EmbeddedStore, *documents: str) -> set[str]:
    part = ox.NamedNode(f"{EXTERNAL['dcterms']}isPartOf")
    kind = ox.NamedNode(f"{DEF}PlanItem")
    return {
        quad.subject.value.rpartition("/")[2]
        for document in documents
        for quad in store.quads.quads_for_pattern(
            None, part, ox.NamedNode(f"{BASE}id/plan/{document}")
        )
        if isinstance(quad.subject, ox.NamedNode)
        and any(store.quads.quads_for_pattern(quad.subject, None, kind))
    }


def linked(text: str) -> set[str]:
    rows = re.findall(r'<th role="rowheader" scope="row">.*?href="/doc/plan/([^"]*)"', text)
    return set(rows)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("plan", [*PROJECTS, *OTHERS])
def test_each_number_of_a_plan_is_that_of_its_query(
    client: FlaskClient, plan: str, prefix: str
) -> None:
    assert wrong(client, read(client, f"{prefix}/doc/plan/{plan}")) == []


def test_items_without_contract_are_those_to_which_nothing_is_aligned_in_time(
    client: FlaskClient, store: EmbeddedStore
) -> None:
    page = read(client, "/doc/plan/prs-ara-2018")
    items = items_of(store, "prs-ara-2018", "cos-2018", "srs-2018", "srs-2023")
    answered = {item for item, each in aligned().items() if any(not late for _, late in each)}

    without = block(page, "sans-contrat")

    assert linked(without) == items - answered
    assert numbers(without)[0].value == len(linked(without)) == 7
    assert linked(block(page, "elements")) == items


def test_an_item_adopted_after_the_contract_is_said_to_be_so(client: FlaskClient) -> None:
    page = read(client, "/doc/plan/prs-ara-2018")

    assert "aligné seulement à un contrat signé avant son adoption" in words(
        block(page, "sans-contrat")
    )
    assert "anachronique" in words(block(page, "elements"))


def test_the_caveat_stands_before_the_list(client: FlaskClient) -> None:
    french = words(block(read(client, "/doc/plan/prs-ara-2018"), "sans-contrat"))
    english = words(block(read(client, "/en/doc/plan/prs-ara-2018"), "sans-contrat"))

    assert "Les alignements sont éditoriaux" in french
    assert "Alignments are editorial" in english


def test_an_alignment_says_what_of_which_contract_and_how_surely(client: FlaskClient) -> None:
    row = block(read(client, "/doc/plan/prs-ara-2018"), "elements")
    cell = words(row.partition('href="/doc/plan/pop-1"')[2].partition("</tr>")[0])

    assert "Santé des aînés priorité : Contrat local de santé de Valence 2019-2023" in cell
    assert "proche, confiance 0,9" in cell


def test_each_alignment_of_the_file_stands_at_its_item(client: FlaskClient) -> None:
    pages: dict[str, str] = {}
    for item, sources in aligned().items():
        page = pages.setdefault(item, read(client, f"/doc/plan/{item}"))
        shown = block(page, "alignes")
        for source, _late in sources:
            assert f'href="/doc/{source}"' in shown, (item, source)
    assert len(pages) > 20


def test_what_is_announced_and_has_no_known_title_is_told(client: FlaskClient) -> None:
    page = block(read(client, "/doc/plan/cos-2018"), "annonces")

    assert "Orientation 6 6" in words(page)
    assert [each.value for each in numbers(page)] == [6]


def test_contracts_that_refer_to_a_plan_are_listed(client: FlaskClient) -> None:
    page = block(read(client, "/doc/plan/prs-ara-2018"), "contrats")

    assert "décline ce projet" in words(page)
    assert numbers(page)[0].value == page.count('<th role="rowheader" scope="row">') == 12


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_plans_are_listed_by_region_with_their_numbers(client: FlaskClient, prefix: str) -> None:
    page = read(client, f"{prefix}/plans")

    assert page.count('class="grp"') == 9
    assert page.count('<th role="rowheader" scope="row">') == 14
    assert wrong(client, page) == []


def test_from_home_two_clicks_lead_to_the_items_without_contract(client: FlaskClient) -> None:
    home = read(client, "/")
    plans = re.search(r'<a href="([^"]*)"[^>]*>Projets régionaux</a>', home)
    assert plans
    number = re.search(r'href="(/doc/plan/prs-ara-2018)#sans-contrat"', read(client, plans[1]))
    assert number

    assert "aucun contrat connu n’est aligné" in words(
        block(read(client, number[1]), "sans-contrat")
    )
