"""The browsers, started once for all modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.server.web.browser.driving import ABSENT, WHY_ABSENT, driven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium import webdriver


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Give a browser as most people have it."""
    if ABSENT:
        pytest.skip(WHY_ABSENT)
    with driven(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="session")
def scriptless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Give a browser that runs no script of any page."""
    if ABSENT:
        pytest.skip(WHY_ABSENT)
    with driven(tmp_path_factory.mktemp("profile"), scripts=False) as started:
        yield started
