"""The LDES client of npm, as its lock file in `ldes/` installs it: it keeps where it stopped."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Final

from tests.clients.terms import HERE, skip_without

if TYPE_CHECKING:
    from pathlib import Path

_CLIENT: Final = HERE / "ldes" / "node_modules" / "ldes-client" / "dist" / "bin" / "cli.js"


def read(address: str, state: Path) -> str:
    """Return the members, as N-Quads, that the stream at `address` has since the last reading."""
    node = shutil.which("node")
    if node is None or not _CLIENT.is_file():
        skip_without("ldes-client", "install Node.js, then npm ci --prefix tests/clients/ldes")
    done = subprocess.run(
        [str(node), _CLIENT, address, "--save", state],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=120,
    )
    return "".join(f"{line}\n" for line in done.stdout.splitlines() if line.startswith("<"))
