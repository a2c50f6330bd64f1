"""How long each saved query takes in process, with the examples of its parameters and without.

    python tests/benchmarks/queries.py [folder of the rooms]

One line a query, the median of several answers in milliseconds, the dearest first; then what
deriving takes. Those of the promise, each to stay under 100 ms, are marked.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.derivation import derive, read_rules
from contrats.library import SavedQuery, read_library
from contrats.rooms import find_rooms
from contrats.sources import all_quads, read_sources
from contrats.store import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Callable

REPEATED: Final = 7
PROMISED: Final = {
    "contracts-of-an-actor",
    "contracts-without-successor",
    "frequent-signatories",
    "population-covered",
    "themes-of-a-region",
}


def main() -> None:
    """Measure every saved query over the whole of the rooms and print a line each."""
    rooms = find_rooms(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    stated = all_quads(read_sources(rooms))
    rules = read_rules(rooms.queries)
    started = time.perf_counter()
    derived = derive(stated, rules)
    took = time.perf_counter() - started
    store = ox.Store()
    store.extend([*stated, *derived])
    measured = [_measure(query, EmbeddedStore(store)) for query in read_library(rooms.queries)]
    for bound, unbound, name in sorted(measured, reverse=True):
        mark = "*" if name in PROMISED else " "
        sys.stdout.write(f"{mark} {name:40} {bound:8.1f} ms {unbound:8.1f} ms for all\n")
    sys.stdout.write(f"  {len(derived)} derived from {len(stated)} in {took:.2f} s\n")


def _measure(query: SavedQuery, store: EmbeddedStore) -> tuple[float, float, str]:
    """Return the median milliseconds of `query` with its examples, and without, and its name."""
    bind = {each.name: each.term(each.example) for each in query.parameters}
    bound = _median(lambda: _exhaust(store, query, bind))
    unbound = _median(lambda: _exhaust(store, query, {})) if bind else bound
    return bound, unbound, query.name


def _median(call: Callable[[], object]) -> float:
    """Return the median time of a call, in milliseconds."""
    times = []
    for _ in range(REPEATED):
        started = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - started))
    return median(times)


def _exhaust(
    store: EmbeddedStore, query: SavedQuery, bind: dict[str, ox.NamedNode | ox.Literal]
) -> int:
    """Answer `query` to its last row; return how many there were."""
    return sum(1 for _ in store.answer(query.text, bind))  # type: ignore[union-attr, misc]


if __name__ == "__main__":
    main()
