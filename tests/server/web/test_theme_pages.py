"""Themes and populations: the cross tables and the pages, recounted from the files of contracts."""

from __future__ import annotations

import csv
import html
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests.server.web.shown_numbers import block, numbers, read, words, wrong

from contrats.rooms import find_rooms
from contrats.vocabulary import BASE, DEF

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from contrats.store import EmbeddedStore

MENTAL = ("theme_ids", "sante-mentale")


def signed() -> set[str]:
    """Return the names of the contracts whose file says that they are signed."""
    files = (find_rooms().data / "contracts").glob("*.ttl")
    return {path.stem for path in files if "cls:stage stage:signed" in path.read_text("utf-8")}


def classified(column: str, subject: str) -> set[str]:
    """Return the signed contracts of which the editors classify a priority under `subject`."""
    with (find_rooms().data / "classification.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if subject in row[column].split("|")]
    return {
        f"{BASE}id/contract/{row['contract_id']}" for row in rows if row["contract_id"] in signed()
    }


def places(store: EmbeddedStore, name: str, contract: str) -> set[str]:
    found = store.quads.quads_for_pattern(
        ox.NamedNode(contract), ox.NamedNode(f"{DEF}{name}"), None
    )
    return {str(quad.object.value) for quad in found if not isinstance(quad.object, ox.Triple)}


def row_of(table: str, kind: str, name: str) -> list[int | None]:
    """Return the cells of the row of that subject, None where no contract is known."""
    found = re.search(
        rf'<tr><th scope="row"><a href="/doc/{kind}/{name}".*?</tr>', table, re.DOTALL
    )
    assert found, name
    cells = re.findall(r"<td.*?</td>", found[0], re.DOTALL)
    return [each[0].value if (each := numbers(cell)) else None for cell in cells]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("theme", "sante-mentale"),
        ("theme", "vaccination"),
        ("theme", "sante-sexuelle"),
        ("population", "jeunes"),
    ],
)
def test_a_row_of_the_cross_tables_is_what_the_files_say(
    client: FlaskClient, store: EmbeddedStore, kind: str, name: str
) -> None:
    page = read(client, f"/{kind}s")
    contracts = classified(f"{kind}_ids", name)
    regions = {each: places(store, "inRegion", each) for each in contracts}
    starts = {each: places(store, "earliestStart", each) for each in contracts}

    by_region = row_of(block(page, "regions"), kind, name)
    by_year = row_of(block(page, "annees"), kind, name)

    assert (by_region[0] or 0) == (by_year[0] or 0) == len(contracts)
    assert sum(filter(None, by_region[1:])) == sum(len(regions[each]) for each in contracts)
    assert sum(filter(None, by_year[1:])) == sum(bool(starts[each]) for each in contracts)
    assert 0 not in by_region + by_year


@pytest.mark.parametrize("path", ["/themes", "/populations"])
def test_no_cell_of_the_cross_tables_is_empty_or_zero(client: FlaskClient, path: str) -> None:
    page = read(client, path)

    cells = re.findall(r'<td class="num">(.*?)</td>', page, re.DOTALL)
    assert len(cells) > 400
    assert [c for c in cells if not numbers(c) and "aucun connu" not in c] == []


@pytest.mark.parametrize("path", ["/themes", "/populations"])
def test_numbers_of_the_cross_tables_are_those_of_their_queries(
    client: FlaskClient, path: str
) -> None:
    page = read(client, path)
    first = block(page, "regions").partition("<tbody>")[2].split("</tr>")
    years = block(page, "annees").partition("<tbody>")[2].split("</tr>")

    shown = "".join([*first[:4], *years[:4], first[12], years[12]])
    assert len(numbers(shown)) > 60
    assert wrong(client, shown) == []


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "subject",
    [
        "theme/sante-mentale",
        "theme/vieillissement",
        "theme/evaluation",
        "theme/sante-sexuelle",
        "population/jeunes",
        "population/habitants-qpv",
        "population/souffrance-psychique",
    ],
)
def test_each_number_of_a_subject_is_that_of_its_query(
    client: FlaskClient, subject: str, prefix: str
) -> None:
    assert wrong(client, read(client, f"{prefix}/doc/{subject}")) == []


def test_a_theme_lists_its_contracts_by_region_in_their_own_words(
    client: FlaskClient,
) -> None:
    listed = block(read(client, "/doc/theme/sante-mentale"), "contrats")
    own = listed.partition("Dans des actes préparatoires")[0]

    contracts = classified(*MENTAL)
    linked = set(
        re.findall(r'<th role="rowheader" scope="row"><a href="/doc/(contract/[^"]*)"', own)
    )
    assert {f"{BASE}id/{each}" for each in linked} == contracts
    assert f"au moins {len(contracts)} contrats" in words(listed)
    assert "Bien-être psychique" in words(own)


def test_the_contracts_of_a_theme_in_a_departement_are_named(
    client: FlaskClient, store: EmbeddedStore
) -> None:
    table = block(read(client, "/doc/territory/departement-26"), "themes")
    row = table.partition('href="/doc/theme/sante-mentale"')[2].partition("</tr>")[0]

    drome = f"{BASE}id/territory/departement-26"
    mental = classified(*MENTAL)
    expected = {each for each in mental if drome in places(store, "inDepartement", each)}
    linked = set(re.findall(r'href="/doc/(contract/[^"]*)"', row))
    assert {f"{BASE}id/{each}" for each in linked} == expected
    assert numbers(row)[0].value == len(expected) == 3


def test_a_subject_is_mapped_to_other_vocabularies(client: FlaskClient) -> None:
    french = block(read(client, "/doc/theme/sante-mentale"), "definition")
    english = words(read(client, "/en/doc/theme/sante-mentale"))

    assert "http://eurovoc.europa.eu/5878" in french
    assert "http://id.nlm.nih.gov/mesh/D008603" in french
    assert "In other vocabularies" in english


def test_a_subject_leads_to_the_items_of_plans_it_is_aligned_to(client: FlaskClient) -> None:
    population = block(read(client, "/doc/population/personnes-agees"), "plans")
    theme = block(read(client, "/doc/theme/sante-mentale"), "plans")

    assert "/doc/plan/pop-1" in population
    assert "/doc/plan/pop-4" in theme
    assert "confiance" in words(theme)


def test_a_number_leads_to_the_contracts_that_it_counts(client: FlaskClient) -> None:
    page = block(read(client, "/themes"), "regions")

    assert 'href="/contracts?theme=vaccination&amp;region=84&amp;stage=signed"><data' in page


def test_a_number_leads_to_a_list_of_as_many_contracts(client: FlaskClient) -> None:
    page = block(read(client, "/themes"), "regions")
    found = re.findall(r'href="(/contracts\?[^"]*)"><data class="counted" value="(\d+)"', page)

    assert len(found) > 100
    for link, number in found[::20]:
        listed = read(client, html.unescape(link))
        assert f'<b><data class="counted" value="{number}"' in listed, link
