"""Scripts off: what is to be read is there, and every form works."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from tests.server.web.browser.driving import Window, click, every, follow, one, send, show
from tests.server.web.browser.kinds import PAGES

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from selenium import webdriver

DESK: Final = Window(1280)


def has_script(client: FlaskClient, name: str) -> bool:
    """Tell whether a page has a script that runs: a block of data does not."""
    page = client.get(PAGES[name], headers={"Accept": "text/html"}).text
    return "<script" in page.replace('<script type="application/ld+json"', "")


def words(browser: webdriver.Chrome, selector: str = "main") -> list[str]:
    """Return the words that are shown in an element."""
    return re.findall(r"\w+", one(browser, selector).text)


def test_no_script_runs_here(scriptless: webdriver.Chrome, address: str) -> None:
    """The browser of this module is what it is said to be."""
    show(scriptless, f"{address}/sparql", DESK)

    assert one(scriptless, "form.query textarea").is_displayed()
    assert not every(scriptless, ".CodeMirror")


@pytest.mark.parametrize("name", PAGES)
def test_what_a_script_makes_comfortable_can_be_read_without(
    scriptless: webdriver.Chrome,
    browser: webdriver.Chrome,
    client: FlaskClient,
    address: str,
    name: str,
) -> None:
    """A page without script is the same without scripts; of others headings and rows are there."""
    if not has_script(client, name):
        return
    for each in (browser, scriptless):
        show(each, f"{address}{PAGES[name]}", DESK)
    lost = [
        heading.text
        for heading in every(browser, "main h1, main h2, main h3")
        if heading.text not in {each.text for each in every(scriptless, "h1, h2, h3")}
    ]

    assert lost == []
    assert len(every(scriptless, "main tr")) == len(every(browser, "main tr"))


def test_the_search_works(scriptless: webdriver.Chrome, address: str) -> None:
    show(scriptless, f"{address}/", DESK)

    send(scriptless, one(scriptless, "main input[type=search]"), "sante aine")

    assert scriptless.find_elements(By.LINK_TEXT, "Santé des aînés")


def test_the_facets_work(scriptless: webdriver.Chrome, address: str) -> None:
    show(scriptless, f"{address}/en/contracts", DESK)

    click(scriptless, one(scriptless, "input[name=region][value='84']"))
    follow(scriptless, one(scriptless, "form.facets button"))

    assert "region=84" in scriptless.current_url
    assert one(scriptless, ".chips b").text == "54"


def test_the_list_chooses_what_is_compared(scriptless: webdriver.Chrome, address: str) -> None:
    show(scriptless, f"{address}/contracts?departement=26", DESK)

    for name in ("valence-2012", "valence-2019"):
        one(scriptless, f"input[type=checkbox][name=c][value={name}]").click()
    follow(
        scriptless,
        one(
            scriptless, "button[form=compare], form#compare button, form[action$='/compare'] button"
        ),
    )

    assert "c=valence-2012&c=valence-2019" in scriptless.current_url
    assert every(scriptless, "#signataires .chg.out")


def test_the_form_of_comparisons_works(scriptless: webdriver.Chrome, address: str) -> None:
    show(scriptless, f"{address}/compare", DESK)

    fields = every(scriptless, "main form select[name=c]")
    for field, name in zip(fields, ("valence-2012", "valence-2019"), strict=False):
        Select(field).select_by_value(name)
    follow(scriptless, one(scriptless, "main form:has(select[name=c]) button"))

    assert every(scriptless, "#signataires .chg.out")


def test_the_form_of_a_saved_query_works(scriptless: webdriver.Chrome, address: str) -> None:
    show(scriptless, f"{address}/queries/signatories?contract=valence-2019", DESK)

    field = one(scriptless, "form.form [name=contract]")
    if field.tag_name == "select":
        Select(field).select_by_value("valence-2012")
    else:
        field.clear()
        field.send_keys("valence-2012")
    follow(scriptless, one(scriptless, "form.form button"))

    assert "contract=valence-2012" in scriptless.current_url
    assert len(every(scriptless, "#resultat tbody tr")) == 7


def test_the_form_of_the_endpoint_works(scriptless: webdriver.Chrome, address: str) -> None:
    show(scriptless, f"{address}/sparql", DESK)

    field = one(scriptless, "textarea[name=query]")
    field.clear()
    field.send_keys("SELECT (3 AS ?three) WHERE {}")
    follow(scriptless, one(scriptless, "form.query .btns button"))

    assert "3" in words(scriptless, "#reponse table")


def test_all_folds_open_without_a_script(scriptless: webdriver.Chrome, address: str) -> None:
    show(scriptless, f"{address}/doc/contract/valence-2019.html", DESK)

    one(scriptless, "#signataires details.src > summary").click()

    assert one(scriptless, "#signataires details.src[open] > dl").is_displayed()
