"""The keyboard alone: all can be reached and is seen to be, nothing holds, every form is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from tests.server.web.browser.driving import Window, every, leaving, one, show

if TYPE_CHECKING:
    from selenium import webdriver

DESK: Final = Window(1280)
WALKED: Final = {
    "home": "/",
    "contract hardly known": "/doc/contract/pays-de-broceliande.html",
    "two generations compared": "/compare?c=valence-2012&c=valence-2019",
    "nothing compared": "/compare",
    "contracts by facets": "/contracts?departement=26&theme=sante-mentale",
    "plan item": "/doc/plan/pop-1.html",
    "saved query": "/queries/signatory-turnover?contract=valence-2019",
    "endpoint": "/sparql",
    "search": "/en/search?q=valence",
    "model": "/en/help/model",
    "map": "/en/map",
}
MOST: Final = 80
"""Stops of one page that are walked; of longer ones, the first."""
_STOP: Final = """
const it = document.activeElement;
if (!it || it === document.body || it === document.documentElement) return null;
window.stops ??= new Map();
if (!window.stops.has(it)) window.stops.set(it, window.stops.size);
const style = getComputedStyle(it), box = it.getBoundingClientRect();
const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
const inEditor = Boolean(it.closest(".CodeMirror"));
return [window.stops.get(it), it.tagName, (it.textContent || it.value || "").trim().slice(0, 60),
    it.getAttribute("href") || "", seen || inEditor, box.width > 0 && box.height > 0,
    box.bottom > 0 && box.top < innerHeight];
"""
_LEFT: Final = """
const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
return [...document.querySelectorAll(all)].filter(
    it => it.checkVisibility({visibilityProperty: true}) && !it.disabled && it.tabIndex >= 0
        && it.type !== "hidden" && it.type !== "radio" && !it.closest(".CodeMirror")
        && !window.stops.has(it)).map(it => it.outerHTML.slice(0, 160));
"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the focus was: in which order, on what, and whether it could be seen."""

    rank: int
    tag: str
    text: str
    href: str
    outlined: bool
    sized: bool
    in_window: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """All the stops of Tab, and what could have been one and was not."""

    stops: list[Stop]
    left_out: list[str]
    whole: bool


def press(browser: webdriver.Chrome, *keys: str) -> None:
    ActionChains(browser, duration=0).send_keys(*keys).perform()


def stop(browser: webdriver.Chrome) -> Stop | None:
    """Return where the focus is, None when it is on the page itself."""
    found = browser.execute_script(_STOP)
    return Stop(*found) if found else None


def walk(browser: webdriver.Chrome) -> Walk:
    """Press Tab from the top of the page to its end."""
    stops: list[Stop] = []
    for _ in range(MOST):
        press(browser, Keys.TAB)
        here = stop(browser)
        if here and stops and here.rank == stops[-1].rank:
            continue  # a date has several places in it
        if here is None or here.rank < len(stops):
            return Walk(stops, browser.execute_script(_LEFT), whole=True)
        stops.append(here)
    return Walk(stops, [], whole=False)


@pytest.fixture(scope="module", params=WALKED)
def walked(request: pytest.FixtureRequest, browser: webdriver.Chrome, address: str) -> Walk:
    """Return the walk through a page."""
    show(browser, f"{address}{WALKED[request.param]}", DESK)
    return walk(browser)


def test_tab_leads_to_the_content_first_then_to_the_navigation(walked: Walk) -> None:
    first, *others = walked.stops

    assert first.href == "#contenu"
    assert first.in_window
    steps = [each.href.removeprefix("/en") for each in others[:14]]
    assert steps[1:8] == [
        "/contracts", "/compare", "/actors", "/themes", "/plans", "/map", "/queries",
    ]  # fmt: skip


def test_where_the_focus_is_can_be_seen(walked: Walk) -> None:
    assert [each for each in walked.stops if not (each.outlined and each.sized)] == []
    assert [each for each in walked.stops if not each.in_window] == []


def test_tab_reaches_everything_and_is_held_nowhere(walked: Walk) -> None:
    assert walked.left_out == []
    assert walked.whole or len(walked.stops) > MOST // 2


def test_the_skip_link_moves_to_the_content(browser: webdriver.Chrome, address: str) -> None:
    show(browser, f"{address}/contracts", DESK)

    press(browser, Keys.TAB, Keys.ENTER, Keys.TAB)

    inside = "return document.querySelector('main').contains(document.activeElement)"
    assert browser.execute_script(inside)


def tab_to(browser: webdriver.Chrome, selector: str) -> None:
    """Press Tab until the focus is on what `selector` finds."""
    wanted = "return document.activeElement.matches(arguments[0])"
    for _ in range(MOST):
        if browser.execute_script(wanted, selector):
            return
        press(browser, Keys.TAB)
    raise AssertionError(f"Tab never comes to {selector}")


def test_facets_are_chosen_and_applied_by_keyboard(browser: webdriver.Chrome, address: str) -> None:
    show(browser, f"{address}/contracts", DESK)

    tab_to(browser, "input[name=region][value='84']")
    press(browser, Keys.SPACE)
    tab_to(browser, "form.facets button[type=submit]")
    with leaving(browser):
        press(browser, Keys.ENTER)

    assert "region=84" in browser.current_url
    assert one(browser, ".chips b").text == "54"


def test_contracts_are_chosen_and_compared_by_keyboard(
    browser: webdriver.Chrome, address: str
) -> None:
    show(browser, f"{address}/compare", DESK)

    tab_to(browser, "main form select[name=c]")
    title = "Contrat local de santé de Valence"
    press(browser, f"{title} 2012", Keys.TAB, f"{title} 2019")
    tab_to(browser, "main form:has(select[name=c]) button")
    with leaving(browser):
        press(browser, Keys.ENTER)

    assert "c=valence-2012" in browser.current_url
    assert "c=valence-2019" in browser.current_url
    assert every(browser, "#signataires .chg.out")


def test_a_source_is_opened_and_closed_by_keyboard(browser: webdriver.Chrome, address: str) -> None:
    show(browser, f"{address}/doc/contract/valence-2019.html", DESK)

    tab_to(browser, "#signataires details.src > summary")
    press(browser, Keys.ENTER)
    opened = len(every(browser, "#signataires details.src[open]"))
    press(browser, Keys.ENTER)

    assert (opened, len(every(browser, "#signataires details.src[open]"))) == (1, 0)


def test_the_editor_lets_the_keyboard_go(browser: webdriver.Chrome, address: str) -> None:
    show(browser, f"{address}/sparql", DESK)
    if not every(browser, ".CodeMirror"):
        pytest.skip("NO EDITOR: its bundle was not fetched")

    tab_to(browser, ".CodeMirror textarea")
    press(browser, Keys.TAB)  # to what scrolls
    press(browser, Keys.TAB)

    assert not browser.execute_script("return document.activeElement.closest('.CodeMirror')")
