"""The forms in which the whole data set can be taken away."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
from dataclasses import dataclass
from itertools import chain
from typing import IO, TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.canonical import graph_in
from contrats.quad_table import HEADER, quad_rows, write_csv
from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable
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
UNION_FORMS: Final = tuple(dump for dump in DUMPS if not dump.format.supports_datasets)
"""Turtle, RDF/XML and N-Triples hold the union of the graphs."""
GRAPH_FORMS: Final = tuple(dump for dump in DUMPS if dump.format.supports_datasets)
"""The others keep the graphs apart."""

GROUPS: Final = (("trig", "jsonld"), ("ttl", "rdf"), ("nt", "nq"), ("csv",))
"""Forms that are written from the same reading of the data."""
LEVEL: Final = 6
"""How hard gzip tries: 9 takes three times as long for files that are 7 % smaller."""


def write_dumps(canonical: Path, folder: Path, suffixes: tuple[str, ...]) -> dict[str, str]:
    """Write, in `folder`, some dumps of the canonical N-Quads at `canonical`, and compress them.

    Return the SHA-256 of each by its name. The order of the lines makes the bytes stable; where
    graphs are blocks it is that of the graphs, which keeps them small.
    """
    chosen = [dump for dump in DUMPS if dump.suffix in suffixes]
    if suffixes == GROUPS[3]:
        _write_table(canonical, folder / "contrats.csv")
    elif suffixes == GROUPS[2]:
        _share(canonical, folder / "contrats.nq")
        _write_lines(canonical, folder / "contrats.nt")
    else:
        statements = _by_graph(canonical) if suffixes == GROUPS[0] else _union(canonical)
        for dump in chosen:
            write_rdf(statements, folder / dump.file, dump.format, dict(PREFIXES))
    plain = [folder / f"contrats.{suffix}" for suffix in suffixes]
    return {path.name: digest(path) for each in plain for path in (each, compress(each))}


def write_rdf(
    statements: Iterable[ox.Quad] | Iterable[ox.Triple],
    path: Path,
    form: ox.RdfFormat,
    prefixes: dict[str, str],
) -> None:
    """Write `statements` at `path` in `form`."""
    if form == ox.RdfFormat.RDF_XML:
        body = ox.serialize(statements, format=form, prefixes=prefixes) or b""
        path.write_bytes(body.replace(b"\r", b"&#xD;"))  # a reader would take it for a line end
    else:
        ox.serialize(statements, str(path), form, prefixes=prefixes)


def compress(path: Path) -> Path:
    """Write `path` compressed beside itself, and return where."""
    target = path.with_name(f"{path.name}.gz")
    with path.open("rb") as content, target.open("wb") as out:
        _compress(content, out)
    return target


def compress_bytes(content: bytes) -> bytes:
    """Return `content` compressed in the same way."""
    out = io.BytesIO()
    _compress(io.BytesIO(content), out)
    return out.getvalue()


def _compress(content: IO[bytes], out: IO[bytes]) -> None:
    """Write `content` compressed in `out`: the same bytes each time.

    Neither a name nor a time goes into it (https://www.rfc-editor.org/rfc/rfc1952#section-2.3).
    """
    with gzip.GzipFile("", "wb", LEVEL, out, mtime=0) as written:
        shutil.copyfileobj(content, written, 1 << 20)


def digest(path: Path) -> str:
    """Return the SHA-256 of the file at `path`."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _share(source: Path, target: Path) -> None:
    """Have `target` be the same file as `source`, on the disk too where it knows links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _write_table(canonical: Path, target: Path) -> None:
    """Write the statements as a table."""
    with (
        canonical.open(encoding="utf-8", newline="\n") as lines,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        write_csv(chain([HEADER], quad_rows(lines)), out)


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
