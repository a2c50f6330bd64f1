"""The command `contrats`: answers on stdout, remarks on stderr.

Exit status 0 when all went well, 1 when something is wrong with the data, 2 with the call.
"""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from typing import Any, Final

import click

from contrats.commands.telling import tell
from contrats.errors import ContratsError

_SAID: Final = {
    "build": "Construire la publication et la mettre en service.",
    "check": "Vérifier les données sans rien publier.",
    "harvest-check": "Répéter la moisson d’un catalogue : ce qu’udata et CKAN en prendraient, "
    "et pourquoi.",
    "query": "Poser une requête : QUERY est un fichier, « - », ou le nom d’une requête "
    "enregistrée.",
    "serve": "Servir la publication : pages, données, point d’accès SPARQL.",
}
"""What each command does, as its own help begins: loading all of them takes two seconds."""


class _Commands(click.Group):
    """A group that loads the command it is asked for; faults are told in French, then English."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(_SAID)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """Return the command `name`, None when there is none."""
        if name not in _SAID:
            return None
        module = import_module(f"contrats.commands.{name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what there is."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_SAID.items()))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 -- what click's own method returns
        """Run the command; a fault that a person can mend ends with exit status 1."""
        try:
            return super().invoke(ctx)
        except ContratsError as error:
            tell(error.fr, error.en)
        except OSError as error:
            found = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            tell(f"Le système a refusé : {found}", f"The system refused: {found}")
        raise click.exceptions.Exit(1)


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
