"""A full crawl: every HTML and RDF document from a cold start, once more, then what changed.

    python -m tests.benchmarks.crawl <folder of releases> [--clients 8] [--communes 1000]
        [--every 1]

Every thing of ours that has a document is asked for as HTML and in the five forms of RDF; of the
communes, INSEE's, a sample. The clients are one process beside the server: they share its
processors. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.crowd import Line, Outcome
from tests.benchmarks.load import say
from tests.benchmarks.mixture import SEED, Wanted, make
from tests.benchmarks.race import p99
from tests.benchmarks.servers import megabytes, processor_time, serve_release

from contrats.release import open_release
from contrats.vocabulary import BASE
from contrats.web.media import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.benchmarks.servers import Server

_SUBJECT: Final = re.compile(rf"<{re.escape(BASE)}id/([a-z0-9-]+/[a-z0-9-]+)> ")
_COMMUNE: Final = "territory/commune-"
SUFFIXES: Final = ("html", *(form.suffix for form in DOCUMENTS))


def main() -> None:
    """Crawl twice and tell what was seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("releases", type=Path)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--communes", type=int, default=1000)
    parser.add_argument("--every", type=int, default=1, help="take one thing in so many")
    given = parser.parse_args()
    release = open_release(given.releases)
    things = read_things(release.path("contrats.nq"), given.communes)[:: given.every]
    wanted = [make(suffix, f"/doc/{thing}.{suffix}") for thing in things for suffix in SUFFIXES]
    say(f"release {release.identifier}: {len(things)} things, {len(wanted)} documents")
    with serve_release(given.releases) as server:
        crawl(server, "cold", wanted, given.clients)
        tags = crawl(server, "warm", wanted, given.clients)
        crawl(server, "again", [unless(each, tags[each.target]) for each in wanted], given.clients)


def read_things(quads: Path, communes: int) -> list[str]:
    """Return the things of which a release says something, as `kind/name`, in their order."""
    with quads.open(encoding="utf-8") as lines:
        found = sorted({match[1] for line in lines if (match := _SUBJECT.match(line))})
    towns = [thing for thing in found if thing.startswith(_COMMUNE)]
    chance = random.Random(SEED)  # noqa: S311 -- a load, no secret
    left_out = set(towns) - set(chance.sample(towns, min(communes, len(towns))))
    return [thing for thing in found if thing not in left_out]


def unless(wanted: Wanted, etag: str) -> Wanted:
    """Return the same request, to be answered in full only when the document has changed."""
    head = wanted.request.removesuffix(b"\r\n") + f"If-None-Match: {etag}\r\n\r\n".encode()
    return replace(wanted, request=head, status=304)


def crawl(server: Server, title: str, wanted: Sequence[Wanted], clients: int) -> dict[str, str]:
    """Ask for everything once, and tell the rate and the times; return the ETags by address."""
    gc.collect()
    gc.freeze()
    crawler = Crawler(server.port, iter(wanted))
    worked, own = processor_time(server.process.pid), time.process_time()
    began = time.perf_counter()
    asyncio.run(crawler.run(clients))
    took = time.perf_counter() - began
    worked, own = processor_time(server.process.pid) - worked, time.process_time() - own
    times = [each.milliseconds for each in crawler.outcomes]
    megabytes_sent = sum(each.size for each in crawler.outcomes) / 1e6
    say(
        f"{title}: {len(times) / took:.0f} documents a second, p50 {p50(times):.1f} ms, "
        f"p99 {p99(times):.1f} ms, most {max(times):.0f} ms; {took:.1f} s, {megabytes_sent:.0f} MB"
    )
    for suffix in SUFFIXES:
        of_form = [each.milliseconds for each in crawler.outcomes if each.wanted.kind == suffix]
        say(f"  {suffix:7} p50 {p50(of_form):7.2f} ms, p99 {p99(of_form):8.2f} ms")
    failed = Counter(each.status for each in crawler.outcomes if each.failed)
    say(f"  errors: {dict(failed)}; processors: server {worked / 1000:.1f} s, clients {own:.1f} s")
    for each in sorted(crawler.outcomes, key=lambda each: -each.milliseconds)[:5]:
        say(f"  slow: {each.milliseconds:.0f} ms {each.wanted.target}")
    shared, resident = megabytes(server.process.pid)
    say(f"  memory: {shared:.0f} MB PSS, {resident:.0f} MB RSS")
    return crawler.tags


def p50(times: Sequence[float]) -> float:
    """Return the median."""
    return sorted(times)[len(times) // 2]


@dataclass(slots=True)
class Crawler:
    """Connections that share one list, each asking for the next as soon as it is answered."""

    port: int
    wanted: Iterator[Wanted]
    outcomes: list[Outcome] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)

    async def run(self, clients: int) -> None:
        """Ask until the list is at its end."""
        await asyncio.gather(*(self._ask_on() for _ in range(clients)))

    async def _ask_on(self) -> None:
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(Line, "127.0.0.1", self.port)
        for wanted in self.wanted:
            began = time.perf_counter()
            status, size = await asyncio.wait_for(line.ask(wanted.request), 60)
            took = 1000 * (time.perf_counter() - began)
            self.outcomes.append(Outcome(wanted, took, status, size))
            self.tags[wanted.target] = line.etag


if __name__ == "__main__":
    main()
