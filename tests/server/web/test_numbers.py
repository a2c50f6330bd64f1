"""Each number on a page is what the query behind it gives, and what is not known is no zero."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest
from tests.server.web.browser.kinds import KINDS, LANGUAGES, PAGES
from tests.server.web.numbers import Answers, Page, read_page

from contrats.rooms import find_rooms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

CONTRACTS: Final = sorted(path.stem for path in (find_rooms().data / "contracts").glob("*.ttl"))
SAMPLE: Final = CONTRACTS[::12]
OF_A_KIND: Final = 1
"""Pages of one shape that the walk goes through, in each language, beside one of each kind."""
OF_AN_ADDRESS: Final = 60
"""Pages of one address, whatever its fields are: facets give hundreds of choices."""
OF_A_PAGE: Final = 4
"""Numbers of such a page that are asked for, from its first to its last."""
OF_A_LIST: Final = 60
"""The same of a page of each kind: only long lists have more."""
COUNTING: Final = {
    "home", "contract", "contract with disagreements", "preparatory act", "actor", "actor type",
    "theme", "population", "region", "departement", "commune", "plan", "source",
    "two generations compared", "three contracts compared", "all contracts compared", "contracts",
    "contracts by facets", "contracts on a map", "contracts in time", "map", "actors", "themes",
    "plans", "sources", "coverage", "words",
}  # fmt: skip
"""Kinds of pages that count something of the data."""


@pytest.fixture(scope="module")
def answers(app: Flask) -> Answers:
    return Answers(app.test_client())


def look(client: FlaskClient, path: str) -> Page | None:
    """Return the page at `path`, None where it is not one."""
    answer = client.get(path, headers={"Accept": "text/html"})
    if answer.status_code != 200 or not answer.content_type.startswith("text/html"):
        return None
    return read_page(answer.text)


@pytest.mark.parametrize("name", PAGES)
def test_each_number_is_what_the_query_behind_it_gives(
    client: FlaskClient, answers: Answers, name: str
) -> None:
    page = look(client, PAGES[name])

    assert page is None or answers.faults(page, OF_A_LIST) == []


@pytest.mark.parametrize("name", SAMPLE)
def test_the_numbers_of_a_contract_are_those_of_its_queries(
    client: FlaskClient, answers: Answers, name: str
) -> None:
    page = look(client, f"/doc/contract/{name}.html")

    assert page
    assert answers.faults(page) == []


@pytest.mark.parametrize("kind", sorted(COUNTING))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_counts_says_where_its_numbers_come_from(
    client: FlaskClient, kind: str, language: str
) -> None:
    page = look(client, f"{LANGUAGES[language]}{KINDS[kind]}")

    assert page
    assert page.numbers


def shape(path: str) -> str:
    """Return what pages made by the same template have in common."""
    parts = urlsplit(path)
    steps = re.sub(r"^(/en)?(/(?:doc|id)/[^/]+|/queries|/graph|/links)/.*", r"\1\2/…", parts.path)
    return f"{steps}?{'&'.join(sorted(set(re.findall(r'(?:^|&)([^=&]+)=', parts.query))))}"


def walk(client: FlaskClient, start: str) -> Iterator[tuple[str, Page]]:
    """Yield the pages that links lead to from `start`, a few of each shape."""
    seen, counts, waiting = {start}, Counter[str](), [start]
    for path in waiting:
        page = look(client, path)
        if page is None:
            continue
        yield path, page
        for link in page.links:
            found = link.partition("#")[0]
            kind, address = shape(found), shape(found).partition("?")[0]
            if PurePosixPath(address).suffix not in {"", ".html"} or found in seen:
                continue
            if counts[kind] < OF_A_KIND and counts[f"{address}?…"] < OF_AN_ADDRESS:
                seen.add(found)
                counts.update((kind, f"{address}?…"))
                waiting.append(found)


def test_no_number_on_the_way_through_the_site_is_another_than_its_query_gives(
    client: FlaskClient, answers: Answers
) -> None:
    """English pages have the same queries behind them; one of each kind is read above."""
    pages = dict(walk(client, "/"))

    numbers = sum(len(page.numbers) for page in pages.values())
    faults = {
        path: found for path, page in pages.items() if (found := answers.faults(page, OF_A_PAGE))
    }
    assert faults == {}
    assert len(pages) > 100
    assert numbers > 300


@pytest.mark.parametrize("name", PAGES)
def test_what_is_not_known_is_not_shown_as_zero(client: FlaskClient, name: str) -> None:
    """A zero is shown only where a query gives it."""
    answer = client.get(PAGES[name], headers={"Accept": "text/html"})
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))

    assert not re.search(r"(?:au moins|at least) 0\b", text)
    assert [cell for cell in read_page(answer.text).bare if cell in {"0", "–", "—", "-", ""}] == []
