"""How the tests of this room ask a saved query, with the examples of its parameters or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats.library import SavedQuery, read_library
from contrats.rooms import find_rooms
from contrats.store import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Callable

LIBRARY = {query.name: query for query in read_library(find_rooms().queries)}

Rows = list[dict[str, str]]


def rows_of(query: SavedQuery, store: ox.Store, *, bound: bool) -> Rows:
    """Return the answer as rows of texts, a variable without value left out."""
    bind = {each.name: each.term(each.example) for each in query.parameters if bound}
    answer = EmbeddedStore(store).answer(query.text, bind)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [
        {name: value.value for name in names if hasattr(value := row[name], "value")}
        for row in answer
    ]


@pytest.fixture
def ask(whole: ox.Store) -> Callable[[str], Rows]:
    """Return what answers a saved query by its name, for all when it takes parameters."""
    return lambda name: rows_of(LIBRARY[name], whole, bound=False)
