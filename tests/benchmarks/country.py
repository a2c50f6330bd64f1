"""A made-up country of 700 contracts, about a million statements: a release that can be served.

    python -m tests.benchmarks.country <folder of releases> <new folder of releases>

The release that is current in the first folder is the seed. Each contract beyond its own is made
of the matter of several real ones, renamed: participations, priorities, actions, claims,
statements. So a contract of the country is documented as fully as nine of today's, and has the
bodies, themes, territories and named graphs that they have. Nothing is drawn by chance: the same
seed gives the same bytes. Not validated: nobody signed these.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats import shelf
from contrats.canonical import canonical_lines
from contrats.contents import Made, begin_contents, finish_contents
from contrats.derivation import GRAPH, derive_into, load_union, read_rules
from contrats.edition import select_graph
from contrats.pool import open_pool
from contrats.release import open_release
from contrats.report import Report
from contrats.rooms import find_rooms
from contrats.search import write_index
from contrats.union import unite
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CONTRACTS: Final = 700
MATTER: Final = 9
"""How many real contracts a made-up one is made of."""
_ROUNDS: Final = ("bis", "ter", "quater")
_CONTRACT: Final = f"<{BASE}id/contract/"
_GRAPH: Final = f"<{BASE}graph/contract/"
_DERIVED: Final = f"<{GRAPH.value}>"
_CLASSIFICATION: Final = f"<{BASE}graph/classification>"
_OURS: Final = re.compile(f"<{BASE}(id|graph)/([a-z-]+)/([a-z0-9-]+)>")
_ONCE: Final = frozenset(
    ("temporal", "title", "identifier", "type", "spatial", "succeeds", "leadBody")
)
"""Local names of the properties that a contract takes from the first of those it is made of."""
_SHARED: Final = frozenset({"actor", "territory", "source", "plan", "place", "law"})
"""Kinds of things that are no contract's own, though some are named after one."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seed:
    """The lines of the real release: of each contract by its name, and of all the rest."""

    contracts: Mapping[str, Sequence[str]]
    rest: Sequence[str]


@dataclass(frozen=True, slots=True)
class Copy:
    """A made-up contract: its name, the real ones whose matter it takes, the names of its round."""

    name: str
    sources: Sequence[str]
    named: Mapping[str, str]

    def lines(self, seed: Seed) -> Iterator[str]:
        """Yield its statements."""
        for number, source in enumerate(self.sources):
            part = self.name if number == 0 else f"{self.name}-{chr(ord('a') + number)}"
            for line in seed.contracts[source]:
                if number == 0 or not self._is_once(line, source):
                    renamed = _OURS.sub(lambda found: self._rename(found, source, part), line)  # noqa: B023 -- called at once
                    yield self._distinguish(renamed)

    def _is_once(self, line: str, source: str) -> bool:
        """Tell whether a line says of the contract what can be said but once."""
        subject, predicate, rest = line.split(" ", 2)
        if subject != f"{_CONTRACT}{source}>":
            return False
        found = _OURS.match(rest)
        local = re.split(r"[/#]", predicate[:-1])[-1]
        if local in _ONCE or not found or found[2] in _SHARED:
            return True
        return _owner(found[3], (source,)) is None

    def _rename(self, found: re.Match[str], source: str, part: str) -> str:
        """Return the IRI in the country of what `found` names."""
        room, kind, name = found.groups()
        if kind in _SHARED:
            return found[0]
        if kind == "contract":
            new = self.name if name == source else self.named.get(name, name)
            return f"<{BASE}{room}/{kind}/{new}>"
        if _owner(name, (source,)):
            return f"<{BASE}{room}/{kind}/{part}{name[len(source) :]}>"
        owner = _owner(name, self.named)
        return (
            f"<{BASE}{room}/{kind}/{self.named[owner]}{name[len(owner) :]}>" if owner else found[0]
        )

    def _distinguish(self, line: str) -> str:
        """Return a line whose title or identifier is that of this contract alone."""
        if line.startswith(f"{_CONTRACT}{self.name}> <http://purl.org/dc/terms/title>"):
            return line.replace('"@fr', f' ({self.name.rsplit("-", 1)[1]})"@fr', 1)
        if line.startswith(f"{_CONTRACT}{self.name}> <http://purl.org/dc/terms/identifier>"):
            return re.sub(r'"[^"]*"', f'"{self.name}"', line, count=1)
        return line


def main() -> None:
    """Make the country and say what it holds."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    seed_folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    seed = read_seed(open_release(seed_folder).path("contrats.nq"))
    stated = [line for copy in plan_copies(seed) for line in copy.lines(seed)]
    stated += seed.rest
    stated += (line for lines in seed.contracts.values() for line in lines)
    identifier = publish(target, stated)
    _log.info("%s", target / identifier)


def read_seed(path: Path) -> Seed:
    """Return the lines at `path`, sorted out; what was derived is left out."""
    contracts: defaultdict[str, list[str]] = defaultdict(list)
    rest, classifying = [], []
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            graph = line.rsplit(" ", 2)[1]
            if graph.startswith(_GRAPH):
                contracts[graph[len(_GRAPH) : -1]].append(line)
            elif graph == _CLASSIFICATION:
                classifying.append(line)
            elif graph != _DERIVED:
                rest.append(line)
    for line in classifying:
        found = _OURS.match(line)
        owner = _owner(found[3], contracts) if found else None
        (contracts[owner] if owner else rest).append(line)
    return Seed(contracts, rest)


def _owner(name: str, contracts: Mapping[str, object] | tuple[str, ...]) -> str | None:
    """Return the contract, one of `contracts`, whose name begins `name`."""
    while name and name not in contracts:
        name = name.rpartition("-")[0]
    return name or None


def plan_copies(seed: Seed) -> Iterator[Copy]:
    """Yield the contracts to be made up: all real ones once more, then again, as many as it takes.

    The first of what each is made of is its own namesake, the others follow in the alphabet.
    """
    names = sorted(seed.contracts)
    wanted = CONTRACTS - len(names)
    for turn in _ROUNDS:
        chosen, wanted = names[:wanted], wanted - len(names[:wanted])
        named = {name: f"{name}-{turn}" for name in chosen}
        for place, name in enumerate(chosen):
            matter = [names[(place + 41 * n) % len(names)] for n in range(MATTER)]
            yield Copy(named[name], matter, named)


def publish(releases: Path, stated: Sequence[str]) -> str:
    """Make a release of the statements, with what the rules derive; return its identifier."""
    quads = list(ox.parse("".join(stated), format=ox.RdfFormat.N_QUADS))
    began = time.perf_counter()
    store = load_union(quads)
    quads += derive_into(store, read_rules(find_rooms().queries))
    lines = canonical_lines(quads)
    graphs = len({quad.graph_name for quad in quads})
    took = time.perf_counter() - began
    _log.info("%d statements in %d graphs, derived in %.0f s", len(lines), graphs, took)
    with shelf.hold(releases) as folder, open_pool(alone=True) as pool:
        begun = begin_contents(folder, lines, pool)
        union = unite(lines, store)
        write_index(folder, quads)
        digests = {name: said for task in begun.files for name, said in task.result().items()}
        made = Made(digests, begun.graphs.result())
        identifier = finish_contents(folder, select_graph(quads), union, Report(()), made)
        shelf.publish(releases, folder, identifier)
    return identifier


if __name__ == "__main__":
    main()
