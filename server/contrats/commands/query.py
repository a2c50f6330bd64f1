"""`contrats query`: a question asked of a release or of an endpoint."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from contrats.commands.telling import with_releases
from contrats.question import FORMATS, ask, find_store, find_text
from contrats.rooms import find_rooms

if TYPE_CHECKING:
    from pathlib import Path


@click.command("query")
@click.argument("query", default="-")
@click.option("--endpoint", help="Point d’accès distant. / Remote endpoint (default: the release).")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Forme de la réponse : json ou ttl sans cette option. "
    "/ Form of the answer (default: json or ttl).",
)
@click.option(
    "--release",
    "identifier",
    help="Publication à interroger, par son nom (sans cette option, la dernière). "
    "/ Release to ask, by its name (default: the current one).",
)
@with_releases
def command(
    query: str, endpoint: str | None, form: str | None, identifier: str | None, releases: Path
) -> None:
    """Poser une requête : QUERY est un fichier, « - », ou le nom d’une requête enregistrée.

    Ask a query: QUERY is a file, `-` for standard input, or the name of a saved query.
    """
    typed = sys.stdin.buffer.read() if query == "-" else b""
    text = find_text(query, find_rooms(), typed)
    answer = ask(find_store(releases, endpoint, identifier), text, form, _show_waiting)
    sys.stdout.buffer.write(answer)
    sys.stdout.flush()


def _show_waiting(seconds: float) -> None:
    """Say on stderr that a query goes on: on a terminal one line that counts."""
    text = f"en cours depuis {seconds:.0f} s / {seconds:.0f} s so far (Ctrl-C)"
    if sys.stderr.isatty():
        click.echo(f"\r{text}", nl=False, err=True)
    elif int(seconds).bit_count() == 1:  # 2, 4, 8… seconds: a log need not tell each
        click.echo(text, err=True)
