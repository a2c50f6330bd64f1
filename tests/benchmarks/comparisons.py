"""How long a comparison takes: the first time that a server is asked for it, and again.

    python -m tests.benchmarks.comparisons <folder of releases> [--starts 5] [--again 20]

Each first time is that of a server just started, of which no page was asked before: what is
computed once a release is in it. Medians over the starts, milliseconds to the last byte.
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
    "all": "/compare",
}
_HTML: Final = "text/html"


def main() -> None:
    """Print the medians of each target."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("releases", type=Path)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--again", type=int, default=20)
    given = parser.parse_args()
    for name, target in TARGETS.items():
        cold, warm, size = [], [], 0
        for _ in range(given.starts):
            with serve_release(given.releases) as server:
                client = server.connect()
                size, first = timed(client, target)
                cold.append(first)
                warm += [timed(client, target)[1] for _ in range(given.again)]
        print(f"{name}: cold {median(cold):.0f} ms (longest {max(cold):.0f}), warm "  # noqa: T201
              f"{median(warm):.1f} ms, {size / 1000:.0f} kB")  # fmt: skip


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
