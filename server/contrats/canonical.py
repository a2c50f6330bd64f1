"""One text for one set of statements: what is hashed, compared and published."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def canonical_lines(quads: Iterable[ox.Quad]) -> list[str]:
    """Return the canonical N-Quads of `quads`, one line each, in code point order.

    Without blank nodes this is the canonical form of RDFC-1.0
    (https://www.w3.org/TR/rdf-canon/#dfn-canonical-n-quads-form): no label is left to choose.
    """
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    # Only "\n" ends a line: a literal may hold U+2028 and others that str.splitlines would cut at.
    return sorted({f"{line}\n" for line in text.decode("utf-8").split("\n") if line})


def join_lines(lines: Iterable[str]) -> bytes:
    """Return `lines` as the bytes of a file."""
    return "".join(lines).encode("utf-8")


def graph_hash(quads: Iterable[ox.Quad]) -> str:
    """Return the SHA-256 of the canonical N-Quads of `quads`.

    For one named graph these are its lines in `contrats.nq`: anyone can cut them out and compare.
    """
    return hashlib.sha256(join_lines(canonical_lines(quads))).hexdigest()


def by_graph(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Quad]]:
    """Return the quads of each named graph, under the graph's IRI, in the order of the IRIs."""
    graphs: defaultdict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs[quad.graph_name.value].append(quad)
    return dict(sorted(graphs.items()))


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
