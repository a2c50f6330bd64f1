"""Three readers on their way from the home page to an answer, who know no word of RDF."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from tests.server.web.browser.driving import (
    Window,
    click,
    console,
    every,
    follow,
    one,
    seen,
    send,
    show,
)

from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from selenium import webdriver
    from selenium.webdriver.remote.webelement import WebElement

DESK: Final = Window(1280)
PROLOGUE: Final = "".join(
    f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n"
    for prefix in ("cls", "dcterms", "org", "owl", "skos")
)
THINGS: Final = f"{PREFIXES['cls'].removesuffix('def#')}id/"
GONE: Final = f"""{PROLOGUE}SELECT DISTINCT ?answer WHERE {{
    <{THINGS}contract/valence-2012> cls:hasSignatory ?body .
    ?body skos:prefLabel ?answer .
    FILTER (LANG(?answer) = "fr")
    FILTER NOT EXISTS {{ <{THINGS}contract/valence-2019> cls:hasSignatory ?body }}
    FILTER NOT EXISTS {{
        ?event org:originalOrganization ?body ; org:resultingOrganization ?next .
        <{THINGS}contract/valence-2019> cls:hasSignatory ?next .
    }}
}}"""
STAYED: Final = f"""{PROLOGUE}SELECT DISTINCT ?answer WHERE {{
    <{THINGS}contract/valence-2012> cls:hasSignatory ?body .
    <{THINGS}contract/valence-2019> cls:hasSignatory ?body .
    ?body skos:prefLabel ?answer .
    FILTER (LANG(?answer) = "fr")
}}"""
DROME: Final = f"""{PROLOGUE}SELECT DISTINCT ?answer WHERE {{
    ?answer a cls:LocalHealthContract ;
        cls:inDepartement <{THINGS}territory/departement-26> ;
        cls:hasPriority ?priority .
    ?priority cls:hasTheme ?theme .
    ?theme skos:broader* <{THINGS}theme/sante-mentale> .
}}"""
UNANSWERED: Final = f"""{PROLOGUE}SELECT DISTINCT ?answer WHERE {{
    ?answer a cls:PlanItem ; skos:prefLabel ?title ; dcterms:isPartOf+ <{THINGS}plan/prs-ara-2018> .
    FILTER NOT EXISTS {{
        ?alignment a cls:Alignment ; owl:annotatedTarget ?answer ; owl:annotatedSource ?thing .
        ?contract cls:hasPriority|cls:hasKeyElement|cls:hasPrinciple ?thing .
        FILTER NOT EXISTS {{ ?alignment cls:anachronistic true }}
    }}
}}"""


@dataclass(slots=True)
class Reader:
    """A person before a window, whose clicks and keys that send a form are counted."""

    browser: webdriver.Chrome
    steps: int = 0

    def link(self, text: str, within: str = "body") -> Reader:
        """Follow the first link that is shown and says `text`."""
        links = every(self.browser, f"{within} a[href]")
        follow(self.browser, next(each for each in links if text in seen(self.browser, each)))
        self.steps += 1
        return self

    def choose(self, facet: str, value: str) -> Reader:
        """Tick `value` under `facet`, its folds opened where they are closed."""
        groups = every(self.browser, "form.facets details.facet")
        group = next(each for each in groups if self._says(one(each, "summary"), facet))
        self._open(group)
        for fold in every(group, "details.fold"):
            if not self._says(group, value):
                self._open(fold)
        return self.click(next(e for e in every(group, "label") if self._says(e, value)))

    def apply(self) -> Reader:
        """Have the list keep to what was ticked."""
        follow(self.browser, one(self.browser, "form.facets button"))
        self.steps += 1
        return self

    def search(self, words: str) -> Reader:
        """Type `words` where the page says to search, and send them."""
        send(self.browser, one(self.browser, "main input[type=search]"), words)
        self.steps += 1
        return self

    def click(self, element: WebElement) -> Reader:
        """Click, as a person does."""
        click(self.browser, element)
        self.steps += 1
        return self

    def _says(self, element: WebElement, text: str) -> bool:
        return text in seen(self.browser, element)

    def _open(self, fold: WebElement) -> None:
        if fold.get_attribute("open") is None:
            self.click(one(fold, "summary"))


def asked(address: str, query: str) -> set[str]:
    """Return what the endpoint answers, the one column of the rows."""
    request = Request(  # noqa: S310 -- our own server
        f"{address}/sparql?{urlencode({'query': query})}",
        headers={"Accept": "application/sparql-results+json"},
    )
    with urlopen(request) as answer:  # noqa: S310 -- the same
        return {row["answer"]["value"] for row in json.load(answer)["results"]["bindings"]}


def led_to(browser: webdriver.Chrome, selector: str) -> set[str]:
    """Return the IRIs of the things that links lead to."""
    paths = [str(each.get_dom_attribute("href")) for each in every(browser, selector)]
    return {THINGS + path.partition("/doc/")[2].partition("#")[0] for path in paths}


@pytest.fixture
def reader(browser: webdriver.Chrome, address: str) -> Reader:
    """Return a person who looks at the home page."""
    console(browser)
    show(browser, f"{address}/", DESK)
    return Reader(browser)


def test_who_left_between_the_two_contracts_of_valence(reader: Reader, address: str) -> None:
    """A coordinator searches the town, opens its contract, compares it with the one before."""
    reader.search("Valence").link("2019", "main").link("Comparer avec le contrat précédent")

    table = one(reader.browser, "#signataires table")
    rows = every(table, "tbody tr:has(> th > a[href*='/doc/actor/'])")
    left = {one(row, "th > a").text for row in rows if every(row, ".chg.out")}
    stayed = {one(row, "th > a").text for row in rows if not every(row, ".chg")}
    assert left == asked(address, GONE) == {"Conseil régional de Rhône-Alpes"}
    assert stayed == asked(address, STAYED)
    assert reader.steps == 3
    assert console(reader.browser) == []


def test_which_contracts_of_the_drome_have_a_priority_on_mental_health(
    reader: Reader, address: str
) -> None:
    """An officer narrows the list of contracts by place and by theme."""
    reader.link("Contrats", "header nav").choose("Département", "Drôme")
    reader.choose("Thème", "Santé mentale").apply()

    found = led_to(reader.browser, "#liste tbody th a")
    assert found == asked(address, DROME)
    assert len(found) >= 2
    assert reader.steps <= 8
    assert console(reader.browser) == []


def test_which_items_of_the_plan_no_contract_is_aligned_to(reader: Reader, address: str) -> None:
    """An officer opens the regional project, which begins with what nobody answers."""
    reader.link("Projets régionaux", "header nav").link("Auvergne-Rhône-Alpes 2018-2028", "main")

    found = led_to(reader.browser, "#sans-contrat tbody th a")
    assert found == asked(address, UNANSWERED)
    assert len(found) > 5
    assert reader.steps == 2
    assert console(reader.browser) == []


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Qui est parti entre les deux contrats de Valence", ".chg.out"),
        ("Quels contrats de la Drôme ont une priorité de santé mentale", "#liste tbody th a"),
        ("À quoi, dans le projet régional, aucun contrat ne répond-il", "tbody tr"),
    ],
)
def test_the_home_page_asks_these_questions_itself(
    reader: Reader, question: str, place: str
) -> None:
    reader.link(question)

    assert every(reader.browser, place)
    assert reader.steps == 1
