"""Comunica, as npm installs it from the lock file beside this: one process asks all queries."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from tests.clients.terms import HERE, QUERIES, read_json, read_statements, skip_without

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.clients.terms import Row

KINDS: Final = ("sparql", "auto")
"""Comunica is told that it is an endpoint, or finds out from the service description."""


def rows(endpoint: str, query: str, kind: str) -> list[Row]:
    """Return the rows that Comunica reads."""
    return read_json(json.loads(_ask(endpoint, query, kind)))


def boolean(endpoint: str, query: str, kind: str) -> bool:
    """Return the boolean that Comunica reads."""
    return bool(json.loads(_ask(endpoint, query, kind))["boolean"])


def graph(endpoint: str, query: str, kind: str) -> set[Row]:
    """Return the statements that Comunica reads."""
    said = _ask(endpoint, query, kind)
    return read_statements(ox.parse(said, format=ox.RdfFormat.N_QUADS))


def _ask(endpoint: str, query: str, kind: str) -> str:
    return _ask_all(endpoint, kind)[query]


@cache
def _ask_all(endpoint: str, kind: str) -> Mapping[str, str]:
    """Return, for each query of this folder, what Comunica read and wrote again."""
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules").is_dir():
        skip_without("Comunica", "install Node.js, then npm ci --prefix tests/clients")
    texts = list(QUERIES.values())
    done = subprocess.run(
        [str(node), str(HERE / "comunica.mjs"), kind, endpoint],
        check=False,
        capture_output=True,
        encoding="utf-8",
        input=json.dumps(texts),
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return dict(zip(texts, json.loads(done.stdout), strict=True))
