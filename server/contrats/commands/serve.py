"""`contrats serve`: the release on a port."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import gettempdir
from typing import Final

import click

from contrats.commands.telling import FOLDER, with_releases
from contrats.limits import set_limits
from contrats.rooms import find_rooms
from contrats.serving import Place, listen

_EMAIL: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


def _read_contact(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """Return the e-mail given for the catalogue, or refuse what is none."""
    if given is not None and _EMAIL.fullmatch(given) is None:
        raise click.BadParameter(f"{given} : ce n’est pas un courriel / this is no e-mail address")
    return given


@click.command("serve")
@with_releases
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Où écouter. / Where to listen."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port ; 0 en prend un libre. / Port; 0 takes a free one.",
)
@click.option(
    "--public-url",
    help="Adresse vue du dehors, sans celle-ci celle où l’on écoute. "
    "/ Address seen from outside (default: where it listens).",
)
@click.option(
    "--trusted-proxy",
    "proxies",
    multiple=True,
    help="Adresse d’un serveur mandataire dont on croit X-Forwarded-For. "
    "/ Address of a proxy whose X-Forwarded-For is believed.",
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NOM=VALEUR",
    help="Changer une limite du point d’accès ; la page /limits les dit toutes. "
    "/ Set a limit of the endpoint; the page /limits tells them all.",
)
@click.option(
    "--contact",
    metavar="COURRIEL",
    callback=_read_contact,
    help="Courriel que le catalogue donne aux portails. "
    "/ E-mail that the catalogue gives to portals.",
)
@click.option(
    "--spool",
    type=FOLDER,
    help="Dossier des longues réponses (sans cette option, celui du système). "
    "/ Folder for long answers (default: the system's).",
)
def command(  # noqa: PLR0913, PLR0917 -- an option each
    releases: Path,
    host: str,
    port: int,
    public_url: str | None,
    proxies: tuple[str, ...],
    limits: tuple[str, ...],
    contact: str | None,
    spool: Path | None,
) -> None:
    """Servir la publication : pages, données, point d’accès SPARQL.

    Serve the release: pages, data, SPARQL endpoint; print the address once it listens. A release
    that is made current meanwhile is served as soon as it is seen.
    """
    place = Place(host, port, public_url, frozenset(proxies), contact)
    folder = spool or Path(gettempdir())
    listener = listen(releases, find_rooms(), place, set_limits(limits), folder)
    listener.run(_announce)


def _announce(address: str) -> None:
    click.echo(address)
    sys.stdout.flush()
