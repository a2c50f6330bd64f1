"""Five minutes of mixed load, then connections that never finish: what a visitor sees of it.

    python -m tests.benchmarks.load <folder of releases> [--seconds 300] [--clients 8]
        [--only mixed|unfinished]…

Of a hundred requests 60 are for pages, 30 are queries, 10 are for dumps; the mixture is the same
each time. The clients are one process beside the server: they share its processors. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.benchmarks.crowd import Crowd
from tests.benchmarks.mixture import SEED, SHARES, WHOLE, read_mixture
from tests.benchmarks.race import p99
from tests.benchmarks.servers import BUDGET, megabytes, processor_time, serve_release
from tests.benchmarks.unfinished import hold_unfinished

from contrats.release import open_release

if TYPE_CHECKING:
    from tests.benchmarks.crowd import Outcome
    from tests.benchmarks.servers import Server

    from contrats.release import Release

PARTS: Final = ("mixed", "unfinished")
_MINUTE: Final = 60.0
_TAGGED: Final = (
    "/catalog.ttl", "/catalog.rdf",
    *(f"/dump/contrats.{suffix}" for suffix in ("ttl", "jsonld", "rdf", "nt", "trig", "nq")),
)  # fmt: skip


def main() -> None:
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("releases", type=Path)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--only", choices=PARTS, action="append")
    given = parser.parse_args()
    release = open_release(given.releases)
    say(f"release {release.identifier}; budget: {', '.join(BUDGET)}; other limits as by default")
    with serve_release(given.releases) as server:
        if "mixed" in (given.only or PARTS):
            asyncio.run(load(server, release, given.clients, given.seconds))
        if "unfinished" in (given.only or PARTS):
            hold_unfinished(server)


async def load(server: Server, release: Release, clients: int, seconds: float) -> None:
    """Load the server and tell what came of it."""
    client = server.connect()
    tags = {path: client.get(path).headers["etag"] for path in _TAGGED if "catalog" in path}
    tags |= {path: _tag(release, path) for path in _TAGGED if "dump" in path}
    client.close()
    crowd = Crowd(server.port, read_mixture(release, tags))
    gc.freeze()
    shares = ", ".join(f"{share:.0%} {kind}" for kind, share in SHARES.items())
    say(f"{clients} clients on 127.0.0.1, {seconds:g} s, seed {SEED}: {shares} requests")
    say(f"of the dumps {WHOLE:.0%} taken whole; {len(crowd.mixture.pages.requests)} pages in all")
    memory = [("the start", megabytes(server.process.pid))]
    began, worked, own = (
        time.perf_counter(),
        processor_time(server.process.pid),
        time.process_time(),
    )
    running = asyncio.create_task(crowd.run(clients, seconds))
    if seconds > _MINUTE:
        await asyncio.sleep(_MINUTE)
        memory.append(("the first minute", megabytes(server.process.pid)))
    await running
    took = time.perf_counter() - began
    memory.append(("the end", megabytes(server.process.pid)))
    worked, own = processor_time(server.process.pid) - worked, time.process_time() - own
    tell(crowd.outcomes, took)
    say(f"processors: server {worked / 1000:.1f} s, clients {own:.1f} s of {took:.1f} s")
    tell_memory(memory)


def _tag(release: Release, path: str) -> str:
    """Return the ETag of a dump, which is its SHA-256."""
    name = f"dumps/{path.removeprefix('/dump/')}"
    return next(f'"{file.sha256}"' for file in release.manifest.files if file.path == name)


def tell(outcomes: list[Outcome], seconds: float) -> None:
    """Print errors, rates and times, of each kind and over all but whole dumps."""
    kinds: defaultdict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        kinds[each.wanted.kind].append(each)
        if each.wanted.kind != "whole dump":
            kinds["all but whole dumps"].append(each)
    for kind, found in sorted(kinds.items()):
        times = [each.milliseconds for each in found]
        distinct = len({each.wanted.request for each in found})
        told = f"p50 {median(times):7.2f} ms, p99 {p99(times):8.2f} ms, most {max(times):8.0f} ms"
        say(f"{kind:20} {len(found):7} requests, {distinct:6} distinct: {told}")
    rate = len(outcomes) / seconds
    say(
        f"{rate:.0f} requests a second, {sum(each.size for each in outcomes) / 1e6:.0f} MB received"
    )
    wrong = Counter((each.status, each.wanted.target[:90]) for each in outcomes if each.failed)
    say(f"errors: {wrong.total()}")
    for (status, target), times_seen in wrong.most_common(10):
        say(f"  {times_seen} x {status or 'no answer'}: {target}")
    slowest = sorted(outcomes, key=lambda each: -each.milliseconds)
    for each in [one for one in slowest if one.wanted.kind != "whole dump"][:8]:
        say(f"  slow: {each.milliseconds:.0f} ms {each.wanted.target[:110]}")


def tell_memory(measured: list[tuple[str, tuple[float, float]]]) -> None:
    """Print the memory of the whole process tree, and how it grew."""
    for when, (shared, resident) in measured:
        say(
            f"memory at {when}: {shared:.0f} MB PSS, {resident:.0f} MB RSS (shared pages each time)"
        )
    last = measured[-1][1][0]
    for when, (shared, _) in measured[:-1]:
        say(f"growth since {when}: {last - shared:+.0f} MB PSS")


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
