"""The editor of `/sparql` in a real browser, and the three lists that it asks this site for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

import contrats.web
from contrats.vocabulary import BASE
from contrats.web.editor import BUNDLE, MOST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking "
    "disable-component-update disable-sync hide-scrollbars"
)
STATIC = Path(contrats.web.__file__).parent / "static"
HTML = {"Accept": "text/html"}
CLS = f"PREFIX cls: <{BASE}def#>"
CONTRACTS = f"{CLS}\nSELECT ?contract ?stage\nWHERE {{ ?contract cls:stage ?stage }}\nLIMIT 7"
WRONG = f"{CLS}\nSELECT ?contract\nWHERE {{ ?contract cls:stage cls:stage cls:stage }}"

bundled = pytest.mark.skipif(
    not all((STATIC / name).is_file() for name in BUNDLE),
    reason="NO EDITOR: install npm, then build again",
)
in_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="NO BROWSER: install Debian's chromium and chromium-driver"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in FLAGS.split():
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


class Page:
    """The page of the endpoint in a window."""

    def __init__(self, browser: webdriver.Chrome, address: str) -> None:
        """Keep the browser and the address of the site; forget what it said before."""
        self.browser = browser
        self.address = address
        self.complaints()
        self.requests()

    def open(self, query: str | None = None, width: int = 1280, scheme: str = "light") -> None:
        """Open the page, with a query or without, and wait for its editor."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        asked = f"?{urlencode({'query': query})}" if query else ""
        self.browser.get(f"{self.address}/sparql{asked}")

    def found(self, selector: str) -> list[str]:
        """Return the texts of what `selector` finds, as soon as there is any."""
        texts = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())"
        wait = WebDriverWait(self.browser, 10)
        return list(wait.until(lambda b: b.execute_script(texts, selector), selector))

    def script(self, text: str, *given: object) -> Any:  # noqa: ANN401 -- what a script returns
        """Return what `text` gives; `editor` in it is the editor."""
        editor = "const editor = document.querySelector('.CodeMirror')?.CodeMirror;"
        return self.browser.execute_script(f"{editor}{text}", *given)

    @property
    def text(self) -> str:
        """Return what the editor holds."""
        return str(self.script("return editor.getValue()"))

    def type(self, before: str, typed: str) -> None:
        """Type `typed` after the text `before`."""
        end = "editor.setValue(arguments[0]); editor.focus(); editor.execCommand('goDocEnd')"
        self.script(end, before)
        ActionChains(self.browser).send_keys(typed).perform()

    def run(self) -> None:
        """Press the button."""
        self.browser.find_element(By.CSS_SELECTOR, "form.query button").click()

    def complaints(self) -> list[str]:
        """Return what the browser complained of since it was last asked, refused queries apart."""
        said = self.browser.get_log("browser")  # type: ignore[no-untyped-call]
        return [each["message"] for each in said if "status of 400" not in each["message"]]

    def requests(self) -> set[str]:
        """Return the addresses that this site's pages asked for since it was last asked."""
        said = self.browser.get_log("performance")  # type: ignore[no-untyped-call]
        messages = [json.loads(each["message"])["message"] for each in said]
        sent = [m["params"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        ours = [each for each in sent if each["documentURL"].startswith(self.address)]
        return {each["request"]["url"] for each in ours}


@pytest.fixture
def page(browser: webdriver.Chrome, address: str) -> Page:
    return Page(browser, address)


@bundled
@in_browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", [None, CONTRACTS, WRONG], ids=["form", "answer", "error"])
def test_the_editor_holds_in_a_real_window(
    page: Page, width: int, scheme: str, query: str | None
) -> None:
    page.open(query, width, scheme)

    page.found(".CodeMirror")
    over = "const d = document.documentElement; return d.scrollWidth - d.clientWidth"
    assert page.script(over) <= 0
    assert page.complaints() == []
    assert page.text.startswith(CLS)
    assert not page.browser.find_element(By.ID, "query").is_displayed()


@bundled
@in_browser
def test_nothing_is_asked_of_another_host_and_nothing_is_kept(page: Page) -> None:
    page.open(CONTRACTS)
    page.type(f"{CLS}\nSELECT * WHERE {{ ?s a ", "foaf:Doc")
    page.found(".CodeMirror-hint")
    page.type(CONTRACTS, " ")
    page.run()
    page.found("td .named")

    asked = page.requests()
    kept = page.script("return localStorage.length + sessionStorage.length")

    assert f"{page.address}/sparql/terms.json" in asked
    assert [url for url in asked if not url.startswith(f"{page.address}/")] == []
    assert page.complaints() == []
    assert kept == 0


@bundled
@in_browser
@pytest.mark.parametrize(
    ("before", "typed", "offered", "written"),
    [
        ("SELECT * WHERE { ?s a ", "cls:Loc", "cls:LocalHealthContract", "a cls:LocalHealthC"),
        ("SELECT * WHERE { ?s ", "signat", "cls:hasSignatory", "?s cls:hasSignatory"),
        (f"PREFIX c: <{BASE}def#>\nASK {{ ?s ", "c:hasPri", "c:hasPriority", "?s c:hasPri"),
        ("SELECT * WHERE { ?s ?p ", "stage:si", "stage:signed", "?p stage:signed"),
        ("SELECT * WHERE { ?who ?p ", "?w", "?who", "?p ?who"),
        ("PREFIX ", "skos", "skos: <http://www.w3.org/2004/02/skos/core#>", "PREFIX skos: <http"),
    ],
    ids=["class", "property-by-its-label", "own-prefix", "value", "variable", "prefix"],
)
def test_completion_offers_our_own_words(
    page: Page, before: str, typed: str, offered: str, written: str
) -> None:
    page.open()
    page.found(".CodeMirror")

    page.type(before, typed)

    hints = page.found(".CodeMirror-hint")
    first = next(number for number, hint in enumerate(hints) if hint.startswith(offered))
    ActionChains(page.browser).send_keys(Keys.DOWN * first + Keys.ENTER).perform()
    assert written in page.text


@bundled
@in_browser
def test_a_completed_name_has_its_prefix_declared_in_order(page: Page) -> None:
    page.open()
    page.found(".CodeMirror")
    page.type("PREFIX adms: <http://www.w3.org/ns/adms#>\nASK { ?s a ", "LocalHealth")
    page.found(".CodeMirror-hint")

    ActionChains(page.browser).send_keys(Keys.ENTER).perform()

    lines = page.text.split("\n")
    assert lines[1:] == [CLS, "ASK { ?s a cls:LocalHealthContract"]


@bundled
@in_browser
def test_a_saved_question_loads_its_text(page: Page) -> None:
    page.open()
    page.found(".CodeMirror")
    choice = Select(page.browser.find_element(By.ID, "example"))

    choice.select_by_value("signatories")

    assert choice.first_selected_option.text.startswith("Qui a signé le contrat")
    WebDriverWait(page.browser, 10).until(lambda _: "?nameInSource" in page.text)
    assert page.text.startswith("#+ summary: Who signed the contract?")


@bundled
@in_browser
def test_the_answer_comes_below_under_an_address_to_share(page: Page) -> None:
    page.open()
    page.found(".CodeMirror")

    page.type(CONTRACTS, " ")
    keys = ActionChains(page.browser).key_down(Keys.CONTROL).send_keys(Keys.ENTER)
    keys.key_up(Keys.CONTROL).perform()

    rows = page.found("[data-answer] tbody tr")
    names = page.found("td .named")
    shared = page.browser.current_url
    page.browser.get(shared)
    assert len(rows) == len(page.found("[data-answer] tbody tr")) == 7
    assert "signé" in names
    assert shared == f"{page.address}/sparql?{urlencode({'query': CONTRACTS + ' '})}"
    assert page.text == CONTRACTS


@bundled
@in_browser
def test_a_wrong_place_is_marked_without_leaving_the_page(page: Page) -> None:
    page.open()
    page.found(".CodeMirror")
    here = page.browser.current_url

    page.type(WRONG, "")
    page.run()

    marked = page.found(".faulty")
    said = page.browser.find_element(By.CSS_SELECTOR, "[data-said]").text
    assert "".join(marked) == "cls:stage"
    assert "ligne 3" in said
    assert page.browser.current_url == here
    assert page.script("return editor.getCursor().line") == 2


@bundled
@in_browser
def test_the_editor_of_an_english_page_speaks_english(page: Page) -> None:
    page.address = f"{page.address}/en"
    page.open()
    page.found(".CodeMirror")

    page.type(WRONG, "")
    page.run()
    page.found(".faulty")
    wrong = page.browser.find_element(By.CSS_SELECTOR, "[data-said]").text
    page.type(CONTRACTS, " ")
    page.run()
    page.found("[data-answer] tbody tr")
    right = page.browser.find_element(By.CSS_SELECTOR, "[data-said]").text
    names = page.found("td .named")
    page.script("editor.setValue('SELECT'+'}')")

    assert "line 3" in wrong
    assert right == "7 rows below."
    assert "signed" in names
    assert page.browser.current_url.startswith(f"{page.address}/sparql?")
    assert page.script("return document.querySelector('.fault-sign').title").startswith("Line 1:")
    assert page.complaints() == []


@bundled
@in_browser
def test_the_page_of_an_error_marks_the_place_until_the_text_changes(page: Page) -> None:
    page.open(WRONG)
    marked = page.found(".faulty")

    ActionChains(page.browser).send_keys("x").perform()

    assert "".join(marked) == "cls:stage"
    assert not page.browser.find_elements(By.CSS_SELECTOR, ".faulty")


@bundled
@in_browser
def test_the_editor_takes_every_saved_query_for_sparql(page: Page, client: FlaskClient) -> None:
    texts = client.get("/sparql/examples.json").json
    page.open()
    page.found(".CodeMirror")

    wrong = page.script(
        "return Object.entries(arguments[0]).filter(([, text]) => { editor.setValue(text);"
        "return document.querySelector('.fault-sign') }).map(([name]) => name)",
        texts,
    )

    assert wrong == []


@in_browser
def test_without_script_the_form_is_plain_and_answers(page: Page) -> None:
    page.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.open(CONTRACTS, 360)

        page.run()

        sent = WebDriverWait(page.browser, 10)
        sent.until(lambda b: "%0D%0A" in b.current_url, "a form sends the ends of its lines so")
        assert page.browser.find_element(By.ID, "query").is_displayed()
        assert len(page.found("[data-answer] tbody tr")) == 7
        assert not any(page.found("form.query")[0].count(word) for word in ("Ctrl", "Choisir"))
    finally:
        page.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_without_its_bundle_the_page_keeps_its_plain_form(
    app: Flask, client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "static_folder", str(tmp_path))

    answer = client.get("/sparql", headers=HTML)

    assert "<script" not in answer.text.replace('<script type="application/ld+json"', "")
    assert "data-editor" not in answer.text
    assert "script-src" not in answer.headers["Content-Security-Policy"]


@bundled
@pytest.mark.parametrize("path", ["/sparql", "/sparql?query=ASK{}", "/sparql?query=ASK{"])
def test_the_pages_of_the_endpoint_run_scripts_of_this_host_alone(
    client: FlaskClient, path: str
) -> None:
    policy = client.get(path, headers=HTML).headers["Content-Security-Policy"]

    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", ["/", "/queries", "/sparql"])
def test_every_other_answer_runs_nothing(client: FlaskClient, path: str) -> None:
    accepted = "text/turtle" if path == "/sparql" else "text/html"

    policy = client.get(path, headers={"Accept": accepted}).headers["Content-Security-Policy"]

    assert "script-src" not in policy


def test_every_word_on_offer_is_a_name_that_sparql_reads(client: FlaskClient) -> None:
    found = client.get("/sparql/terms.json").json
    assert found
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in found["prefixes"].items())
    names = " ".join(term["name"] for term in found["terms"])

    ox.Store().query(f"{declared}SELECT * WHERE {{ VALUES ?term {{ {names} }} }}")

    kinds = {term["kind"] for term in found["terms"]}
    contract = next(t for t in found["terms"] if t["name"] == "cls:LocalHealthContract")
    assert kinds == {"class", "property", "value"}
    assert contract["fr"] == "contrat local de santé"
    assert "cls:hasSignatory" in names


def test_things_are_named_in_french_and_the_nameless_left_out(client: FlaskClient) -> None:
    named = f"{BASE}id/stage/signed"
    asked = [named, f"{BASE}id/stage/nowhere", "no IRI at all"]

    answer = client.get("/sparql/labels.json", query_string=[("iri", iri) for iri in asked])

    assert answer.json == {named: "signé"}


def test_too_many_things_to_name_are_refused(client: FlaskClient) -> None:
    asked = [("iri", f"{BASE}id/contract/{number}") for number in range(MOST + 1)]

    answer = client.get("/sparql/labels.json", query_string=asked)

    assert answer.status_code == 400
    assert "100" in answer.json["detail"] if answer.json else False
