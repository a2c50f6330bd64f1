"""Every kind of page in a real window: it fits, it is accessible, it asks no one else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest
from tests.server.web.browser.driving import (
    AXE,
    WITHOUT_AXE,
    Window,
    console,
    every,
    hosts,
    one,
    overflow,
    resize,
    show,
    unfold,
    violations,
)
from tests.server.web.browser.kinds import KINDS, MISSING, PAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from selenium import webdriver

WIDTHS: Final = (320, 360, 1280)
BY_TURNS: Final = (
    (Window(1280, "light"), Window(360, "dark")),
    (Window(360, "light"), Window(1280, "dark")),
)
"""Windows of the two languages of a page: each kind is seen in both widths, both schemes and both
languages, and from one kind to the next the pairs change."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What was seen of a page, all its folds open."""

    title: str
    heading: str
    overflows: dict[int, int]
    violations: list[str]
    console: list[str]
    hosts: set[str]


@pytest.fixture(scope="module")
def visit(browser: webdriver.Chrome, address: str) -> Callable[[str], Visit]:
    """Return what visits a page, each once."""
    seen: dict[str, Visit] = {}

    def go(name: str) -> Visit:
        if name not in seen:
            seen[name] = _look(browser, f"{address}{PAGES[name]}", window_of(name))
        return seen[name]

    return go


def window_of(name: str) -> Window:
    """Return the window in which axe looks at the page `name`."""
    turn, language = divmod(list(PAGES).index(name), 2)
    return BY_TURNS[turn % 2][language if turn % 4 < 2 else 1 - language]


def _look(browser: webdriver.Chrome, url: str, window: Window) -> Visit:
    console(browser)
    hosts(browser)
    show(browser, url, window)
    unfold(browser)
    overflows = {}
    for width in WIDTHS:
        resize(browser, Window(width, window.scheme))
        overflows[width] = overflow(browser)
    heading = one(browser, "h1").text
    resize(browser, window)
    found = violations(browser) if AXE.is_file() else []
    return Visit(browser.title, heading, overflows, found, console(browser), hosts(browser))


@pytest.mark.skipif(not AXE.is_file(), reason=WITHOUT_AXE)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_wrong(visit: Callable[[str], Visit], name: str) -> None:
    assert visit(name).violations == [], window_of(name)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_with_all_folds_open(
    visit: Callable[[str], Visit], name: str
) -> None:
    assert {width: over for width, over in visit(name).overflows.items() if over > 0} == {}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_no_other_host_and_the_browser_complains_of_nothing(
    visit: Callable[[str], Visit], name: str, address: str
) -> None:
    missing = name.rpartition(" (")[0] in MISSING
    complaints = [each for each in visit(name).console if not (missing and "status of 4" in each)]

    assert complaints == []
    assert visit(name).hosts == {urlsplit(address).netloc}


@pytest.mark.parametrize("kind", KINDS)
def test_the_pages_are_those_that_were_meant(visit: Callable[[str], Visit], kind: str) -> None:
    french, english = visit(f"{kind} (fr)"), visit(f"{kind} (en)")

    lost = "introuvable" in french.title.casefold()
    assert lost == (kind == "no such page")
    assert french.heading
    assert english.heading
    assert french.title != english.title


def test_a_source_button_opens_the_place_that_was_read(
    browser: webdriver.Chrome, address: str
) -> None:
    show(browser, f"{address}/doc/contract/valence-2019.html", Window(1280))
    row = one(browser, "#signataires tr.signatory")

    one(row, "details.src > summary").click()

    assert "ligne 201" in one(row, "details.src > dl").text


def test_the_contract_page_shows_its_signatories_and_priorities(
    browser: webdriver.Chrome, address: str
) -> None:
    show(browser, f"{address}/doc/contract/valence-2019.html", Window(1280))

    assert len(every(browser, "#signataires tr.signatory")) == 10
    assert len(every(browser, "#priorites tr.priority")) == 12
    assert len(every(browser, "#priorites tr.grp")) == 2
