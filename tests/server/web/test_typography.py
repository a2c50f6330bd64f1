"""French typography touches the text of a page, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from contrats.web.dates import as_year, in_words, span
from contrats.web.typography import set_french

N, B = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Qui a signé ?</p>", f"<p>Qui a signé{N}?</p>"),
        ("<p>Priorités : 12</p>", f"<p>Priorités{B}: 12</p>"),
        ("<p>« Santé »</p>", f"<p>«{B}Santé{B}»</p>"),
        ("<p>96 % tenus ; vrai !</p>", f"<p>96{N}% tenus{N}; vrai{N}!</p>"),
        ("<p>l&#39;offre d'un soin</p>", "<p>l’offre d’un soin</p>"),
        ("<p>le 4 avril 2019</p>", f"<p>le 4{B}avril 2019</p>"),
        ("<p>1er janvier</p>", f"<p>1<sup>er</sup>{B}janvier</p>"),
        ("<p>2e contrat</p>", "<p>2<sup>e</sup> contrat</p>"),
        ("<p>2019-2023</p>", '<p><span class="nowrap">2019-2023</span></p>'),
        ("<p>16-25 ans</p>", '<p><span class="nowrap">16-25</span> ans</p>'),
    ],
)
def test_text_is_set_in_french(text: str, expected: str) -> None:
    assert set_french(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<pre>ASK { ?s : 'x' ; 2019-2023 }</pre>",
        "<code>l'a : b</code>",
        '<a href="/x?a=b : c&amp;d=l\'e">x</a>',
        '<p lang="en">Who signed it? It\'s 2019-2023</p>',
        "<textarea>SELECT ?x : 2012-2017</textarea>",
        "<p>2019-04-04</p>",
        "<p>https://w3id.org/x</p>",
        "<p>a&amp; b &lt; c</p>",
    ],
)
def test_what_is_no_french_text_is_left_alone(text: str) -> None:
    assert set_french(text) == text


def test_no_element_is_put_where_only_text_may_stand() -> None:
    page = "<svg><title>Frise 2012-2017 : 1er</title><text>2012-2017</text></svg>"

    assert set_french(page) == page.replace(" :", f"{B}:")


@given(st.text(max_size=80))
def test_setting_twice_is_setting_once(text: str) -> None:
    once = set_french(f"<pre>x</pre><svg><text>{escape(text)}</text></svg>")

    assert set_french(once) == once


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_becomes_markup(first: str, second: str) -> None:
    page = set_french(f'<p title="{escape(first)}">{escape(second)}</p>')

    assert page.count("<p ") == page.count("</p>") == 1
    assert f'title="{escape(first)}"' in page


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2019-04-04", "4 avril 2019"),
        ("2016-01-01", "1er janvier 2016"),
        ("2018-06", "juin 2018"),
        ("1921", "1921"),
        ("printemps", "printemps"),
        ("2019-13-01", "2019-13-01"),
    ],
)
def test_a_date_is_as_precise_as_it_is_stated(date: str, expected: str) -> None:
    assert in_words(date) == expected


def test_an_end_year_runs_to_its_last_day() -> None:
    assert as_year("2023", end=True) == 2024
    assert as_year("2023") == 2023


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2019", "2023", "2019-2023"),
        ("2019", None, "depuis 2019"),
        (None, "2023", "jusqu’à 2023"),
        (None, None, None),
        ("2019-04-04", "2023", "du 4 avril 2019 au 2023"),
    ],
)
def test_a_period_says_what_is_known_of_it(
    start: str | None, end: str | None, expected: str | None
) -> None:
    assert span(start, end) == expected
