"""One text for one set of statements: what is hashed, compared and published."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def canonical_lines(quads: Iterable[ox.Quad]) -> list[str]:
    """Return the canonical N-Quads of `quads`, one line each, in code point order.

    Without blank nodes this is the canonical form of RDFC-1.0
    (https://www.w3.org/TR/rdf-canon/#dfn-canonical-n-quads-form): no label is left to choose.
    """
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return sorted(set(split_lines(text.decode("utf-8"))))


def split_lines(text: str) -> list[str]:
    """Return the lines of `text`, each with its end."""
    # Only "\n" ends one: a literal may hold U+2028 and others that str.splitlines would cut at.
    return [f"{line}\n" for line in text.split("\n") if line]


def join_lines(lines: Iterable[str]) -> bytes:
    """Return `lines` as the bytes of a file."""
    return "".join(lines).encode("utf-8")


def graph_in(line: bytes) -> bytes:
    """Return the graph that a line of canonical N-Quads names, in angle brackets."""
    return line.rsplit(b" ", 2)[1]


def hash_graphs(path: Path) -> dict[str, tuple[int, str]]:
    """Return, for each graph of the canonical lines at `path`, how many and their SHA-256.

    Of one named graph they are its lines in `contrats.nq`: anyone can cut them out and compare.
    """
    graphs: defaultdict[bytes, list[bytes]] = defaultdict(list)
    with path.open("rb") as lines:
        for line in lines:
            graphs[graph_in(line)].append(line)
    return {
        graph[1:-1].decode(): (len(own), hashlib.sha256(b"".join(own)).hexdigest())
        for graph, own in sorted(graphs.items())
    }


def canonical_literals(literals: Iterable[ox.Literal]) -> dict[ox.Literal, ox.Literal]:
    """Return, for each literal that a store would rewrite, what it would become.

    The store keeps values, not spellings ("0.40" becomes "0.4"): a literal written otherwise than
    it is stored would make the release and its endpoint disagree.
    """
    asked = list(dict.fromkeys(literals))
    store = ox.Store()
    store.extend(_numbered(asked))
    stored: dict[str, ox.Literal] = {
        quad.predicate.value: quad.object for quad in store if isinstance(quad.object, ox.Literal)
    }
    pairs = zip(asked, (stored[_predicate(n)] for n in range(len(asked))), strict=True)
    return {written: kept for written, kept in pairs if written != kept}


def _numbered(literals: Sequence[ox.Literal]) -> Iterable[ox.Quad]:
    """Yield each literal as the object of a predicate of its own."""
    subject = ox.NamedNode("urn:literal")
    for number, literal in enumerate(literals):
        yield ox.Quad(subject, ox.NamedNode(_predicate(number)), literal)


def _predicate(number: int) -> str:
    return f"urn:literal:{number}"
