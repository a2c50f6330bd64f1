"""How fast the endpoint answers beside others, and what each promise about it comes to.

    python -m tests.benchmarks.endpoint <folder of releases>
        [--oxigraph <oxigraph>] [--rdflib <rdflib-endpoint>] [--only <part>]…

Parts: oxigraph, rdflib, labels, cold, hop; all of them unless some are named, but for those whose
program is not given. Both are PyPI packages, to be installed in an environment of their own.

One run: the servers answer in turn, over connections that are kept alive, and the same rows are
asked of both. Medians, of what each takes and of their ratio and difference in each round.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox
from tests.benchmarks.cases import OVER_ALL, POINTS, SAVED, Case, list_contracts, read_cases
from tests.benchmarks.race import Race, count_rows, race
from tests.benchmarks.servers import (
    BUDGET,
    JSON,
    Server,
    processor_time,
    serve_oxigraph,
    serve_rdflib,
    serve_release,
)  # fmt: skip

from contrats.engine.asked import Asked
from contrats.engine.budget import Budgets
from contrats.engine.engine import Engine
from contrats.hits import find
from contrats.limits import Limits
from contrats.release import Release, open_release
from contrats.search import NAME
from contrats.store import evaluate, open_store

if TYPE_CHECKING:
    from collections.abc import Callable

Pair: TypeAlias = tuple[Server, Server]

PARTS: Final = ("oxigraph", "rdflib", "labels", "cold", "hop")
LONG: Final = 20.0
"""Milliseconds above which a query is measured by its ratio."""
PATIENCE: Final = 120.0
"""Seconds after which a query of rdflib-endpoint is given up, and counts as this long."""
STARTS: Final = 5
AGAINST_RDFLIB: Final = {"graph": 15, "matrix": 15, "regex": 15, "not-exists": 15, "pairs": 50}


def main() -> None:
    """Run the parts that are asked for."""
    given = _read_arguments()
    release = open_release(given.releases)
    quads = sum(graph.quads for graph in release.manifest.graphs)
    contracts = len(list_contracts(release.manifest))
    say(f"release {release.identifier}: {contracts} contracts, {quads} quads")
    say(f"budget of the endpoint: {', '.join(BUDGET)}; the other limits are the defaults")
    for part in given.only or PARTS:
        say(f"\n== {part}")
        {
            "oxigraph": lambda: against_oxigraph(given.releases, release, given.oxigraph),
            "rdflib": lambda: against_rdflib(given.releases, release, given.rdflib),
            "labels": lambda: search_labels(given.releases, release, given.oxigraph),
            "cold": lambda: start_cold(given.releases),
            "hop": lambda: measure_hop(release),
        }[part]()


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("releases", type=Path)
    parser.add_argument("--oxigraph", metavar="EXECUTABLE")
    parser.add_argument("--rdflib", metavar="EXECUTABLE")
    parser.add_argument("--only", metavar="PART", choices=PARTS, action="append")
    return parser.parse_args()


def against_oxigraph(releases: Path, release: Release, executable: str | None) -> None:
    """Race with `oxigraph serve`: points, queries over all, the same again."""
    if executable is None:
        say("no --oxigraph: left out")
        return
    contracts = list_contracts(release.manifest)
    with (
        serve_release(releases) as ours,
        serve_oxigraph(executable, release.path("contrats.nq")) as theirs,
    ):
        for case in read_cases(POINTS, contracts):
            found = compare(case, (ours, theirs), case.distinct)
            show(case.name, found, "at most +1 ms", kept=found.difference <= 1)
        for case in read_cases([*OVER_ALL, *SAVED], contracts):
            found = compare(case, (ours, theirs), case.distinct)
            if median(found.theirs) > LONG:
                show(case.name, found, "at most 1.1x", kept=found.ratio <= 1.1)
            else:
                show(case.name, found)
        for case in read_cases(["point-properties", "graph", "regex", "aggregate"], contracts):
            found = compare(case, (ours, theirs), lambda _, case=case: case.text)  # type: ignore[misc]
            show(f"again: {case.name}", found, "faster", kept=found.difference < 0)


def against_rdflib(releases: Path, release: Release, executable: str | None) -> None:
    """Race with rdflib-endpoint; one that did not answer in time is started again."""
    if executable is None:
        say("no --rdflib: left out")
        return
    contracts = list_contracts(release.manifest)
    waiting = list(read_cases(list(AGAINST_RDFLIB), contracts))
    with serve_release(releases) as ours:
        while waiting:
            with serve_rdflib(executable, release.path("contrats.nq")) as theirs:
                while waiting and _race_rdflib(waiting.pop(0), ours, theirs):
                    pass


def _race_rdflib(case: Case, ours: Server, theirs: Server) -> bool:
    """Race in one query; tell whether rdflib-endpoint answered in time."""
    wanted = AGAINST_RDFLIB[case.name]
    try:
        found = compare(case, (ours, theirs), case.distinct, seconds=30, fewest=3)
    except TimeoutError:
        client = ours.connect()
        alone = race(
            lambda n: client.query(ours.path, case.distinct(n), case.accept),
            lambda n: client.query(ours.path, case.distinct(-n - 1), case.accept), count_rows, 3,
        )  # fmt: skip
        least = 1000 * PATIENCE / median(alone.ours)
        told = f"ours {median(alone.ours):.2f} ms; theirs not within {PATIENCE:g} s"
        say(f"{case.name:28} {told}: over {least:.0f}x")
        return False
    show(case.name, found, f"at least {wanted}x", kept=1 / found.ratio >= wanted)
    say(f"{'':28} that is {1 / found.ratio:.1f}x")
    return True


def compare(
    case: Case, servers: Pair, text: Callable[[int], str], *, seconds: float = 4, fewest: int = 5
) -> Race:
    """Race two servers, each asked `text` of the number of the round."""
    one, other = (server.connect(timeout=PATIENCE) for server in servers)
    before = [processor_time(server.process.pid) for server in servers]
    try:
        found = race(
            lambda n: one.query(servers[0].path, text(n), case.accept),
            lambda n: other.query(servers[1].path, text(n), case.accept),
            count_rows,
            seconds,
            fewest,
        )
    finally:
        one.close()
        other.close()
    after = [processor_time(server.process.pid) for server in servers]
    rounds = len(found.ours)
    worked = ((after[0] - before[0]) / rounds, (after[1] - before[1]) / rounds)
    return replace(found, worked=worked)


def search_labels(releases: Path, release: Release, executable: str | None) -> None:
    """Race the page of the search, and the index behind it, with CONTAINS over all labels."""
    quads = release.path("contrats.nq")
    words, store = list_words(release.path(NAME)), open_store(quads).quads
    (case,) = read_cases(["labels"], words)

    def word(number: int) -> str:
        return words[number % len(words)]

    def text(number: int) -> str:
        return case.text.replace("valence", word(number))

    def index(number: int) -> bytes:
        return str(find(release.folder, word(number))).encode()

    _show_search("index | CONTAINS in process", index, lambda n: _evaluate(store, text(n)))
    with ExitStack() as servers:
        asked = [("here", servers.enter_context(serve_release(releases)))]
        if executable:
            asked.append(("oxigraph", servers.enter_context(serve_oxigraph(executable, quads))))
        client = asked[0][1].connect()

        def page(number: int) -> bytes:
            return client.get(f"/search?q={word(number)}", "text/html").body

        for name, server in asked:
            _race_search(f"page | CONTAINS {name}", page, server, text)


def _race_search(
    name: str, page: Callable[[int], bytes], server: Server, text: Callable[[int], str]
) -> None:
    other = server.connect()
    _show_search(name, page, lambda n: other.query(server.path, text(n), JSON).body)


def _show_search(
    name: str, search: Callable[[int], bytes], contains: Callable[[int], bytes]
) -> None:
    """Race the two ways to find a name; the rows differ, since endings and accents do not count."""
    found = race(search, contains, lambda _: 0)
    show(name, found, "at least 100x", kept=1 / found.ratio >= 100)
    say(f"{'':28} that is {1 / found.ratio:.1f}x")


def list_words(index: Path) -> list[str]:
    """Return words of names, each once, in an order that mixes them: the same each time."""
    with sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro&immutable=1", uri=True) as read:
        names = read.execute("SELECT name FROM names WHERE kind != 'territory'").fetchall()
    words = {word for (name,) in names for word in name.lower().split() if _is_plain(word)}
    return sorted(words, key=lambda word: word[::-1])


def _is_plain(word: str) -> bool:
    """Tell whether a word may stand in an address, and says something."""
    return len(word) > 4 and word.isascii() and word.isalpha()


def start_cold(releases: Path) -> None:
    """Start the server several times and print when its first answer to a query was there."""
    seconds = []
    for _ in range(STARTS):
        with serve_release(releases) as server:
            seconds.append(server.seconds)
    told = ", ".join(f"{each:.1f}" for each in seconds)
    say(f"first answer after {told} s (at most 8 s: {'yes' if median(seconds) < 8 else 'NO'})")


def measure_hop(release: Release) -> None:
    """Race the engine, whose processes answer, with the same evaluation in this process."""
    limits = Limits(client_requests=1_000_000, client_seconds=100_000)
    store = open_store(release.path("contrats.nq")).quads
    contracts = list_contracts(release.manifest)
    with tempfile.TemporaryDirectory() as spool:
        engine = Engine(release.folder, limits, Budgets(limits), Path(spool))
        try:
            for case in read_cases([*POINTS, *OVER_ALL], contracts):
                show(case.name, _race_engine(case, engine, store))
        finally:
            engine.close()


def _race_engine(case: Case, engine: Engine, store: ox.Store) -> Race:
    form = "json" if case.accept == JSON else "nt"

    def asked(number: int) -> int:
        body = engine.answer(Asked(case.distinct(number), form), "127.0.0.1").body
        return len(body) if isinstance(body, bytes) else len(body.read())

    return race(asked, lambda n: len(_evaluate(store, case.distinct(n))), lambda _: 0)


def _evaluate(store: ox.Store, text: str) -> bytes:
    """Return the answer as bytes, made in this process."""
    found = evaluate(store, text)
    if isinstance(found, ox.QueryTriples):
        return ox.serialize(found, format=ox.RdfFormat.N_TRIPLES) or b""
    return found.serialize(format=ox.QueryResultsFormat.JSON) or b""


def show(name: str, found: Race, promise: str = "", *, kept: bool = True) -> None:
    """Print one race, and whether it keeps a promise."""
    told = f"  [{promise}: {'yes' if kept else 'NO'}]" if promise else ""
    say(f"{name:28} {found}{told}")


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
