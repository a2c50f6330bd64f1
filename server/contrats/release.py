"""Rooms -> release: a folder that is validated, canonical, checksummed, and never changed again."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats import shelf
from contrats.assembly import assemble, make, validate_assembled
from contrats.contents import IDENTIFIER_LENGTH
from contrats.errors import ReleaseError
from contrats.inputs import digest_inputs, open_memory
from contrats.journal import catch_up, record
from contrats.manifest import NAME, Manifest, file_entry, read_manifest
from contrats.running import Running, silent, timeless
from contrats.union import unite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyoxigraph as ox

    from contrats.contents import Writer
    from contrats.report import Report
    from contrats.rooms import Rooms
    from contrats.running import Clock, Progress

_OTHER_BYTES: Final = ("n’a pas les octets annoncés", "has other bytes")

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


def check(rooms: Rooms, running: Running | None = None) -> tuple[list[ox.Quad], Report]:
    """Return all quads of `rooms`, derived ones too, and the report of their validation."""
    running = running or Running()
    assembled, lines = assemble(rooms, running)
    union = unite(lines, assembled.store)
    return assembled.quads, validate_assembled(rooms, assembled, union, running)


def build(
    rooms: Rooms,
    releases: Path,
    writers: Sequence[Writer] = (),
    progress: Progress = silent,
    clock: Clock = timeless,
) -> Path:
    """Make a release of `rooms` in `releases`, make it current, and return its folder.

    `writers` add files of their own from the quads (the search index). Raise `RefusedDataError`
    when a shape is violated: the last release then stays current. Nothing is done when neither
    the rooms nor the code have changed since. `progress` is told of each step. What `clock` tells
    goes into the history beside the releases, never into a release.
    """
    inputs = digest_inputs(rooms)
    with shelf.hold(releases) as folder:
        known, identifier = shelf.read_inputs(releases)
        if known == inputs and _is_current(releases, identifier):
            catch_up(releases, identifier)  # an earlier build may have been killed
            _log.info("à jour / up to date: %s", identifier)
            return releases / identifier
        memory = open_memory(releases)
        running = Running(memory, progress)
        identifier = make(rooms, releases, folder, writers, running)
        final = _publish(releases, folder, identifier, clock)
        shelf.write_inputs(releases, inputs, identifier)
        memory.forget()
    _log.info("publié / published: %s", identifier)
    return final


def open_release(releases: Path) -> Release:
    """Return the current release of the folder `releases`, checked, or raise `ReleaseError`."""
    return check_release(find_current(releases))


def find_current(releases: Path) -> Path:
    """Return the folder of the current release, not checked, or raise `ReleaseError`."""
    current = releases / shelf.CURRENT
    if not current.is_dir():
        raise ReleaseError(
            f"{releases} : aucune publication ; faites-en une avec « contrats build ».",
            f"{releases}: no release; make one with `contrats build`.",
        )
    return current.resolve()


def check_release(folder: Path) -> Release:
    """Return the release in `folder` when each file has the bytes that its manifest announces."""
    manifest = survey_release(folder)
    for entry in manifest.files:
        if file_entry(folder, entry.path) != entry:
            raise _damaged(folder / entry.path, *_OTHER_BYTES)
    return Release(folder, manifest.version, manifest.issued, manifest)


def survey_release(folder: Path) -> Manifest:
    """Return the manifest of `folder` when each file is there in the length that it announces.

    That is known at once; what is damaged otherwise is for `check_release` to find.
    """
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
        if (folder / entry.path).stat().st_size != entry.bytes:
            raise _damaged(folder / entry.path, *_OTHER_BYTES)
    return manifest


def _publish(releases: Path, folder: Path, identifier: str, clock: Clock) -> Path:
    """Publish `folder`, unless the same release is there already, whole; then make it current.

    The history is written before the switch: whoever sees the release finds it there.
    """
    catch_up(releases, _current_name(releases))
    final = releases / identifier
    if not (final.is_dir() and _is_whole(final)):
        shelf.publish(releases, folder, identifier)
    record(releases, identifier, clock())
    shelf.switch(releases, identifier)
    return final


def _current_name(releases: Path) -> str | None:
    """Return the identifier of the release that is current, None when there is none."""
    current = releases / shelf.CURRENT
    return current.resolve().name if current.is_dir() else None


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
