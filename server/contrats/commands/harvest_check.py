"""`contrats harvest-check`: what portals would take of a catalogue, told before they come."""

from __future__ import annotations

import json
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click

from contrats.commands.telling import with_releases
from contrats.limits import Limits
from contrats.rehearsal.fetching import Bounds, Network
from contrats.rehearsal.rehearsal import rehearse
from contrats.rehearsal.telling import as_data, tell
from contrats.rooms import find_rooms
from contrats.serving import Place, listen

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE: Final = 60
"""Seconds that the release has to begin to answer."""


@click.command("harvest-check")
@click.argument("url", required=False)
@click.option("--json", "as_json", is_flag=True, help="Répondre en JSON. / Answer in JSON.")
@click.option(
    "--seconds",
    type=click.FloatRange(1, 600),
    default=30,
    show_default=True,
    help="Durée d’une requête. / Time for one request.",
)
@with_releases
def command(url: str | None, releases: Path, seconds: float, *, as_json: bool) -> None:
    """Répéter la moisson d’un catalogue : ce qu’udata et CKAN en prendraient, et pourquoi.

    Rehearse the harvest of the catalogue at URL, as udata and ckanext-dcat do it. Without URL, that
    of the current release. Exit status 0 when nothing is skipped, 1 otherwise, 2 for a bad call.
    """
    if url is not None and urlsplit(url).scheme not in {"http", "https"}:
        raise click.BadParameter(f"{url} : http(s)://… / an http(s) address is needed")
    network = Network(Bounds(request_seconds=seconds))
    today = datetime.now(UTC).date()
    if url is not None:
        rehearsal = rehearse(url, network, today)
    else:
        with serve_release(releases) as address:
            rehearsal = rehearse(f"{address}catalog.ttl", network, today)
    click.echo(json.dumps(as_data(rehearsal), ensure_ascii=False) if as_json else tell(rehearsal))
    sys.exit(0 if rehearsal.whole else 1)


@contextmanager
def serve_release(releases: Path) -> Iterator[str]:
    """Give the address of the current release, served on loopback for as long as it is needed."""
    limits = Limits(pages_ahead=1, documents=1)
    spool = Path(gettempdir())
    listener = listen(releases, find_rooms(), Place("127.0.0.1", 0), limits, spool)
    listening = threading.Event()
    thread = threading.Thread(target=listener.run, args=(lambda _: listening.set(),), daemon=True)
    thread.start()
    listening.wait(_PATIENCE)
    try:
        yield listener.address
    finally:
        listener.stop()
        thread.join(_PATIENCE)
