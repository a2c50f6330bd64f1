"""Where the four rooms are: in a folder that was named, in a checkout, or inside a wheel."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from contrats.errors import RoomMissingError

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Rooms:
    """The four folders that are the product; none of them knows Python."""

    ontology: Path
    data: Path
    shapes: Path
    queries: Path


def find_rooms(root: Path | None = None) -> Rooms:
    """Return the rooms below `root`, else those of the checkout, else those of the wheel.

    The checkout comes first: an editable install also holds copies of the rooms, which go stale.
    Raise `RoomMissingError` when one of the four is not there.
    """
    if root is not None:
        return _rooms_in(root)
    return _rooms_in(_PACKAGE.parent.parent if _is_checkout() else _PACKAGE / "_rooms")


def _is_checkout() -> bool:
    """Tell whether the package stands in `server/`, beside the project's own description."""
    server = _PACKAGE.parent
    return server.name == "server" and (server.parent / "pyproject.toml").is_file()


def _rooms_in(root: Path) -> Rooms:
    """Return the rooms of `root`, or say which one is missing."""
    names = [field.name for field in fields(Rooms)]
    missing = [name for name in names if not (root / name).is_dir()]
    if missing:
        listed = ", ".join(f"{name}/" for name in missing)
        raise RoomMissingError(
            f"{root} : il manque {listed} ; nommez un dossier où se trouvent "
            "ontology/, data/, shapes/ et queries/ (--rooms).",
            f"{root}: {listed} missing; name a folder that holds "
            "ontology/, data/, shapes/ and queries/ (--rooms).",
        )
    return Rooms(**{name: root / name for name in names})
