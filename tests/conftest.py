"""What several rooms of tests share: the whole of the data, read once."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from contrats.derivation import derive, read_rules
from contrats.rooms import find_rooms
from contrats.sources import all_quads, read_sources

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def whole() -> ox.Store:
    """Return the store of all that the rooms state and derive, each graph under its name."""
    rooms = find_rooms()
    stated = all_quads(read_sources(rooms))
    store = ox.Store()
    store.extend([*stated, *derive(stated, read_rules(rooms.queries))])
    return store


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person rewrite the approved answers, to be read in the difference before a commit."""
    parser.addoption("--approve", action="store_true", help="rewrite the approved answers")
