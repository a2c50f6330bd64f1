"""How long a comparison takes: the first time that a server is asked for it, and again.

    python -m tests.benchmarks.comparisons <folder of releases> [--starts 5] [--again 20]

Each first time is asked twice, of a server just started: as the first page of all, with what is
computed once a release and the templates read, while the release is still read into memory; and
later, after another comparison was made. Medians over the starts, milliseconds to the last byte.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.benchmarks.servers import serve_release

if TYPE_CHECKING:
    from tests.benchmarks.connection import Connection

TARGETS: Final = {
    "Valence 2012, 2019": "/compare?c=valence-2012&c=valence-2019",
    "three regions": "/compare?c=valence-2019&c=les-mureaux-2019&c=montreuil-2025",
    "all": "/compare?all",
}
OTHER: Final = "/compare?c=annonay-2022&c=nantes-2019"
_HTML: Final = "text/html"


def main() -> None:
    """Print the medians of each target."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("releases", type=Path)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--again", type=int, default=20)
    parser.add_argument("--rest", type=float, default=8, help="until the release is in memory")
    given = parser.parse_args()
    for name, target in TARGETS.items():
        first, after, again = [], [], []
        for _ in range(given.starts):
            with serve_release(given.releases) as server:
                first.append(timed(server.connect(), target)[1])
            with serve_release(given.releases) as server:
                client = server.connect()
                timed(client, OTHER)
                time.sleep(given.rest)
                size, took = timed(client, target)
                after.append(took)
                again += [timed(client, target)[1] for _ in range(given.again)]
        said = (
            f"{name}: first of all {median(first):.0f} ms, first time {median(after):.0f} ms "
            f"(longest {max(after):.0f}), again {median(again):.1f} ms, {size / 1000:.0f} kB"
        )
        print(said)  # noqa: T201


def timed(client: Connection, target: str) -> tuple[int, float]:
    """Return the bytes of the page and the milliseconds that it took."""
    began = time.perf_counter()
    response = client.get(target, _HTML)
    took = (time.perf_counter() - began) * 1000
    if response.status != 200:
        raise SystemExit(f"{target}: {response.status}")
    return len(response.body), took


if __name__ == "__main__":
    main()
