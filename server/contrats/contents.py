"""The files of a release, all written from the same quads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.canonical import hash_graphs, join_lines
from contrats.catalogue.record import describe_release
from contrats.disk import write_store
from contrats.distributions import DISTRIBUTIONS
from contrats.dumps import DUMPS, GROUPS, write_dumps
from contrats.edition import read_edition
from contrats.manifest import NAME, make_manifest, write_manifest
from contrats.records import check_record
from contrats.report import report_triples
from contrats.vocabulary import CATALOGUED, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path
    from typing import TypeAlias

    from contrats.disk import Before
    from contrats.report import Report
    from contrats.shapes import Shapes
    from contrats.union import Union

    Writer: TypeAlias = Callable[[Path, Sequence[ox.Quad]], None]

IDENTIFIER_LENGTH: Final = 12
"""How many hexadecimal digits of the manifest's SHA-256 name a release."""

CANONICAL: Final = "contrats.nq"
STORE: Final = "store"


@dataclass(frozen=True, slots=True)
class Made:
    """What a pool made: the SHA-256 of files by their names, and what a manifest says of graphs."""

    digests: Mapping[str, str]
    graphs: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Begun:
    """What a pool writes, by the names of the tasks, and what it works out of the graphs.

    Each task gives the SHA-256 of its files.
    """

    files: dict[Future[dict[str, str]], str]
    graphs: Future[dict[str, tuple[int, str]]]


def begin_contents(
    folder: Path, lines: Sequence[str], pool: Executor, before: Before | None
) -> Begun:
    """Write `lines`, canonical N-Quads, in `folder`; have `pool` write the store and the dumps.

    All are made of those, so that two builds give the same bytes. The longest come first.
    `before` is a release whose store may be copied.
    """
    canonical, dumps = folder / CANONICAL, folder / "dumps"
    canonical.write_bytes(join_lines(lines))
    dumps.mkdir()
    files = {pool.submit(write_store, folder / STORE, canonical, before): STORE}
    for group in GROUPS:
        files[pool.submit(write_dumps, canonical, dumps, group)] = ", ".join(group)
    return Begun(files, pool.submit(hash_graphs, canonical))


def finish_contents(  # noqa: PLR0913, PLR0917 -- all that a release is made of
    folder: Path,
    about: Sequence[ox.Quad],
    union: Union,
    report: Report,
    made: Made,
    portal: Shapes | None = None,
) -> str:
    """Write what describes the other files of `folder`; return the release's identifier.

    `about` are the graphs that describe the data set and its catalogue, which `portal` judges.
    """
    edition = read_edition(about)
    record = describe_release(about, union, edition, _sizes(folder / "dumps"))
    if portal is not None:
        check_record(record, portal)
    _write_turtle(folder / "catalogue.ttl", record)
    _write_turtle(folder / "report.ttl", report_triples(report))
    known = {f"dumps/{dump.file}": made.digests[dump.file] for dump in DUMPS}
    manifest = write_manifest(make_manifest(folder, made.graphs, edition, known))
    (folder / NAME).write_bytes(manifest)
    return f"{edition.version}-{hashlib.sha256(manifest).hexdigest()[:IDENTIFIER_LENGTH]}"


def _sizes(dumps: Path) -> dict[str, int]:
    """Return the bytes of each file that the catalogue lists."""
    paths = {each.file: dumps / each.file for each in DISTRIBUTIONS}
    return {name: path.stat().st_size for name, path in paths.items() if path.exists()}


def _write_turtle(path: Path, triples: Sequence[ox.Triple]) -> None:
    """Write a small record: the server serialises it again, and a person may read it."""
    ox.serialize(
        triples, str(path), ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES) | dict(CATALOGUED)
    )
