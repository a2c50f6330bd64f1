"""What a day's visitors ask, drawn with a fixed seed: pages, queries and dumps of a release."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass, replace
from itertools import accumulate, product
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from tests.benchmarks.cases import POINTS, Case, read_cases

from contrats.library import read_library
from contrats.rooms import find_rooms
from contrats.search import NAME
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from contrats.release import Release

SEED: Final = 1434
SHARES: Final = {"page": 0.6, "query": 0.3, "dump": 0.1}
WHOLE: Final = 0.02
"""Of the requests for dumps, those that take a whole file; most ask whether it changed."""
_LISTS: Final = (
    "/", "/contracts", "/search?q=sante+mentale", "/actors", "/queries", "/coverage", "/plans",
    "/sparql", "/def", "/search?q=valence", "/search?q=addictions", "/search?q=dr%C3%B4me",
    "/catalog", "/contracts?region=84", "/contracts?region=11", "/contracts?region=76",
)  # fmt: skip
_KINDS: Final = {"contract": 1000, "actor": 1000, "plan": 50, "theme": 50, "territory": 300}
"""Kinds of things whose pages are asked for, and of how many at most."""
_BROWSER: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_FORMS: Final = ("csv", "json", "html", "tsv")
_DATA: Final = ("ttl", "jsonld")
_YEARS: Final = ("2018", "2020", "2022", "2024")
_DISTINCT: Final = 0.5
"""Of the queries that people write themselves, those that nobody has asked before."""
_NIGHTLY: Final = {"condition": 0.6, "head": 0.25, "range": 0.13, "whole": WHOLE}
_FILES: Final = {"ttl": 6, "jsonld": 2, "rdf": 1, "nt": 1, "trig": 1, "nq": 1}
"""Dumps, and how often each is taken."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request: its kind, its bytes, the status that it should have."""

    kind: str
    target: str
    request: bytes
    status: int = 200


def make(kind: str, target: str, accept: str = "*/*", more: str = "", status: int = 200) -> Wanted:
    """Return a GET; `more` are further lines of its head."""
    head = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n{more}\r\n"
    return Wanted(kind, target, head.encode(), status)


class Popular:
    """Requests of which the first is asked for most: the n-th 1/n times as often (Zipf)."""

    def __init__(self, requests: Sequence[Wanted]) -> None:
        """Keep the requests in their order."""
        self.requests = requests
        self._sums = list(accumulate(1 / (place + 1) for place in range(len(requests))))

    def draw(self, chance: random.Random) -> Wanted:
        """Return one of them."""
        return chance.choices(self.requests, cum_weights=self._sums)[0]


@dataclass(slots=True)
class Mixture:
    """All that may be asked; `tags` are the ETags of the dumps by their addresses."""

    pages: Popular
    saved: Popular
    points: Sequence[Wanted]
    contracts: Sequence[str]
    tags: Mapping[str, str]
    asked: int = 0

    def draw(self, chance: random.Random) -> Wanted:
        """Return the next request."""
        kind = chance.choices(list(SHARES), list(SHARES.values()))[0]
        if kind == "page":
            return self.pages.draw(chance)
        return self._draw_query(chance) if kind == "query" else self._draw_dump(chance)

    def _draw_query(self, chance: random.Random) -> Wanted:
        """Return a saved query two times of three, else one that somebody wrote."""
        if chance.random() < 2 / 3:
            return self.saved.draw(chance)
        if chance.random() >= _DISTINCT:
            return chance.choice(self.points)
        self.asked += 1
        (case,) = read_points(chance.choice(POINTS), self.contracts)
        text = case.distinct(
            chance.randrange(len(self.contracts)) + len(self.contracts) * self.asked
        )
        return make("query", f"/sparql?query={quote(text, safe='')}", case.accept)

    def _draw_dump(self, chance: random.Random) -> Wanted:
        """Return what a harvester does: it mostly asks whether anything has changed."""
        suffix = chance.choices(list(_FILES), list(_FILES.values()))[0]
        target = f"/dump/contrats.{suffix}"
        way = chance.choices(list(_NIGHTLY), list(_NIGHTLY.values()))[0]
        if way == "condition":
            target = chance.choice((target, "/catalog.ttl", "/catalog.rdf"))
            return make("dump", target, more=f"If-None-Match: {self.tags[target]}\r\n", status=304)
        if way == "head":
            got = make("dump", target)
            return replace(got, request=got.request.replace(b"GET", b"HEAD", 1))
        if way == "range":
            first = chance.randrange(1_000_000)
            return make(
                "dump", target, more=f"Range: bytes={first}-{first + 65535}\r\n", status=206
            )
        return make("whole dump", target)


def read_mixture(release: Release, tags: Mapping[str, str]) -> Mixture:
    """Return the mixture for a release."""
    chance = random.Random(SEED)  # noqa: S311 -- a load, no secret
    things = _things(release, chance)
    pages = [make("page", f"/doc/{thing}.html", _BROWSER) for thing in things]
    contracts = [t.removeprefix("contract/") for t in things if t.startswith("contract/")]
    pages += [make("page", f"/doc/contract/{c}.{s}") for c in contracts[::20] for s in _DATA]
    chance.shuffle(pages)
    lists = [make("page", target, _BROWSER) for target in _LISTS]
    saved = list(_saved(things, contracts))
    chance.shuffle(saved)
    cases = [case for name in POINTS for case in read_points(name, contracts)]
    points = [
        make("query", f"/sparql?query={quote(case.distinct(n), safe='')}", case.accept)
        for case in cases
        for n in range(10)
    ]
    return Mixture(Popular([*lists, *pages]), Popular(saved), points, contracts, tags)


def read_points(name: str, contracts: Sequence[str]) -> Iterator[Case]:
    """Yield the query `name` about any of the contracts."""
    yield from read_cases([name], contracts)


def _things(release: Release, chance: random.Random) -> list[str]:
    """Return things that have pages, as `kind/name`: all contracts and bodies, some of the rest."""
    with sqlite3.connect(f"{release.path(NAME).as_uri()}?mode=ro&immutable=1", uri=True) as index:
        rows = index.execute("SELECT iri, kind FROM names ORDER BY iri").fetchall()
    found = []
    for wanted, most in _KINDS.items():
        names = [iri.removeprefix(f"{BASE}id/") for iri, kind in rows if kind == wanted]
        found += sorted(chance.sample(names, min(most, len(names))))
    return found


def _saved(things: Sequence[str], contracts: Sequence[str]) -> Iterator[Wanted]:
    """Yield saved queries in several forms, with each of many values of their parameters."""
    values = {
        "contract": contracts,
        "actor": [t.removeprefix("actor/") for t in things if t.startswith("actor/")],
        "region": ["region-84", "region-11", "region-75", "region-76", "region-52"],
        "theme": [t.removeprefix("theme/") for t in things if t.startswith("theme/")],
        "year": _YEARS,
    }
    for query in read_library(find_rooms().queries):
        asked: list[dict[str, str]] = [{}]
        for parameter in query.parameters:
            asked = [{parameter.name: value} for value in values.get(parameter.name, [])]
        for fields, form in product(asked, _FORMS):
            question = f"?{urlencode(fields)}" if fields else ""
            yield make("query", f"/queries/{query.name}.{form}{question}")
