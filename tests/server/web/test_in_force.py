"""`?at=` of the list of contracts: who was in force, who is left out, and dates that are none."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from datetime import date

    from flask.testing import FlaskClient

HTML = {"Accept": "text/html"}


def rows(client: FlaskClient, path: str) -> dict[str, dict[str, str]]:
    """Return the rows of a CSV by contract."""
    found = csv.DictReader(io.StringIO(client.get(path).text))
    return {row["contract"]: row for row in found}


def bounds(stated: str, *, last: bool) -> str:
    """Return the first or last day that a date as precise as its source may mean."""
    if len(stated) == 10:
        return stated
    return stated + {4: "-12-31" if last else "-01-01", 7: "-31" if last else "-01"}[len(stated)]


@pytest.mark.parametrize("at", ["2019-05-01", "2024-01-01", "2012-12-31", "2015-06", "2019"])
def test_those_surely_in_force_are_listed_as_their_dates_say(client: FlaskClient, at: str) -> None:
    first, last = bounds(at, last=False), bounds(at, last=True)
    expected = {
        contract
        for contract, row in rows(client, "/contracts.csv?stage=signed").items()
        if row["start"] and row["end"]
        if bounds(row["start"], last=True) <= last or row["start"][: len(at)] == at
        if first <= bounds(row["end"], last=False) or row["end"][: len(at)] == at
    }

    found = rows(client, f"/contracts.csv?at={at}")

    assert len(expected) > 3
    assert set(found) == expected


def test_a_date_goes_together_with_the_other_facets(client: FlaskClient) -> None:
    every, some = (
        rows(client, "/contracts.csv?at=2019"),
        rows(client, "/contracts.csv?at=2019&region=84"),
    )

    assert set(some) == set(every) & set(rows(client, "/contracts.csv?region=84"))
    assert 0 < len(some) < len(every)


def test_the_page_says_the_date_and_how_many_are_left_out(client: FlaskClient) -> None:
    page = client.get("/contracts?at=2019-05-01&region=84", headers=HTML).text
    said = re.sub(r"<[^>]+>", "", page).replace("\N{NO-BREAK SPACE}", " ")
    signed = rows(client, "/contracts.csv?stage=signed&region=84").values()
    undated = [row for row in signed if not (row["start"] and row["end"])]

    assert "En vigueur le 1er mai 2019" in said
    assert len(undated) > 1
    assert f'value="{len(undated)}"' in page
    assert "laissés de côté" in said
    assert "inforce=2019-05-01" in page


@pytest.mark.parametrize(("path", "words"), [
    ("/contracts?at=2019-05", "un jour au moins en mai 2019"),
    ("/contracts?at=2019", "un jour au moins de l’année 2019"),
    ("/en/contracts?at=2019-05-01", "In force on 1 May 2019"),
    ("/contracts?at=2028", "celle des données"),
])  # fmt: skip
def test_the_page_says_what_a_date_means(client: FlaskClient, path: str, words: str) -> None:
    page = client.get(path, headers=HTML).text

    assert words in re.sub(r"<[^>]+>", "", page).replace("\N{NO-BREAK SPACE}", " ")


WRONG = (
    "at=", "at=hier", "at=2019-02-30", "at=2019-13", "at=20190501", "at=0000",
    "at=%D9%A2%D9%A0%D9%A1%D9%A9",
    "at=2019-05-01T00:00:00Z", "at=2019&at=2020", "at=2019&inforce=2020", "at=" + "9" * 4_000,
    "at=%3Cscript%3E", "at=%00", "at=%FF", "at=-2019", "at=2019-5-1",
)  # fmt: skip


@pytest.mark.parametrize("asked", WRONG)
@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("/contracts", "text/html", "text/html; charset=utf-8"),
        ("/contracts.json", "text/turtle", "text/turtle; charset=utf-8"),
        ("/contracts.csv", "*/*", "application/problem+json"),
        ("/en/contracts.csv", "text/plain", "text/plain; charset=utf-8"),
    ],
)
def test_what_is_no_date_is_400_with_the_reason_in_the_asked_form(
    client: FlaskClient, asked: str, path: str, accept: str, kind: str
) -> None:
    answer = client.get(f"{path}?{asked}", headers={"Accept": accept})

    assert answer.status_code == 400
    assert answer.content_type == kind
    assert "at=2019-05-01" in answer.text
    assert "<script>" not in answer.text or not kind.startswith("text/html")
    assert len(answer.text) < 9_000


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(day=st.dates())
def test_who_is_in_force_on_a_day_is_so_in_its_month_and_its_year(
    client: FlaskClient, day: date
) -> None:
    text = day.isoformat()

    on, month, year = (
        set(rows(client, f"/contracts.csv?at={text[:length]}")) for length in (10, 7, 4)
    )

    assert on <= month <= year
