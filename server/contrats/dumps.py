"""The forms in which the whole data set can be taken away."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.canonical import graph_in
from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Dump:
    """One form of the whole data set: file, format, names in the EU's and IANA's lists."""

    suffix: str
    format: ox.RdfFormat
    eu_file_type: str
    media_type: str

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return f"contrats.{self.suffix}"


DUMPS: Final = (
    Dump("ttl", ox.RdfFormat.TURTLE, "RDF_TURTLE", "text/turtle"),
    Dump("rdf", ox.RdfFormat.RDF_XML, "RDF_XML", "application/rdf+xml"),
    Dump("jsonld", ox.RdfFormat.JSON_LD, "JSON_LD", "application/ld+json"),
    Dump("nt", ox.RdfFormat.N_TRIPLES, "RDF_N_TRIPLES", "application/n-triples"),
    Dump("trig", ox.RdfFormat.TRIG, "RDF_TRIG", "application/trig"),
    Dump("nq", ox.RdfFormat.N_QUADS, "RDF_N_QUADS", "application/n-quads"),
)
"""Turtle, RDF/XML and N-Triples hold the union of the graphs; the others keep the graphs apart."""


GROUPS: Final = (("trig", "jsonld"), ("ttl", "rdf"), ("nt", "nq"))
"""Forms that are written from the same reading of the data."""


def write_dumps(canonical: Path, folder: Path, suffixes: tuple[str, ...]) -> dict[str, str]:
    """Write, in `folder`, some dumps of the canonical N-Quads at `canonical`.

    Return the SHA-256 of each by its name. The order of the lines makes the bytes stable; where
    graphs are blocks it is that of the graphs, which keeps them small.
    """
    chosen = [dump for dump in DUMPS if dump.suffix in suffixes]
    if suffixes == GROUPS[2]:
        shutil.copyfile(canonical, folder / "contrats.nq")
        _write_lines(canonical, folder / "contrats.nt")
    else:
        statements = _by_graph(canonical) if suffixes == GROUPS[0] else _union(canonical)
        for dump in chosen:
            target = str(folder / dump.file)
            ox.serialize(statements, target, dump.format, prefixes=dict(PREFIXES))
    return {dump.file: _sha256(folder / dump.file) for dump in chosen}


def _write_lines(canonical: Path, target: Path) -> None:
    """Write N-Triples: the lines without their graphs, each once; the same are neighbours."""
    before = b""
    with canonical.open("rb") as lines, target.open("wb") as written:
        for line in lines:
            triple = line.rsplit(b" ", 2)[0]
            if triple != before:
                written.write(triple + b" .\n")
            before = triple


def _by_graph(canonical: Path) -> list[ox.Quad]:
    """Return the quads of the file, graph after graph."""
    with canonical.open("rb") as file:
        lines = file.readlines()
    lines.sort(key=graph_in)
    return list(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))


def _union(canonical: Path) -> list[ox.Triple]:
    """Return each triple of the file once, in its order."""
    quads = ox.parse(path=canonical, format=ox.RdfFormat.N_QUADS)
    return list(dict.fromkeys(quad.triple for quad in quads))


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
