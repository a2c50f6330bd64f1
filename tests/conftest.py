"""What several rooms of tests share: the whole of the data, read once."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from contrats.derivation import derive, read_rules
from contrats.executables import describe_library
from contrats.inputs import open_memory
from contrats.library import read_library
from contrats.memory import Memory
from contrats.rooms import find_rooms
from contrats.sources import SourceFile, all_quads, read_sources

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def remembered(request: pytest.FixtureRequest) -> Memory:
    """Return what the build of the given release remembers, by the hash of what it depends on."""
    given: Path | None = request.config.getoption("--releases")
    return Memory() if given is None else open_memory(given)


@pytest.fixture(scope="session")
def sources(remembered: Memory) -> tuple[SourceFile, ...]:
    """Return the files of the ontology and of the data, read once for all tests."""
    return read_sources(find_rooms(), remembered)


@pytest.fixture(scope="session")
def published(sources: tuple[SourceFile, ...]) -> list[ox.Quad]:
    """Return all that the rooms state and derive."""
    library = read_library(find_rooms().queries)
    stated = all_quads([*sources, describe_library(library, all_quads(sources))])
    return [*stated, *derive(stated, read_rules(find_rooms().queries))]


@pytest.fixture(scope="session")
def whole(published: list[ox.Quad]) -> ox.Store:
    """Return the store of all that is published, each graph under its name."""
    store = ox.Store()
    store.extend(published)
    return store


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person rewrite the approved answers, to be read in the difference before a commit."""
    parser.addoption("--approve", action="store_true", help="rewrite the approved answers")
    parser.addoption(
        "--releases", type=Path, help="folder of a release of these rooms that is built already"
    )
