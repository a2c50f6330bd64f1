"""The files of a release, all written from the same quads."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.canonical import hash_graphs, join_lines
from contrats.catalogue.record import describe_release
from contrats.catalogue_check import check_record
from contrats.disk import write_store
from contrats.distributions import REPORT
from contrats.dumps import GROUPS, write_dumps
from contrats.edition import Stated, read_edition
from contrats.exports import sheets_by_contract, write_tables
from contrats.manifest import NAME, make_manifest, write_manifest
from contrats.parts import CONTRACT, count_parts, write_contracts, write_parts
from contrats.quad_table import write_csv
from contrats.report import report_triples
from contrats.report_table import finding_rows
from contrats.vocabulary import CATALOGUED, PREFIXES
from contrats.void import Counted, describe_void

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path
    from typing import TypeAlias

    from contrats.disk import Before
    from contrats.exports import Table
    from contrats.report import Report
    from contrats.shapes import Shapes
    from contrats.union import Union

    Writer: TypeAlias = Callable[[Path, Sequence[ox.Quad]], None]

IDENTIFIER_LENGTH: Final = 12
"""How many hexadecimal digits of the manifest's SHA-256 name a release."""

CANONICAL: Final = "contrats.nq"
STORE: Final = "store"
DUMPED: Final = "dumps"
"""The folder of what can be taken away."""
SHARES: Final = 2
"""Into how many tasks the files of the contracts are cut: no processor waits for the other."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a pool made: the SHA-256 of files by their names, and what a manifest says of graphs."""

    digests: Mapping[str, str]
    graphs: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Around:
    """What a release is made beside: one whose store may be copied, and the version of the new."""

    before: Before | None = None
    version: str = ""


NOTHING: Final = Around()


@dataclass(frozen=True, slots=True)
class Begun:
    """What a pool writes, by the names of the tasks, and what it works out of the graphs.

    Each task gives the SHA-256 of its files.
    """

    files: dict[Future[dict[str, str]], str]
    graphs: Future[dict[str, tuple[int, str]]]


def begin_contents(
    folder: Path,
    lines: Sequence[str],
    pool: Executor,
    around: Around = NOTHING,
    tables: Sequence[Table] = (),
) -> Begun:
    """Write `lines`, canonical N-Quads, in `folder`; have `pool` write the store and the dumps.

    All are made of those, so that two builds give the same bytes; `tables` are what the queries
    for exports find in them. The longest come first.
    """
    canonical, dumps = folder / CANONICAL, folder / DUMPED
    canonical.write_bytes(join_lines(lines))
    (dumps / CONTRACT).mkdir(parents=True)
    files = {pool.submit(write_store, folder / STORE, canonical, around.before): STORE}
    for group in GROUPS:
        files[pool.submit(write_dumps, canonical, dumps, group)] = ", ".join(group)
    sheets = sheets_by_contract(tables)
    for share in range(SHARES):
        task = pool.submit(write_contracts, canonical, dumps, sheets, share, SHARES)
        files[task] = f"{CONTRACT} {share + 1}/{SHARES}"
    files[pool.submit(write_parts, canonical, dumps)] = "parties / parts"
    files[pool.submit(write_tables, dumps, tables, around.version)] = "tables"
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
    dumps = folder / DUMPED
    found = report_triples(report)
    _write_turtle(folder / "report.ttl", found)
    shutil.copyfile(folder / "report.ttl", dumps / f"{REPORT}.ttl")
    with (dumps / f"{REPORT}.csv").open("w", encoding="utf-8", newline="") as out:
        write_csv(finding_rows(report), out)
    sizes = {
        path.relative_to(dumps).as_posix(): path.stat().st_size
        for path in dumps.rglob("*")
        if path.is_file()
    }
    counted = Counted(
        {graph: quads for graph, (quads, _) in made.graphs.items()},
        count_parts(dumps) | {REPORT: len(found)},
    )
    void = describe_void(Stated(tuple(about), edition.iri), union, edition, counted)
    _write_turtle(folder / "void.ttl", void)
    record = describe_release(about, union, edition, sizes)
    if portal is not None:
        check_record(record, portal)
    _write_turtle(folder / "catalogue.ttl", record)
    known = {f"{DUMPED}/{name}": sha256 for name, sha256 in made.digests.items()}
    known[CANONICAL] = made.digests[CANONICAL]
    manifest = write_manifest(make_manifest(folder, made.graphs, edition, known))
    (folder / NAME).write_bytes(manifest)
    return f"{edition.version}-{hashlib.sha256(manifest).hexdigest()[:IDENTIFIER_LENGTH]}"


def _write_turtle(path: Path, triples: Sequence[ox.Triple]) -> None:
    """Write a small record: the server serialises it again, and a person may read it."""
    ox.serialize(
        triples, str(path), ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES) | dict(CATALOGUED)
    )
