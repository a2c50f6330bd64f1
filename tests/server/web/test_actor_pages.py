"""The pages of bodies and of their types: what they sign, with whom, how many, by what query."""

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

ACTORS = [
    "ars-auvergne-rhone-alpes",
    "ville-valence-26362",
    "departement-haute-savoie",  # signs one contract under two names
    "ors-auvergne-rhone-alpes",
    "ars-rhone-alpes",
    "prefecture-mayotte",
    "etat",
]
SIGNED = ox.NamedNode(f"{BASE}id/stage/signed")


def subjects(store: EmbeddedStore, name: str, value: ox.NamedNode) -> set[str]:
    found = store.quads.quads_for_pattern(None, ox.NamedNode(name), value)
    return {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}


def written(name: str) -> str:
    """Return a name without the spaces at which a drawing may cut it."""
    return words(name).replace(" ", "")


def signed_contracts(store: EmbeddedStore, actor: str) -> set[str]:
    """Return the contracts that name `actor` in a role that signs, read from the participations."""
    body = ox.NamedNode(f"{BASE}id/actor/{actor}")
    signed = subjects(store, f"{DEF}stage", SIGNED)
    found: set[str] = set()
    for role in ("signatory", "associated-signatory", "new-signatory"):
        signing = subjects(store, f"{EXTERNAL['cv']}role", ox.NamedNode(f"{BASE}id/role/{role}"))
        for node in signing & subjects(store, f"{EXTERNAL['cv']}hasParticipant", body):
            found |= subjects(store, f"{EXTERNAL['cv']}hasParticipation", ox.NamedNode(node))
    return found & signed


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("actor", ACTORS)
def test_each_number_of_a_body_is_that_of_its_query(
    client: FlaskClient, actor: str, prefix: str
) -> None:
    page = read(client, f"{prefix}/doc/actor/{actor}")

    assert wrong(client, page) == []


@pytest.mark.parametrize("actor", ACTORS)
def test_a_body_signs_the_contracts_that_name_it(
    client: FlaskClient, store: EmbeddedStore, actor: str
) -> None:
    signs = block(read(client, f"/doc/actor/{actor}"), "signe")

    linked = set(
        re.findall(r'<th role="rowheader" scope="row"><a href="/doc/(contract/[^"]*)"', signs)
    )
    expected = signed_contracts(store, actor)
    assert {f"{BASE}id/{each}" for each in linked} == expected
    if expected:
        assert f"au moins {len(expected)} contrat" in words(signs)
    else:
        assert "Aucune signature de contrat connue" in words(signs)


def test_a_body_is_shown_with_all_that_it_does(client: FlaskClient) -> None:
    page = read(client, "/doc/actor/ars-auvergne-rhone-alpes")

    assert "Fusion des agences régionales de santé" in words(block(page, "identite"))
    assert "copilote" in words(block(page, "porte"))
    assert "Évalue" in words(block(page, "roles"))
    assert "Projet régional de santé Auvergne-Rhône-Alpes 2018-2028" in words(block(page, "adopte"))


def test_who_supports_is_said_to_support(client: FlaskClient) -> None:
    french = words(block(read(client, "/doc/actor/ors-auvergne-rhone-alpes"), "roles"))
    english = words(block(read(client, "/en/doc/actor/ors-auvergne-rhone-alpes"), "roles"))

    assert "Soutient" in french
    assert "Supports" in english


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("actor", ACTORS[:3])
def test_the_table_of_the_network_says_what_is_drawn(
    client: FlaskClient, actor: str, prefix: str
) -> None:
    together = block(read(client, f"{prefix}/doc/actor/{actor}"), "avec")
    drawing, _, rest = together.partition("</svg>")
    table = rest.partition("</table>")[0]

    texts = re.findall(r"<text([^>]*)>(.*?)</text>", drawing)
    drawn = [" ".join(re.findall(r"<tspan[^>]*>(.*?)</tspan>", inner)) for _, inner in texts]
    boxes = [name for (kind, _), name in zip(texts, drawn, strict=True) if "t-this" in kind]
    bodies = drawn[len(boxes) :]
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', table, re.DOTALL)
    assert [written(name) for name, _ in rows] == [written(name) for name in bodies]
    assert drawing.count("<path") == sum(cell.count("<li>") for _, cell in rows)
    assert len({href for _, cell in rows for href in re.findall(r'href="([^"]*)"', cell)}) == len(
        boxes
    )
    assert len(drawn) <= 22
    assert "viewBox=" in drawing


def test_the_edges_of_the_network_are_signatures(client: FlaskClient, store: EmbeddedStore) -> None:
    together = block(read(client, "/doc/actor/ars-auvergne-rhone-alpes"), "avec")
    table = together.partition("</svg>")[2].partition("</table>")[0]

    for name, cell in re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', table, re.DOTALL):
        found = re.search(r"/doc/actor/([^\"]*)", name)
        assert found
        contracts = {f"{BASE}id/contract/{each}" for each in re.findall(r"contract/([\w-]*)", cell)}
        assert contracts <= signed_contracts(store, found[1])
        assert contracts <= signed_contracts(store, "ars-auvergne-rhone-alpes")


def test_the_years_of_a_contract_are_drawn_on_one_axis(client: FlaskClient) -> None:
    signs = block(read(client, "/doc/actor/ville-valence-26362"), "signe")

    bars = re.findall(r'<rect class="g-this" x="([\d.]+)%" width="([\d.]+)%"', signs)
    ends = re.findall(r'<span class="ends"><span>(\d+)</span><span>(\d+)</span>', signs)

    # 2012-2017, 2019-2023 and 2025-2027, each to its 31 December, of the years 2012 to 2027.
    assert ends == [("2012", "2027")]
    assert [(float(x), float(w)) for x, w in bars] == [(0.0, 37.5), (43.8, 31.2), (81.2, 18.8)]


def test_all_bodies_are_listed_with_each_number_proved(client: FlaskClient) -> None:
    page = read(client, "/actors")
    types = block(page, "types")

    assert page.count('<th scope="row"><a href="/doc/actor/') == 603
    assert sum(each.value for each in numbers(types) if each.of == "actor") == 603
    assert wrong(client, types) == []
    assert wrong(client, block(page, "msa")) == []


def test_the_list_of_bodies_speaks_english(client: FlaskClient) -> None:
    page = read(client, "/en/actors")

    assert "Regional health agency" in words(block(page, "types"))
    assert 'lang="fr">Ville de Valence' in page


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("kind", ["ars", "msa", "universite", "coordination"])
def test_each_number_of_a_type_is_that_of_its_query(
    client: FlaskClient, kind: str, prefix: str
) -> None:
    assert wrong(client, read(client, f"{prefix}/doc/actor-type/{kind}")) == []


def test_a_type_lists_its_bodies_and_regions(client: FlaskClient, store: EmbeddedStore) -> None:
    page = read(client, "/doc/actor-type/msa")
    kind = ox.NamedNode(f"{BASE}id/actor-type/msa")
    bodies = subjects(store, f"{EXTERNAL['org']}classification", kind)
    names = [body.rpartition("/")[2] for body in bodies]
    contracts = set().union(*(signed_contracts(store, name) for name in names))
    places = {
        quad.object
        for contract in contracts
        for quad in store.quads.quads_for_pattern(
            ox.NamedNode(contract), ox.NamedNode(f"{DEF}inRegion"), None
        )
    }

    assert f"au moins {len(names)} organismes" in words(block(page, "organismes"))
    assert f"au moins {len(contracts)} contrats" in words(block(page, "regions"))
    assert block(page, "regions").count('<th scope="row">') == len(places)
