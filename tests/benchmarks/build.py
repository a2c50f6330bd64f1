"""How long a build of the rooms takes, and how much memory all its processes together.

    python tests/benchmarks/build.py [folder of the rooms]

Three builds of a copy: nothing remembered; one contract changed; the same again with nothing
remembered, which must give the same release. Linux only: memory is read in /proc, each page that
processes share counted once.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from contrats.rooms import find_rooms

PAUSE: Final = 0.05
CHANGED: Final = "data/contracts/valence-2019.ttl"
BEFORE: Final = '"Contrat local de santé de Valence 2019-2023"@fr'
AFTER: Final = '"Contrat local de santé de Valence, 2019-2023"@fr'


@dataclass(frozen=True, slots=True)
class Measure:
    """One build: seconds, those of all processors, most megabytes held together, its release."""

    seconds: float
    busy: float
    megabytes: float
    release: str


def main() -> None:
    """Measure the three builds and print a line each."""
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as temporary:
        root, releases = Path(temporary) / "rooms", Path(temporary) / "releases"
        found = find_rooms(given)
        for field in fields(found):
            shutil.copytree(getattr(found, field.name), root / field.name)
        show("nothing remembered", measure(root, releases))
        path = root / CHANGED
        text = path.read_text("utf-8")
        path.write_text(text.replace(BEFORE, AFTER), "utf-8")
        changed = measure(root, releases)
        show("one contract changed", changed)
        again = measure(root, Path(temporary) / "others")
        show("the same, nothing remembered", again)
        print("same bytes" if again.release == changed.release else "OTHER BYTES")  # noqa: T201


def measure(root: Path, releases: Path) -> Measure:
    """Return what one build takes."""
    command = [sys.executable, "-m", "contrats", "build", "--rooms", str(root)]
    command += ["--releases", str(releases)]
    began, busy, most = time.monotonic(), processor_time(), 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as build:
        while build.poll() is None:
            most = max(most, sum(map(megabytes, family(build.pid))))
            time.sleep(PAUSE)
        printed = build.stdout.read() if build.stdout else ""
    took = time.monotonic() - began
    return Measure(took, processor_time() - busy, most, Path(printed.strip()).name)


def processor_time() -> float:
    """Return how long processors have worked for the builds that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def family(process: int) -> list[int]:
    """Return `process` and all that it started."""
    found = [process]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:  # it ended meanwhile
                continue
    return found


def megabytes(process: int) -> float:
    """Return the proportional set size of `process`; nothing when it ended meanwhile."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def show(name: str, found: Measure) -> None:
    """Print one measure."""
    times = f"{found.seconds:.1f} s ({found.busy:.1f} s of processors)"
    print(f"{name}: {times}, {found.megabytes:.0f} MB, {found.release}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
