"""The rooms put together: read, derived, validated, and written as the files of a release."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats import shelf
from contrats.contents import CANONICAL, STORE, Around, Made, begin_contents, finish_contents
from contrats.derivation import GRAPH, derive_into, load_union, read_rules
from contrats.disk import Before
from contrats.edition import find_version, select_described
from contrats.errors import ReleaseError
from contrats.executables import describe_library
from contrats.exports import read_tables
from contrats.library import read_library
from contrats.loading import load_meanwhile
from contrats.manifest import NAME, read_manifest
from contrats.pool import gather, open_pool
from contrats.report import VIOLATION, RefusedDataError, Report, count_fr
from contrats.shapes import PORTAL, read_shapes
from contrats.sources import SourceFile, all_lines, all_quads, read_sources
from contrats.union import unite
from contrats.validation import validate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from contrats.contents import Writer
    from contrats.memory import Memory
    from contrats.rooms import Rooms
    from contrats.running import Running
    from contrats.union import Union

LITTLE: Final = 1_000_000
"""So many bytes of data are read and written sooner than processes start."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Assembled:
    """What the rooms state and derive, file by file and as a whole."""

    sources: tuple[SourceFile, ...]
    derived: tuple[ox.Quad, ...]
    quads: list[ox.Quad]
    store: ox.Store


def make(
    rooms: Rooms, releases: Path, folder: Path, writers: Sequence[Writer], running: Running
) -> str:
    """Write a release of `rooms` in `folder` and return its identifier.

    The long files are begun before anything is validated, so that no processor waits; a refusal
    leaves `folder` half written, and unpublished.
    """
    with open_pool(alone=_is_little(rooms)) as pool:
        pool.submit(str)  # the processes start while the rooms are read
        assembled, lines = assemble(rooms, running)
        quads = assembled.quads
        tables = read_tables(rooms.queries, assembled.store)
        around = Around(_find_before(releases, running.memory), find_version(quads))
        begun = begin_contents(folder, lines, pool, around, tables)
        union = unite(lines, assembled.store)
        del lines  # as large as all the rest, and written
        report = validate_assembled(rooms, assembled, union, replace(running, pool=pool))
        if not report.conforms:
            raise RefusedDataError(report)
        for write in writers:
            write(folder, quads)
        written = dict(gather(begun.files, partial(running.progress, "écrit / written")))
        graphs = begun.graphs.result()
    digests = {name: sha256 for each in written.values() for name, sha256 in each.items()}
    running.memory.keep(STORE, digests[CANONICAL], json.dumps(written[STORE]).encode())
    made = Made(digests, graphs)
    portal = read_shapes(rooms.shapes / PORTAL)
    return finish_contents(folder, select_described(quads), union, report, made, portal)


def _is_little(rooms: Rooms) -> bool:
    """Tell whether the data is read and written sooner than processes start."""
    return sum(path.stat().st_size for path in rooms.data.rglob("*") if path.is_file()) < LITTLE


def _find_before(releases: Path, memory: Memory) -> Before | None:
    """Return the current release, when it is remembered how its store was written."""
    current = (releases / shelf.CURRENT).resolve()
    try:
        files = read_manifest((current / NAME).read_bytes(), NAME).files
    except (OSError, ReleaseError):  # there is none, or it is damaged: nothing to copy
        return None
    sha256 = next((each.sha256 for each in files if each.path == CANONICAL), "")
    kept = memory.recall(STORE, sha256)
    if kept is None:
        return None
    return Before(current / STORE, current / CANONICAL, sha256, json.loads(kept))


def assemble(rooms: Rooms, running: Running) -> tuple[Assembled, list[str]]:
    """Read `rooms`, derive what their rules say; return that, and all as canonical N-Quads."""
    store = ox.Store()
    with load_meanwhile(store) as load:
        sources = read_sources(rooms, running.memory, load)
    library = describe_library(read_library(rooms.queries), all_quads(sources))
    sources = (*sources, library)
    stated = all_quads(sources)
    _log.info("lu : %d fichiers, %d énoncés / files, statements", len(sources), len(stated))
    load_union(all_quads(each for each in sources if not each.written), store)
    derived = derive_into(store, read_rules(rooms.queries))
    _log.info("déduit : %d énoncés / statements derived", len(derived))
    lines = all_lines([*sources, SourceFile("queries/rules", GRAPH, derived)])
    return Assembled(sources, derived, [*stated, *derived], store), lines


def validate_assembled(
    rooms: Rooms, assembled: Assembled, union: Union, running: Running
) -> Report:
    """Validate what was assembled from `rooms`."""
    shapes = read_shapes(rooms.shapes)
    report = validate(assembled.sources, assembled.derived, shapes, union=union, running=running)
    _log.info(
        "vérifié : %s, dont %s / findings, violations",
        count_fr(len({str(each) for each in report.findings}), "constat"),
        count_fr(report.count(VIOLATION), "erreur"),
    )
    return report
