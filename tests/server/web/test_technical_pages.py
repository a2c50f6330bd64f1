"""The technical pages: in both languages, and each number on them that of the query behind it."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import TYPE_CHECKING

import pytest
from tests.server.web.test_pages import Outline, read, words

if TYPE_CHECKING:
    from flask.testing import FlaskClient

UNTRANSLATED = ("/.well-known/void", "/ldes")
"""Data, which is the same in each language."""
PATHS = [
    "/queries",
    "/queries/signatories",
    "/queries/themes-covered?contract=",
    "/search?q=vaccin",
    "/search?q=vacination",
    "/search",
    "/sparql",
    "/sparql?query=SELECT*{?s%20?p%20?o}LIMIT%205",
    "/sparql?query=ASK{}",
    "/catalog.html",
    "/limits",
    "/def",
    "/shape",
    "/graph/laws",
    "/graph/report",
    "/coverage",
    "/sources",
    "/links?to=territory/region-84&by=igeo:subdivisionDe&page=2",
    "/doc/source/seed-valence-2012",
    "/doc/source/decoupage-administratif-6-0-0",
]
NUMBERS = [
    "/coverage",
    "/sources?kind=press-article",
    "/sources?publisher=-&kind=-",
    "/graph/laws",
    "/links?to=territory/region-84&by=igeo:subdivisionDe&page=2",
    "/doc/source/seed-valence-2012",
    "/doc/source/decoupage-administratif-6-0-0",
    "/doc/territory/region-84",
]
_WALKED = 25
"""Numbers of one page that are asked for, evenly spread."""
FRENCH = re.compile(
    r"\b(?:le|les|des|une|du|sur|est|sont|dans|avec|pour|aux|qui|cette|ces|aucun|toutes?|voir)\b"
)
DATA = re.compile(
    r"<(head|script|code|pre|cite|textarea|select|h1|footer)\b.*?</\1>"
    r'|<(\w+)(?=[^>]*\b(?:lang="fr"|aria-current="page"|class="cite"))[^>]*>.*?</\2>',
    re.DOTALL,
)
"""Elements whose text is data: its language is its own."""


def counted(page: str) -> list[tuple[int, str, str]]:
    """Return each number of `page`, the address of its rows, and how it is counted from them."""
    data = (a for tag, a in Outline(page).attributes if tag == "data")
    return [(int(str(a["value"])), str(a["data-csv"]), str(a["data-of"])) for a in data]


def count(rows: list[dict[str, str]], of: str) -> int:
    """Return what the number must be."""
    if of.startswith("="):
        return int(rows[0][of[1:]])
    return len({row[of] for row in rows if row[of]}) if of else len(rows)


@pytest.mark.parametrize("root", ["", "/en"])
@pytest.mark.parametrize("path", NUMBERS)
def test_each_number_is_that_of_the_query_behind_it(
    client: FlaskClient, path: str, root: str
) -> None:
    found = list(dict.fromkeys(counted(read(client, f"{root}{path}"))))
    assert found

    for number, address, of in found[:: max(1, len(found) // _WALKED)]:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert number == count(rows, of), (address, of)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_below_en_says_nothing_of_its_own_in_french(client: FlaskClient, path: str) -> None:
    page = read(client, f"/en{path}")

    own = DATA.sub("", page)

    said = [text.strip() for text in re.findall(r">([^<]+)<", own)]
    said = [text for text in said if not text.startswith("http")]  # an address is no words
    assert [text for text in said if FRENCH.search(html.unescape(text))] == []
    assert '<html lang="en">' in page


@pytest.mark.parametrize("path", PATHS)
def test_links_of_a_page_below_en_stay_in_english(client: FlaskClient, path: str) -> None:
    outline = Outline(read(client, f"/en{path}"))
    links = [(a, str(a.get("href"))) for tag, a in outline.attributes if tag == "a"]
    forms = (".csv", ".ttl", ".rq", ".json", ".jsonld", ".rdf", ".nt", ".trig", ".tsv", ".xml")

    astray = [
        href
        for a, href in links
        if href.startswith("/")
        and not href.startswith("/en")
        and a.get("hreflang") is None
        and "/dump/" not in href
        and "as=" not in href
        and href not in UNTRANSLATED
        and not href.partition("?")[0].endswith((*forms, ".nq", ".srx", ".srj", ".xlsx"))
    ]
    assert astray == []


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/nowhere", 404, "Not found"),
        ("/doc/contract/nobody", 404, "Nothing is said of"),
        ("/queries/zzz", 404, "No saved query of that name"),
        ("/queries/signatories?contract=zzz", 400, "which is not allowed"),
        ("/sparql?query=SELECT", 400, "Bad request"),
        ("/sources?kind=zzz", 400, "is no choice of"),
    ],
)
def test_an_error_below_en_is_told_in_english_first(
    client: FlaskClient, path: str, status: int, said: str
) -> None:
    answer = client.get(f"/en{path}", headers={"Accept": "text/html"})
    page = answer.text

    assert answer.status_code == status
    assert said in words(page)
    assert page.index("<h1>") < page.index('<p class="small muted" lang="fr">')


def test_a_saved_question_has_its_english_words_headings_and_choices(client: FlaskClient) -> None:
    page = read(client, "/en/queries/signatories")
    shown = words(page)

    assert "Who signed the contract?" in shown
    assert "What this result does not say" in shown
    assert "Recognised by" in shown
    assert "the name identifies it" in shown
    assert "le nom suffit" not in shown
    assert "No choice: all answers" in shown


def test_the_same_answer_is_cited_in_either_language(client: FlaskClient) -> None:
    french = client.get("/queries/signatories/cite.bib?contract=valence-2019").text
    english = client.get("/en/queries/signatories/cite.bib?contract=valence-2019").text

    assert "Qui a signé le contrat" in french
    assert "Who signed the contract" in english
    assert re.findall(r"url .*", french) == re.findall(r"url .*", english)
