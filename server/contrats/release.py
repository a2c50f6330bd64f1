"""Rooms -> release: a folder that is validated, canonical, checksummed, and never changed again."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, fields
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Final

from contrats import shelf
from contrats.contents import IDENTIFIER_LENGTH, write_contents
from contrats.derivation import derive, read_rules
from contrats.edition import read_edition
from contrats.errors import ReleaseError
from contrats.library import read_library
from contrats.manifest import (
    NAME,
    Manifest,
    file_entry,
    read_manifest,
)
from contrats.report import VIOLATION, RefusedDataError, Report, count_fr
from contrats.shapes import read_shapes
from contrats.sources import all_quads, read_sources
from contrats.validation import validate

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyoxigraph as ox

    from contrats.contents import Writer
    from contrats.rooms import Rooms

_ENGINES: Final = ("pyoxigraph", "pyshacl", "pyyaml", "rdflib")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Release:
    """A release that was checked: its folder, and what its manifest says of it."""

    folder: Path
    version: str
    issued: str
    manifest: Manifest

    @property
    def identifier(self) -> str:
        """Return the name of the folder: version and beginning of the manifest's SHA-256."""
        return self.folder.name

    def path(self, name: str) -> Path:
        """Return the path of the file `name` of this release, such as `dumps/contrats.ttl`."""
        return self.folder / name


def check(rooms: Rooms) -> tuple[list[ox.Quad], Report]:
    """Return all quads of `rooms`, derived ones too, and the report of their validation."""
    sources = read_sources(rooms)
    read_library(rooms.queries)
    stated = all_quads(sources)
    read_edition(stated)
    _log.info("lu : %d fichiers, %d énoncés / files, statements", len(sources), len(stated))
    derived = derive(stated, read_rules(rooms.queries))
    _log.info("déduit : %d énoncés / statements derived", len(derived))
    report = validate(sources, derived, read_shapes(rooms.shapes))
    _log.info(
        "vérifié : %s, dont %s / findings, violations",
        count_fr(len({str(each) for each in report.findings}), "constat"),
        count_fr(report.count(VIOLATION), "erreur"),
    )
    return [*stated, *derived], report


def build(rooms: Rooms, releases: Path, writers: Sequence[Writer] = ()) -> Path:
    """Make a release of `rooms` in `releases`, make it current, and return its folder.

    `writers` add files of their own from the quads in canonical order (the search index). Raise
    `RefusedDataError` when a shape is violated: the last release then stays current. Nothing is
    done when neither the rooms nor the code have changed since.
    """
    inputs = digest_inputs(rooms)
    with shelf.hold(releases) as folder:
        known, identifier = shelf.read_inputs(releases)
        if known == inputs and _is_current(releases, identifier):
            _log.info("à jour / up to date: %s", identifier)
            return releases / identifier
        quads, report = check(rooms)
        if not report.conforms:
            raise RefusedDataError(report)
        identifier = write_contents(folder, quads, report, writers)
        final = _publish(releases, folder, identifier)
        shelf.write_inputs(releases, inputs, identifier)
    _log.info("publié / published: %s", identifier)
    return final


def open_release(releases: Path) -> Release:
    """Return the current release of the folder `releases`, checked, or raise `ReleaseError`."""
    current = releases / shelf.CURRENT
    if not current.is_dir():
        raise ReleaseError(
            f"{releases} : aucune publication ; faites-en une avec « contrats build ».",
            f"{releases}: no release; make one with `contrats build`.",
        )
    return check_release(current.resolve())


def check_release(folder: Path) -> Release:
    """Return the release in `folder` when each file has the bytes that its manifest announces."""
    path = folder / NAME
    if not path.is_file():
        raise _damaged(path, "absent", "missing")
    content = path.read_bytes()
    if not folder.name.endswith(hashlib.sha256(content).hexdigest()[:IDENTIFIER_LENGTH]):
        raise _damaged(path, "modifié depuis la publication", "changed since the release was made")
    manifest = read_manifest(content, str(path))
    for entry in manifest.files:
        if not (folder / entry.path).is_file():
            raise _damaged(folder / entry.path, "absent", "missing")
        if file_entry(folder, entry.path) != entry:
            raise _damaged(folder / entry.path, "n’a pas les octets annoncés", "has other bytes")
    return Release(folder, manifest.version, manifest.issued, manifest)


def digest_inputs(rooms: Rooms) -> str:
    """Return the SHA-256 of all that a release depends on: rooms, code, engines."""
    digest = hashlib.sha256()
    for engine in _ENGINES:
        digest.update(f"{engine} {installed(engine)}\n".encode())
    package = Path(__file__).parent
    places = [(f.name, getattr(rooms, f.name), "*") for f in fields(rooms)]
    for name, root, pattern in [*places, ("code", package, "*.py")]:
        for path in sorted(root.rglob(pattern)):
            if path.is_file():
                place = f"{name}/{path.relative_to(root).as_posix()}"
                digest.update(f"{place} {path.stat().st_size}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _publish(releases: Path, folder: Path, identifier: str) -> Path:
    """Publish `folder`, unless the same release is there already, whole."""
    final = releases / identifier
    if final.is_dir() and _is_whole(final):
        shelf.switch(releases, identifier)
        return final
    return shelf.publish(releases, folder, identifier)


def _is_current(releases: Path, identifier: str) -> bool:
    """Tell whether `identifier` is the current release and whole."""
    current = releases / shelf.CURRENT
    return current.resolve() == (releases / identifier).resolve() and _is_whole(current.resolve())


def _is_whole(folder: Path) -> bool:
    try:
        check_release(folder)
    except ReleaseError:
        return False
    return True


def _damaged(path: Path, fr: str, en: str) -> ReleaseError:
    return ReleaseError(
        f"{path} : {fr} ; refaites la publication avec « contrats build ».",
        f"{path}: {en}; make the release again with `contrats build`.",
    )
