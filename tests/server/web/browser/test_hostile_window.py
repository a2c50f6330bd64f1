"""Hostile words in a real window: nothing runs, and no page is wider than a phone."""

from __future__ import annotations

import threading
from itertools import cycle
from typing import TYPE_CHECKING

import pytest
from tests.server.web.browser.driving import Window, console, overflow, show, too_wide, unfold
from tests.server.web.test_hostile import SEEN, hostile
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from selenium import webdriver

__all__ = ["hostile"]
OTHERS = [
    "/queries",
    "/doc/period/valence-2019",
    "/doc/disagreement/valence-2012-diagnosis",
    "/queries/read-in-a-source?source=seed-valence-2019&contract=",
    "/links?to=contract/valence-2019&by=cls:priorityOf",
    "/compare?c=valence-2012&c=valence-2019",
    "/compare?all",
    "/map",
    "/themes",
    "/doc/contract/nobody",
]


@pytest.fixture(scope="module")
def listening(hostile: Flask) -> Iterator[str]:
    """Give the address of the hostile site."""
    server = make_server("127.0.0.1", 0, hostile, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.mark.parametrize(
    "path", [f"{root}{path}" for path, root in zip([*SEEN, *OTHERS], cycle(["", "/en"]))]
)
def test_nothing_runs_and_nothing_is_wider_than_a_phone(
    listening: str, browser: webdriver.Chrome, path: str
) -> None:
    """The languages take turns: what is written by the data is the same in both."""
    show(browser, f"{listening}{path}", Window(360))

    unfold(browser)

    assert overflow(browser) <= 0, too_wide(browser)
    # an alert would have ended the test; a page of an error is one that failed to load
    assert [said for said in console(browser) if "nobody" not in said] == []
