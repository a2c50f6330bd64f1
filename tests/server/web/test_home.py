"""The home page: three questions, a map, figures with their floor, and what is not known."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return answer.text


def test_three_questions_lead_to_their_answers(client: FlaskClient) -> None:
    page = read(client, "/")

    paths = [
        html.unescape(path)
        for path in re.findall(r'<li><a href="([^"]+)">', page.partition('class="asked"')[2])
    ][:3]

    assert paths == [
        "/compare?c=valence-2012&c=valence-2019",
        "/contracts?departement=26&theme=sante-mentale",
        "/doc/plan/prs-ara-2018#sans-contrat",
    ]
    answer = read(client, paths[1])
    assert "Romans-sur-Isère" in answer
    assert 'href="/doc/priority/valence-2019-' in answer
    assert "prs-ara-2018" in read(client, paths[2].partition("#")[0])


@pytest.mark.parametrize(("path", "words"), [("/", "au moins"), ("/en/", "at least")])
def test_each_figure_has_its_floor_and_its_query(
    client: FlaskClient, path: str, words: str
) -> None:
    figures = read(client, path).partition('<ul class="figs">')[2].partition("</ul>")[0]
    items = figures.split("<li>")[1:]

    assert len(items) == 4
    assert sum(f'<span class="floor">{words}</span>' in item for item in items) == 3
    assert all('<a class="counted" href="' in item for item in items)


def test_the_three_kinds_of_reader_have_a_way_in(client: FlaskClient) -> None:
    page = read(client, "/")

    cards = re.findall(r'<section class="card" aria-labelledby="u\d"><h3[^>]*>([^<]+)', page)
    assert len(cards) == 3
    assert "/contracts?inforce=" in page


def test_what_is_not_known_leads_to_the_contracts_of_which_it_is_not(client: FlaskClient) -> None:
    page = read(client, "/")
    rows = re.findall(
        r'<a class="counted" href="(/contracts\?\w+=unstated)"><data [^>]*>(\d+)<', page
    )

    assert len(rows) == 6
    for path, count in rows:
        assert f'value="{count}"' in read(client, path).partition('class="chips"')[2]


def test_the_home_page_weighs_little(client: FlaskClient) -> None:
    assert len(read(client, "/").encode()) < 90_000
