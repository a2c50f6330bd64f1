"""A real Chromium, driven: what it shows at a width and in a scheme, asks for, and complains of."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.wait import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver.remote.webelement import WebElement

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
AXE = Path(__file__).parents[3] / "clients" / "node_modules" / "axe-core" / "axe.min.js"
ABSENT = not (CHROMIUM and DRIVER)
WHY_ABSENT = "NO BROWSER: install Debian's chromium and chromium-driver"
WITHOUT_AXE = "NO AXE: npm ci --prefix tests/clients"
FLAGS = (
    "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking "
    "disable-component-update disable-sync hide-scrollbars"
)
PHONE = 500
"""Pixels below which a window is that of a phone."""
_AXE = """
// One line of a template makes all rows of a table, and all Source buttons: of many the first are
// looked at, and the others taken away, since axe measures whatever is there.
const many = "tbody > tr:nth-child(n+8), li:nth-child(n+12), label:nth-of-type(n+8), "
    + ".term:nth-of-type(n+12)";
[...document.querySelectorAll("details.src")].slice(8).forEach(each => each.remove());
document.querySelectorAll(many).forEach(each => each.remove());
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"], iframes: false}).then(
    found => done(found.violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")} ${node.html}`))),
    fault => done([String(fault)]));
"""
_TOO_WIDE = """
const width = document.documentElement.clientWidth;
const holds = each => {
    for (let it = each.parentElement; it; it = it.parentElement)
        if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(it).overflowX))
            return true;
    return false;
};
const wide = each => each.getBoundingClientRect().right > width + 1 && !holds(each);
return [...document.querySelectorAll("body *")]
    .filter(each => wide(each) && ![...each.children].some(wide))
    .slice(0, 5).map(each => each.outerHTML.slice(0, 160));
"""
_CLEAR = """
const it = arguments[0];
it.scrollIntoView({block: "center"});
const box = it.getBoundingClientRect();
return it.checkVisibility({visibilityProperty: true}) && box.width > 0 && box.height > 0;
"""
_SEEN = """
const it = arguments[0];
return it.checkVisibility() ? (it.innerText ?? it.textContent).trim() : "";
"""
_PATIENCE = 20
"""Seconds that a page may take to come, on a machine that has much to do."""
_BLOCKED = 2
"""What the preference of Chromium calls content that is never allowed."""


@dataclass(frozen=True, slots=True)
class Window:
    """What a page is shown in."""

    width: int
    scheme: str = "light"


@contextmanager
def driven(profile: Path, *, scripts: bool = True) -> Iterator[webdriver.Chrome]:
    """Give a Chromium of its own, which runs the scripts of pages or does not."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in FLAGS.split():
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={profile}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if not scripts:
        blocked = {"profile.managed_default_content_settings.javascript": _BLOCKED}
        options.add_experimental_option("prefs", blocked)
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    driver.set_script_timeout(60)
    try:
        yield driver
    finally:
        driver.quit()


def show(browser: webdriver.Chrome, url: str, window: Window) -> None:
    """Open `url` in a window."""
    resize(browser, window)
    browser.get(url)


def resize(browser: webdriver.Chrome, window: Window) -> None:
    """Give the page that is shown, or the next one, another window."""
    width = window.width
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [
        {"name": "prefers-color-scheme", "value": window.scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def unfold(browser: webdriver.Chrome) -> None:
    """Open all that is folded."""
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")


def overflow(browser: webdriver.Chrome) -> int:
    """Return by how many pixels the page is wider than the window."""
    script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(browser.execute_script(script))


def too_wide(browser: webdriver.Chrome) -> list[str]:
    """Return the innermost elements that reach beyond the window, where nothing scrolls them."""
    found: list[str] = browser.execute_script(_TOO_WIDE)
    return found


def console(browser: webdriver.Chrome) -> list[str]:
    """Return what the browser complained of since it was last asked."""
    return [str(entry["message"]) for entry in _log(browser, "browser")]


def hosts(browser: webdriver.Chrome) -> set[str]:
    """Return the hosts that were asked for anything since it was last asked."""
    found = set()
    for entry in _log(browser, "performance"):
        said = json.loads(entry["message"])["message"]
        if said["method"] in {"Network.requestWillBeSent", "Network.webSocketCreated"}:
            parameters = said["params"]
            url = parameters.get("url") or parameters["request"]["url"]
            parts = urlsplit(url)
            if parts.scheme != "data":  # a picture of the browser's own, which no host gives
                found.add(parts.netloc)
    return found


def violations(browser: webdriver.Chrome) -> list[str]:
    """Return what axe finds wrong with the page that is shown: the rule, the place, the markup.

    The page is no longer whole afterwards.
    """
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    found: list[str] = browser.execute_async_script(_AXE)
    return found


def click(browser: webdriver.Chrome, element: WebElement) -> None:
    """Click where `element` is seen, as a person does: not all that is seen is thought to be."""
    assert browser.execute_script(_CLEAR, element), element.get_attribute("outerHTML")
    ActionChains(browser, duration=0).move_to_element(element).click().perform()


def follow(browser: webdriver.Chrome, element: WebElement) -> None:
    """Click what leads to another page, and wait until it is there."""
    with leaving(browser):
        click(browser, element)


def send(browser: webdriver.Chrome, field: WebElement, words: str) -> None:
    """Write `words` in a field and send its form by Enter."""
    with leaving(browser):
        field.send_keys(words, Keys.ENTER)


@contextmanager
def leaving(browser: webdriver.Chrome) -> Iterator[None]:
    """Wait until the page that is shown has been left for another."""
    page = one(browser, "html")
    yield
    WebDriverWait(browser, _PATIENCE).until(expected_conditions.staleness_of(page))


def seen(browser: webdriver.Chrome, element: WebElement) -> str:
    """Return the text of `element` as it is shown, empty when it is not."""
    return str(browser.execute_script(_SEEN, element))


def one(browser: webdriver.Chrome | WebElement, selector: str) -> WebElement:
    """Return the first element that `selector` finds; there must be one."""
    return browser.find_element(By.CSS_SELECTOR, selector)


def every(browser: webdriver.Chrome | WebElement, selector: str) -> list[WebElement]:
    """Return each element that `selector` finds."""
    return browser.find_elements(By.CSS_SELECTOR, selector)


def _log(browser: webdriver.Chrome, name: str) -> list[dict[str, Any]]:
    return list(browser.get_log(name))  # type: ignore[no-untyped-call]
