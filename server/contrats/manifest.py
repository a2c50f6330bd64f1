"""What a release holds, byte by byte: written last, read first."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from contrats.errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from contrats.edition import Edition

NAME: Final = "manifest.json"
OUTSIDE: Final = frozenset({NAME, "store"})
"""What a manifest does not list: itself, and the disk store, whose bytes differ each time."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file: its path in the release, its length and SHA-256."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class GraphEntry:
    """One named graph: how many quads, and the SHA-256 of its lines in `contrats.nq`."""

    graph: str
    quads: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole of a release; nothing in it comes from a clock, a host or an absolute path."""

    version: str
    issued: str
    dataset: str
    files: tuple[FileEntry, ...]
    graphs: tuple[GraphEntry, ...]


def make_manifest(
    folder: Path, graphs: Mapping[str, tuple[int, str]], edition: Edition, known: Mapping[str, str]
) -> Manifest:
    """Return the manifest of what lies in `folder`.

    Of `graphs` the lines and their SHA-256 are given; `known` are SHA-256 of files, by their path.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder) for path in files]
    return Manifest(
        version=edition.version,
        issued=edition.issued,
        dataset=edition.iri.value,
        files=tuple(
            file_entry(folder, name.as_posix(), known.get(name.as_posix()))
            for name in names
            if name.parts[0] not in OUTSIDE
        ),
        graphs=tuple(GraphEntry(graph, *said) for graph, said in graphs.items()),
    )


def file_entry(folder: Path, name: str, known: str | None = None) -> FileEntry:
    """Return what a manifest says of the file `name` of `folder`; its SHA-256 may be `known`."""
    path = folder / name
    if known is None:
        with path.open("rb") as content:
            known = hashlib.file_digest(content, "sha256").hexdigest()
    return FileEntry(name, path.stat().st_size, known)


def write_manifest(manifest: Manifest) -> bytes:
    """Return `manifest` as JSON, the same bytes each time."""
    return (json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def read_manifest(content: bytes, where: str) -> Manifest:
    """Return the manifest in `content`, read from `where`, or raise `ReleaseError`."""
    try:
        found = json.loads(content)
        files = tuple(FileEntry(**entry) for entry in found.pop("files"))
        graphs = tuple(GraphEntry(**entry) for entry in found.pop("graphs"))
        return Manifest(**found, files=files, graphs=graphs)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReleaseError(
            f"{where} : ce n’est pas un manifeste ({error}) ; refaites « contrats build ».",
            f"{where}: this is no manifest ({error}); run `contrats build` again.",
        ) from error
