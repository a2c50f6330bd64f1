"""`contrats check`: whether the data is valid, nothing published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from contrats.commands.telling import show, show_progress, tell, with_releases, with_rooms
from contrats.inputs import open_memory
from contrats.memory import Memory
from contrats.release import check
from contrats.report import RefusedDataError
from contrats.rooms import find_rooms
from contrats.running import Running

if TYPE_CHECKING:
    from pathlib import Path


@click.command("check")
@with_rooms
@with_releases
@click.option(
    "--infos",
    is_flag=True,
    help="Montrer aussi les constats pour information. / Show the findings for information too.",
)
def command(rooms: Path | None, releases: Path, *, infos: bool) -> None:
    """Vérifier les données sans rien publier.

    Validate the data, publish nothing; what builds in the folder of the releases remember is used.
    """
    memory = open_memory(releases) if releases.is_dir() else Memory()
    _, report = check(find_rooms(rooms), Running(memory, show_progress))
    show(report, infos=infos)
    if not report.conforms:
        raise RefusedDataError(report)
    tell("Les données sont valides.", "The data is valid.")
