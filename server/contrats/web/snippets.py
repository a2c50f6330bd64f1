"""The same answer from a program: the lines to paste, for the command line, Python and R."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web import address
from contrats.web.tongue import _

if TYPE_CHECKING:
    from contrats.web.asking import Asking


@dataclass(frozen=True, slots=True)
class Snippet:
    """Some lines of a program, under the name of its language."""

    language: str
    text: str


def snippets_of(asking: Asking) -> tuple[Snippet, ...]:
    """Return the lines that give the answer to `asking`; its addresses hold no quotation mark."""
    form = "ttl" if asking.query.form == "CONSTRUCT" else "csv"
    data, text = (address.public(asking.path(suffix)) for suffix in (form, "rq"))
    return (
        Snippet(_("Ligne de commande"), f"curl '{data}'\n"),
        Snippet("Python", _python(asking, text)),
        Snippet("R", _r(asking, data)),
    )


def _python(asking: Asking, text: str) -> str:
    """Return a program that asks the endpoint, through SPARQLWrapper."""
    form, read = {
        "SELECT": ("JSON", 'for row in found["results"]["bindings"]:\n    print(row)'),
        "ASK": ("JSON", 'print(found["boolean"])'),
        "CONSTRUCT": ("TURTLE", 'print(found.decode("utf-8"))'),
    }[asking.query.form]
    return f"""from urllib.request import urlopen

from SPARQLWrapper import {form}, SPARQLWrapper

endpoint = SPARQLWrapper("{address.public("/sparql")}")
with urlopen("{text}") as query:
    endpoint.setQuery(query.read().decode("utf-8"))
endpoint.setReturnFormat({form})
found = endpoint.query().convert()
{read}
"""


def _r(asking: Asking, data: str) -> str:
    """Return a program that reads the file of the answer."""
    if asking.query.form == "CONSTRUCT":
        return f'answer <- readLines("{data}", encoding = "UTF-8")\n'
    return f'library(readr)\n\nanswer <- read_csv("{data}")\n'
