"""A small release with engines of its own: what the tests of processes ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats.engine.budget import Budgets
from contrats.engine.engine import Engine, Held
from contrats.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    MakeEngine = Callable[..., Engine]

THINGS = 600


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a release of 600 things with a number and a name each."""
    folder = tmp_path_factory.mktemp("tiny")
    store = ox.Store(str(folder / "store"))
    graph = ox.NamedNode("http://x/graph")
    store.extend(
        ox.Quad(ox.NamedNode(f"http://x/{n}"), ox.NamedNode(f"http://x/{name}"), value, graph)
        for n in range(THINGS)
        for name, value in (("number", ox.Literal(n)), ("name", ox.Literal(f"chose {n} été")))
    )
    store.flush()
    store.dump(str(folder / "contrats.nq"), ox.RdfFormat.N_QUADS)
    del store
    return folder


@pytest.fixture
def make_engine(tiny: Path, tmp_path: Path) -> Iterator[MakeEngine]:
    """Give what starts an engine over the small release, with limits of its own."""
    started: list[Engine] = []

    def make(*, in_memory: bool = True, **limits: float) -> Engine:
        allowed = Limits(**limits)  # type: ignore[arg-type]
        held = Held(in_memory=in_memory, spare=1)
        engine = Engine(tiny, allowed, Budgets(allowed), tmp_path, held)
        started.append(engine)
        return engine

    yield make
    for engine in started:
        engine.close()
