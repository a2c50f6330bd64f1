"""One real browser: the contract page on a phone and on a desk, in light and dark."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking "
    "disable-component-update disable-sync hide-scrollbars"
)

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="NO BROWSER: install Debian's chromium and chromium-driver"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    profile: Path = tmp_path_factory.mktemp("profile")
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in FLAGS.split():
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={profile}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


def show(browser: webdriver.Chrome, url: str, width: int, scheme: str = "light") -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get(url)


def overflow(browser: webdriver.Chrome) -> int:
    """Return by how many pixels the page is wider than the window."""
    script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(browser.execute_script(script))


def console(browser: webdriver.Chrome) -> list[object]:
    """Return what the browser complained of since it was last asked."""
    return list(browser.get_log("browser"))  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_contract_page_holds_in_a_real_window(
    browser: webdriver.Chrome, address: str, width: int, scheme: str
) -> None:
    show(browser, f"{address}/doc/contract/valence-2019.html", width, scheme)

    groups = browser.find_elements(By.CSS_SELECTOR, "#priorites tr.grp")
    assert overflow(browser) <= 0
    assert console(browser) == []
    assert len(browser.find_elements(By.CSS_SELECTOR, "#signataires tr.signatory")) == 10
    assert len(browser.find_elements(By.CSS_SELECTOR, "#priorites tr.priority")) == 12
    assert len(groups) == 2
    assert browser.find_element(By.CSS_SELECTOR, "body").value_of_css_property("color") != ""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/contracts",
        "/actors",
        "/coverage",
        "/links?to=territory/region-84&by=igeo:subdivisionDe",
        "/doc/contract/les-mureaux-2019.html",
        "/doc/contract/montreuil-2025.html",
        "/doc/territory/region-84.html",
        "/doc/source/src-lesmureaux-fr-informationssante-15321-856058.html",
        "/queries",
        "/queries/signatories",
        "/queries/where-it-was-read?contract=les-mureaux-2019",
        "/def",
        "/shape",
        "/catalog.html",
        "/sparql?query=SELECT*{?s%20?p%20?o}LIMIT%2050",
        "/doc/contract/valence-2012.html",
        "/doc/actor/ars-auvergne-rhone-alpes.html",
        "/doc/plan/prs-ara-2018.html",
        "/doc/priority/valence-2019-3.html",
        "/doc/theme/vaccination.html",
        "/graph/contract/valence-2019.html",
    ],
)
def test_no_page_scrolls_sideways_with_all_folds_open(
    browser: webdriver.Chrome, address: str, path: str, width: int
) -> None:
    show(browser, f"{address}{path}", width)

    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert overflow(browser) <= 0
    assert console(browser) == []


def test_a_source_button_opens_the_place_that_was_read(
    browser: webdriver.Chrome, address: str
) -> None:
    show(browser, f"{address}/doc/contract/valence-2019.html", 1280)
    row = browser.find_element(By.CSS_SELECTOR, "#signataires tr.signatory")

    row.find_element(By.CSS_SELECTOR, "details.src > summary").click()

    assert "ligne 201" in row.find_element(By.CSS_SELECTOR, "details.src > dl").text


def test_the_search_form_works_without_any_script(browser: webdriver.Chrome, address: str) -> None:
    show(browser, f"{address}/", 1280)
    field = browser.find_element(By.ID, "q")

    field.send_keys("sante aine")
    field.submit()

    assert browser.find_elements(By.LINK_TEXT, "Santé des aînés")
