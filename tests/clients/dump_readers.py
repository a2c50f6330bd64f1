"""How many statements programs of other people read from a dump: rapper, pyld and npm jsonld.

`python -m tests.clients.dump_readers RELEASE` reads every dump of a release with each program that
knows its form, and compares with what the VoID of the release states; it takes some minutes.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from pyld import jsonld
from tests.clients.terms import skip_without

from contrats.vocabulary import BASE, EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RAPPER: Final = {
    "ttl": "turtle",
    "rdf": "rdfxml",
    "nt": "ntriples",
    "nq": "nquads",
    "trig": "trig",
}
"""The name that rapper has for each form; what it is given as JSON it reads by rules of its own."""
_MEMORY: Final = "--max-old-space-size=8192"
_FOUND: Final = re.compile(r"returned (\d+) triple")
_LISTED: Final = Path(__file__).with_name("jsonld.mjs")


def stated_counts(release: Path) -> dict[str, int]:
    """Return how many statements the VoID of `release` states for each dump, by its name."""
    quads = list(ox.parse(path=release / "void.ttl"))
    counts = {q.subject: int(q.object.value) for q in quads if q.predicate == _void("triples")}
    return {
        q.object.value.removeprefix(f"{BASE}dump/"): counts[q.subject]
        for q in quads
        if q.predicate == _void("dataDump")
    }


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(EXTERNAL["void"] + name)


def count_with_rapper(paths: Sequence[Path]) -> list[int]:
    """Return how many statements rapper reads from each of `paths`; a warning is a fault too."""
    program = which("rapper")
    if program is None:
        skip_without("rapper", "apt-get install raptor2-utils")
        return []
    return [_run_rapper(program, path) for path in paths]


def _run_rapper(program: str, path: Path) -> int:
    form = RAPPER[path.suffix.removeprefix(".")]
    command = [program, "--count", "--input", form, str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    assert "rror" not in said, said
    assert "arning" not in said, said
    found = _FOUND.search(said)
    assert found is not None, said
    return int(found[1])


def count_with_pyld(paths: Sequence[Path]) -> list[int]:
    """Return how many quads pyld reads from each of `paths`."""
    documents = (json.loads(path.read_bytes()) for path in paths)
    return [sum(map(len, jsonld.to_rdf(each).values())) for each in documents]


def count_with_jsonld_js(paths: Sequence[Path]) -> list[int]:
    """Return how many quads npm jsonld reads from each of `paths`."""
    node = which("node")
    if node is None or not _LISTED.with_name("node_modules").is_dir():
        skip_without("npm jsonld", "install Node.js, then npm ci --prefix tests/clients")
        return []
    command = [node, _MEMORY, str(_LISTED), *map(str, paths)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [int(line) for line in said.split()]


READERS: Final = {
    "rapper": (frozenset(RAPPER), count_with_rapper),
    "pyld": (frozenset({"jsonld"}), count_with_pyld),
    "npm jsonld": (frozenset({"jsonld"}), count_with_jsonld_js),
}
"""Each program, the forms that it reads, and how it is asked."""


def compare(release: Path) -> Iterator[str]:
    """Yield a line for each program and each kind of dump; of those of contracts one for all."""
    stated, dumps = stated_counts(release), release / "dumps"
    for name, (forms, count) in READERS.items():
        known = [each for each in sorted(stated) if each.rpartition(".")[2] in forms]
        groups = [[each] for each in known if "/" not in each]
        groups += [
            [e for e in known if "/" in e and e.endswith(f".{form}")] for form in sorted(forms)
        ]
        for group in filter(None, groups):
            started = time.monotonic()
            found = count([dumps / each for each in group])
            wrong = [e for e, n in zip(group, found, strict=True) if n != stated[e]]
            title = group[0] if len(group) == 1 else f"{len(group)} × {group[0]} …"
            verdict = f"NO: {wrong[:5]}" if wrong else "as stated"
            seconds = time.monotonic() - started
            yield f"{name:10} {title:45} {sum(found):>8} {verdict} {seconds:.1f} s"
    for path in sorted(dumps.glob("*.gz")):
        same = gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()
        yield f"{'gzip':10} {path.name:45} {'as stated' if same else 'NO'}"


def main() -> int:
    """Tell of each as it is read; return 1 when one is not what is stated."""
    wrong = False
    for line in compare(Path(sys.argv[1]).resolve()):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        wrong = wrong or "as stated" not in line
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
