"""The command `contrats`: answers on stdout, remarks on stderr.

Exit status 0 when all went well, 1 when something is wrong with the data, 2 with the call.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Final

import click

from contrats.checking import check_harvest, read_contact
from contrats.errors import ContratsError
from contrats.inputs import open_memory
from contrats.limits import set_limits
from contrats.memory import Memory
from contrats.question import FORMATS, ask, find_store, find_text
from contrats.reconciliation.writing import write_reconciliation
from contrats.release import build, check
from contrats.report import INFO, RefusedDataError, Report, count_en, count_fr
from contrats.rooms import find_rooms
from contrats.running import Running
from contrats.search import write_index
from contrats.serving import Place, listen

_WRITERS: Final = (write_index, write_reconciliation)
_FOLDER: Final = click.Path(file_okay=False, path_type=Path)


class _Commands(click.Group):
    """A group whose faults are told in two lines, French then English."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 -- what click's own method returns
        """Run the command; a fault that a person can mend ends with exit status 1."""
        try:
            return super().invoke(ctx)
        except ContratsError as error:
            _tell(error.fr, error.en)
        except OSError as error:
            found = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            _tell(f"Le système a refusé : {found}", f"The system refused: {found}")
        raise click.exceptions.Exit(1)


_rooms = click.option(
    "--rooms",
    type=_FOLDER,
    help="Dossier de ontology/, data/, shapes/ et queries/ "
    "(sans cette option, ceux du projet). / Folder of the four rooms (default: the project's).",
)

_releases = click.option(
    "--releases",
    type=_FOLDER,
    default=Path("releases"),
    show_default=True,
    help="Dossier des publications. / Folder of the releases.",
)


@click.group(cls=_Commands)
@click.version_option(package_name="contrats", message="%(version)s")
def main() -> None:
    """Publier les contrats locaux de santé en données liées.

    Publish French local health contracts as linked data.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("contrats")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    # rdflib tells of each ill-typed literal with a traceback; the shapes tell of it in words.
    logging.getLogger("rdflib").setLevel(logging.ERROR)


@main.command("check")
@_rooms
@_releases
@click.option(
    "--infos",
    is_flag=True,
    help="Montrer aussi les constats pour information. / Show the findings for information too.",
)
def check_rooms(rooms: Path | None, releases: Path, *, infos: bool) -> None:
    """Vérifier les données sans rien publier.

    Validate the data, publish nothing; what builds in the folder of the releases remember is used.
    """
    memory = open_memory(releases) if releases.is_dir() else Memory()
    _, report = check(find_rooms(rooms), Running(memory, _show_progress))
    _show(report, infos=infos)
    if not report.conforms:
        raise RefusedDataError(report)
    _tell("Les données sont valides.", "The data is valid.")


@main.command("build")
@_rooms
@_releases
def build_release(rooms: Path | None, releases: Path) -> None:
    """Construire la publication et la mettre en service.

    Build the release and make it current; print its folder.
    """
    try:
        folder = build(find_rooms(rooms), releases, _WRITERS, _show_progress, _now)
    except RefusedDataError as error:
        _show(error.report, infos=False)
        raise
    click.echo(folder)
    _tell(
        "Un serveur déjà lancé sur ce dossier la sert dans les secondes qui viennent.",
        "A server already running on this folder serves it within seconds.",
    )


@main.command("serve")
@_releases
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
    callback=read_contact,
    help="Courriel que le catalogue donne aux portails. "
    "/ E-mail that the catalogue gives to portals.",
)
@click.option(
    "--spool",
    type=_FOLDER,
    help="Dossier des longues réponses (sans cette option, celui du système). "
    "/ Folder for long answers (default: the system's).",
)
def serve(  # noqa: PLR0913, PLR0917 -- an option each
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


@main.command("query")
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
@_releases
def query_release(
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


main.add_command(check_harvest)


def _now() -> datetime:
    """Return the time of day, which only the history of the publications keeps."""
    return datetime.now(UTC)


def _show(report: Report, *, infos: bool) -> None:
    """Print the findings, errors last; those for information only count unless asked for."""
    count = report.count(INFO)
    if count and not infos:
        _tell(
            f"{count_fr(count, 'constat')} pour information : « contrats check --infos ».",
            f"{count_en(count, 'finding')} for information: `contrats check --infos`.",
        )
    told = report.tell(infos=infos)
    if told:
        click.echo(told)


def _show_progress(what: str, done: int, total: int) -> None:
    """Say on stderr how far a step is: on a terminal one line that counts, else at each quarter."""
    text = f"{what} : {done}/{total}"
    if sys.stderr.isatty():
        click.echo(f"\r{text}", nl=done == total, err=True)
    elif done * 4 // total > (done - 1) * 4 // total:
        click.echo(text, err=True)


def _show_waiting(seconds: float) -> None:
    """Say on stderr that a query goes on: on a terminal one line that counts."""
    text = f"en cours depuis {seconds:.0f} s / {seconds:.0f} s so far (Ctrl-C)"
    if sys.stderr.isatty():
        click.echo(f"\r{text}", nl=False, err=True)
    elif int(seconds).bit_count() == 1:  # 2, 4, 8… seconds: a log need not tell each
        click.echo(text, err=True)


def _tell(french: str, english: str) -> None:
    """Say the same in both languages on stderr, a line each."""
    click.echo(french, err=True)
    click.echo(english, err=True)
