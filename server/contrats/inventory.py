"""The files that a room holds, and the refusal of those that nothing reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contrats.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

_NOTICES: Final = frozenset({"LICENSE", "README.md"})
"""Files for people: they state nothing."""


def list_files(room: Path, called: str) -> Iterator[tuple[str, Path]]:
    """Yield each file of `room` by its name, `data/…`, in their order; hidden ones are no data."""
    for path in sorted(room.rglob("*")):
        below = path.relative_to(room)
        if path.is_file() and not any(step.startswith(".") for step in below.parts):
            yield f"{called}/{below.as_posix()}", path


def refuse_unread(names: Collection[str], read: Collection[str]) -> None:
    """Refuse the files of `names` that are not in `read`, unless they are notices."""
    unread = [n for n in names if n not in read and n.rpartition("/")[2] not in _NOTICES]
    if not unread:
        return
    listed = ", ".join(unread)
    raise SourceError(
        f"{listed} : rien ne lit ce qui n’est ni un fichier .ttl, ni une table que nomme un "
        "fichier de queries/tables/ ; renommez, déplacez ou supprimez "
        f"{'ce fichier' if len(unread) == 1 else 'ces fichiers'}.",
        f"{listed}: nothing reads what is neither a .ttl file nor a table that a file of "
        "queries/tables/ names; rename, move or remove "
        f"{'this file' if len(unread) == 1 else 'these files'}.",
    )
