"""What commands say beside their answer, on stderr, and the options that several of them take."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from contrats.report import INFO, count_en, count_fr

if TYPE_CHECKING:
    from contrats.report import Report

FOLDER: Final = click.Path(file_okay=False, path_type=Path)

with_rooms = click.option(
    "--rooms",
    type=FOLDER,
    help="Dossier de ontology/, data/, shapes/ et queries/ "
    "(sans cette option, ceux du projet). / Folder of the four rooms (default: the project's).",
)

with_releases = click.option(
    "--releases",
    type=FOLDER,
    default=Path("releases"),
    show_default=True,
    help="Dossier des publications. / Folder of the releases.",
)


def tell(french: str, english: str) -> None:
    """Say the same in both languages on stderr, a line each."""
    click.echo(french, err=True)
    click.echo(english, err=True)


def show(report: Report, *, infos: bool) -> None:
    """Print the findings, errors last; those for information only count unless asked for."""
    count = report.count(INFO)
    if count and not infos:
        tell(
            f"{count_fr(count, 'constat')} pour information : « contrats check --infos ».",
            f"{count_en(count, 'finding')} for information: `contrats check --infos`.",
        )
    told = report.tell(infos=infos)
    if told:
        click.echo(told)


def show_progress(what: str, done: int, total: int) -> None:
    """Say on stderr how far a step is: on a terminal one line that counts, else at each quarter."""
    text = f"{what} : {done}/{total}"
    if sys.stderr.isatty():
        click.echo(f"\r{text}", nl=done == total, err=True)
    elif done * 4 // total > (done - 1) * 4 // total:
        click.echo(text, err=True)
