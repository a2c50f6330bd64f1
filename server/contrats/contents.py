"""The files of a release, all written from the same quads."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.canonical import canonical_lines, join_lines
from contrats.catalogue import describe_release
from contrats.dumps import DUMPS, write_dump
from contrats.edition import read_edition
from contrats.manifest import NAME, make_manifest, write_manifest
from contrats.report import Report, report_triples
from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import TypeAlias

    Writer: TypeAlias = Callable[[Path, Sequence[ox.Quad]], None]

IDENTIFIER_LENGTH: Final = 12
"""How many hexadecimal digits of the manifest's SHA-256 name a release."""


def write_contents(
    folder: Path, quads: Sequence[ox.Quad], report: Report, writers: Sequence[Writer]
) -> str:
    """Write all files of a release in `folder` and return the release's identifier.

    All are made of the quads in canonical order, so that two builds give the same bytes.
    """
    canonical = join_lines(canonical_lines(quads))
    ordered = list(ox.parse(canonical, format=ox.RdfFormat.N_QUADS))
    (folder / "contrats.nq").write_bytes(canonical)
    edition = read_edition(ordered)
    sizes = _write_dumps(folder / "dumps", ordered)
    _write_turtle(folder / "catalogue.ttl", describe_release(ordered, edition, sizes))
    _write_turtle(folder / "report.ttl", report_triples(report))
    for write in writers:
        write(folder, ordered)
    _write_store(folder / "store", ordered)
    manifest = write_manifest(make_manifest(folder, ordered, edition))
    (folder / NAME).write_bytes(manifest)
    return f"{edition.version}-{hashlib.sha256(manifest).hexdigest()[:IDENTIFIER_LENGTH]}"


def _write_dumps(folder: Path, quads: Sequence[ox.Quad]) -> dict[str, int]:
    """Write every dump and return its size by its name."""
    folder.mkdir()
    for dump in DUMPS:
        (folder / dump.file).write_bytes(write_dump(quads, dump))
    return {dump.file: (folder / dump.file).stat().st_size for dump in DUMPS}


def _write_turtle(path: Path, triples: Sequence[ox.Triple]) -> None:
    """Write a small record: the server serialises it again, and a person may read it."""
    ox.serialize(triples, str(path), ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))


def _write_store(folder: Path, quads: Sequence[ox.Quad]) -> None:
    """Write the disk store, which any engine could build again from `contrats.nq`."""
    store = ox.Store(str(folder))
    store.bulk_extend(quads)
    store.optimize()
    store.flush()
