"""`contrats build`: a release made and made current."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click

from contrats.commands.telling import show, show_progress, tell, with_releases, with_rooms
from contrats.reconciliation.writing import write_reconciliation
from contrats.release import build
from contrats.report import RefusedDataError
from contrats.rooms import find_rooms
from contrats.search import write_index

if TYPE_CHECKING:
    from pathlib import Path

_WRITERS: Final = (write_index, write_reconciliation)


@click.command("build")
@with_rooms
@with_releases
def command(rooms: Path | None, releases: Path) -> None:
    """Construire la publication et la mettre en service.

    Build the release and make it current; print its folder.
    """
    try:
        folder = build(find_rooms(rooms), releases, _WRITERS, show_progress, _now)
    except RefusedDataError as error:
        show(error.report, infos=False)
        raise
    click.echo(folder)
    tell(
        "Un serveur déjà lancé sur ce dossier la sert dans les secondes qui viennent.",
        "A server already running on this folder serves it within seconds.",
    )


def _now() -> datetime:
    """Return the time of day, which only the history of the publications keeps."""
    return datetime.now(UTC)
