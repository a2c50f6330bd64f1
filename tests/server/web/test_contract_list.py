"""The list of contracts: what facets choose, in three views, and what stands behind its numbers."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from tests.server.web.counted import given_by, numbers

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from contrats.store import EmbeddedStore

ROW = '<th role="rowheader" scope="row">'


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return answer.text


def count_of(page: str) -> int:
    """Return how many contracts the page says that it lists."""
    found = re.search(r'<ul class="chips"><li><b><data [^>]*>(\d+)</data></b>', page)
    assert found
    return int(found[1])


def boxes(page: str, field: str) -> dict[str, int]:
    """Return how many contracts each box of a facet announces."""
    found = re.findall(
        rf'name="{field}" value="([^"]+)"(?: checked)?>.*?<data [^>]*>(\d+)</data>', page
    )
    return {value: int(count) for value, count in found}


@pytest.mark.parametrize(
    "query",
    [
        "region=53",
        "region=53&region=28",
        "region=84&stage=signed&theme=sante-mentale",
        "departement=26",
        "kind=commune&signatory=ars&signatory=msa",
        "population=jeunes&inforce=2025",
        "inforce=2024-06-30",
        "start=2019&plan=refers&plan=implements",
        "evaluation=known",
        "theme=unstated&region=11",
    ],
)
def test_the_list_holds_what_its_query_answers(
    client: FlaskClient, store: EmbeddedStore, query: str
) -> None:
    page = read(client, f"/contracts?{query}")
    written = re.search(r'<ul class="formats".*?href="(/sparql\?[^"]*)">Voir la requête', page)
    assert written
    text = parse_qs(urlsplit(html.unescape(written[1])).query)["query"][0]

    answer = store.answer(text)

    assert isinstance(answer, ox.QuerySolutions)
    paths = {row["contract"].value.rpartition("/")[2] for row in answer}
    listed = set(re.findall(r'href="/doc/contract/([^"]+)"', page.partition('id="liste"')[2]))
    assert paths
    assert listed == paths
    assert count_of(page) == page.count(ROW) == len(paths)


@pytest.mark.parametrize(
    "path",
    [
        "/contracts?departement=26",
        "/contracts?departement=26&inforce=2024-06-30&inforce=2013",
        "/contracts?theme=sante-mentale&region=84&stage=signed",
        "/contracts?theme=sante-mentale&view=map",
        "/en/contracts?population=jeunes&view=timeline",
    ],
)
def test_every_number_of_the_list_is_the_one_behind_it(client: FlaskClient, path: str) -> None:
    found = list(numbers(read(client, path)))

    assert len(found) > 60
    assert [(n, p, of) for n, p, of in found[::3] if n != given_by(client, p, of)] == []


def test_a_box_announces_how_many_the_list_then_holds(client: FlaskClient) -> None:
    page = read(client, "/contracts?region=84&stage=signed")

    for field in ("region", "departement", "theme", "signatory", "stage"):
        value, count = list(boxes(page, field).items())[1 if field == "region" else 0]
        others = "stage=signed" if field == "region" else "region=84&stage=signed"
        others = "region=84" if field == "stage" else others
        assert count_of(read(client, f"/contracts?{others}&{field}={value}")) == count, field


def test_a_value_that_is_chosen_does_not_take_the_others_of_its_facet_away(
    client: FlaskClient,
) -> None:
    regions = boxes(read(client, "/contracts?region=84"), "region")

    assert len(regions) == 19
    assert regions["84"] == 54


def test_a_chip_takes_its_filter_away_and_keeps_the_rest(client: FlaskClient) -> None:
    page = read(client, "/contracts?region=84&theme=sante-mentale&view=timeline&sort=start")
    chips = dict(
        re.findall(r'<li><a href="([^"]*)"><span>(.*?)</span></span>', page.partition("chips")[2])
    )

    without = {html.unescape(path) for path in chips}

    assert without == {
        "/contracts?theme=sante-mentale&view=timeline&sort=start",
        "/contracts?region=84&view=timeline&sort=start",
    }


def test_the_form_keeps_the_view_and_the_boxes_that_are_on(client: FlaskClient) -> None:
    page = read(client, "/contracts?region=84&view=map")

    assert '<input type="hidden" name="view" value="map">' in page
    assert re.search(r'name="region" value="84" checked', page)
    assert len(re.findall(r" checked>", page)) == 1


def test_a_day_is_kept_in_its_field(client: FlaskClient) -> None:
    page = read(client, "/contracts?inforce=2024-06-30")

    assert 'type="date" id="day" name="inforce" value="2024-06-30"' in page
    assert 0 < count_of(page) < count_of(read(client, "/contracts?inforce=2024"))


def test_the_three_views_show_the_same_contracts(client: FlaskClient) -> None:
    query = "region=84&theme=sante-mentale"
    table, timeline, drawn = (
        read(client, f"/contracts?{query}{view}") for view in ("", "&view=timeline", "&view=map")
    )

    def contracts(page: str) -> set[str]:
        return set(re.findall(r'name="c" value="([^"]+)"', page))

    assert contracts(table) == contracts(timeline) != set()
    assert count_of(drawn) == count_of(table) == len(contracts(table))
    assert 'class="map"' in drawn
    assert sum(boxes(drawn, "departement").values()) >= count_of(drawn)


def test_the_timeline_puts_the_contracts_of_a_territory_on_one_line(client: FlaskClient) -> None:
    page = read(client, "/contracts?departement=26&view=timeline")
    lines = re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', page)
    valence = next(each for each in lines if "<span>Valence</span>" in each)

    assert valence.count('<rect class="g-this"') >= 2
    assert valence.count('name="c"') >= 3


@pytest.mark.parametrize("sort", ["start", "signature", "signatories"])
def test_the_list_is_sorted_and_what_is_not_stated_comes_last(
    client: FlaskClient, sort: str
) -> None:
    page = read(client, f"/contracts?region=84&sort={sort}")
    slugs = re.findall(r'name="c" value="([^"]+)"', page)
    answer = client.get("/contracts.csv?region=84").text
    rows = {row["contract"].rpartition("/")[2]: row for row in csv.DictReader(io.StringIO(answer))}
    column = {"start": "start", "signature": "signature", "signatories": "signatories"}[sort]
    values = [rows[slug][column] for slug in slugs]
    stated = [value for value in values if value]

    assert len(slugs) == 54
    assert values[: len(stated)] == stated
    if sort == "signatories":
        assert stated == sorted(stated, key=int, reverse=True)
    else:
        assert stated == sorted(stated)


def test_contracts_are_ticked_to_be_compared_or_all_of_the_selection(client: FlaskClient) -> None:
    page = read(client, "/contracts?departement=26&theme=sante-mentale")
    form = page.partition('<form action="/compare" method="get">')[2].partition("</form>")[0]

    assert form.count('type="checkbox" name="c"') == count_of(page) > 1
    assert 'href="/compare?departement=26&amp;theme=sante-mentale"' in form


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("region=zz", "84"),
        ("theme=cuisine", "sante-mentale"),
        ("inforce=2024-13", "2024"),
        ("stage=signé", "preparatory"),
        ("view=cube", "timeline"),
        ("sort=x", "signatories"),
    ],
)
def test_what_is_no_value_is_refused_with_those_that_are(
    client: FlaskClient, query: str, listed: str
) -> None:
    answer = client.get(f"/contracts?{query}", headers={"Accept": "text/html"})

    assert answer.status_code == 400
    assert listed in answer.text


@pytest.mark.parametrize("query", ["theme=sante-bucco-dentaire", "region=84&departement=75"])
def test_a_choice_that_no_contract_passes_is_said_in_words(client: FlaskClient, query: str) -> None:
    page = read(client, f"/contracts?{query}")

    assert count_of(page) == 0
    assert "Aucun contrat décrit ici ne passe ces filtres" in page
    assert ", ôter ce filtre" in page


def test_the_rows_behind_a_contract_are_its_own(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/contracts.csv?c=valence-2019").text)))

    assert [row["contract"].rpartition("/")[2] for row in rows] == ["valence-2019"]
    assert rows[0]["signatories"] == "10"
    assert client.get("/contracts.csv?c=nowhere").status_code == 400
    assert client.get("/contracts.csv?region=zz").status_code == 400


def test_the_file_of_a_selection_has_a_row_a_contract(client: FlaskClient) -> None:
    every = list(csv.DictReader(io.StringIO(client.get("/contracts.csv").text)))

    assert len(every) == len({row["contract"] for row in every}) == 241
    assert given_by(client, "/contracts.csv?region=84&stage=signed", "contract") == 52


def test_what_no_source_says_of_a_contract_is_a_choice(client: FlaskClient) -> None:
    page = read(client, "/contracts?region=84")
    unstated = boxes(page, "signatory")["unstated"]

    assert count_of(read(client, "/contracts?region=84&signatory=unstated")) == unstated > 0
    assert "non précisé" in page


def test_a_theme_that_is_chosen_shows_the_priorities_that_have_it(client: FlaskClient) -> None:
    page = read(client, "/contracts?departement=26&theme=sante-mentale")
    rows = re.findall(r'<tr role="row"><td.*?</tr>', page.partition('id="liste"')[2], re.DOTALL)

    assert len(rows) == count_of(page)
    assert all('class="plain small matches"' in row for row in rows)
    assert all("classement éditorial" in row for row in rows)
    assert "matches" not in read(client, "/contracts?departement=26")


def test_the_list_speaks_english_and_keeps_the_names_of_places_in_french(
    client: FlaskClient,
) -> None:
    page = read(client, "/en/contracts?departement=26&theme=sante-mentale")

    assert "Remove all" in page
    assert "contracts or acts of" in page
    assert 'href="/en/doc/contract/valence-2019" lang="fr"' in page
    assert re.search(r'value="sante-mentale" checked><span>Mental health', page)
    assert 'data-csv="/contracts.csv?' in page
    assert 'data-csv="/en/' not in page


def test_markup_in_an_address_is_text(client: FlaskClient) -> None:
    answer = client.get(
        "/contracts?region=%3Cscript%3Ealert(1)%3C/script%3E", headers={"Accept": "text/html"}
    )

    assert answer.status_code == 400
    assert "<script>alert" not in answer.text
