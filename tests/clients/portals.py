"""Serves the last release that was built, and has another interpreter read its feeds.

`python -m tests.clients.portals INTERPRETER`: what `make portals` does.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from contrats.commands.harvest_check import serve_release

PARSER = Path(__file__).with_name("ckan_parser.py")


def main(interpreter: str) -> int:
    """Return 0 when the parser reads both feeds without loss."""
    with serve_release(Path("releases")) as address:
        feeds = (f"{address}catalog.ttl", f"{address}en/catalog.rdf")
        return max(
            subprocess.run([interpreter, PARSER, feed], check=False, timeout=300).returncode
            for feed in feeds
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
