"""roqet, of Debian's rasqal-utils: rows by the protocol or from a file, graphs by raptor's parsers.

By the protocol it takes rows in XML alone, and never a boolean or a graph: its library has no
reader of `<boolean>`, and asks for `application/sparql-results+xml` whatever the query is.
"""

from __future__ import annotations

import shutil
import subprocess
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode
from xml.dom.minidom import parseString

from tests.clients.python_client import fetch
from tests.clients.terms import read_xml, show, show_value, skip_without

if TYPE_CHECKING:
    from tests.clients.terms import Row, Show

PARSERS: Final = {
    "ttl": "turtle",
    "nt": "ntriples",
    "rdf": "rdfxml",
    "trig": "trig",
    "nq": "nquads",
}
"""What raptor calls the forms of graphs; it reads no JSON-LD."""


def rows(endpoint: str, query: str) -> list[Row]:
    """Return the rows that roqet reads by the protocol."""
    return _run("-i", "sparql", "-p", endpoint, "-e", query)


def rows_of_file(endpoint: str, query: str, form: str) -> list[Row]:
    """Return the rows that roqet reads in a file that holds the answer."""
    with NamedTemporaryFile(suffix=f".{form}") as file:
        file.write(fetch(endpoint, query, form))
        file.flush()
        shown = show_value if form == "csv" else show
        return _run("-t", file.name, "-R", form, shown=shown)


def graph(endpoint: str, query: str, form: str) -> set[Row]:
    """Return the statements that raptor reads at the address of the answer."""
    address = f"{endpoint}?{urlencode({'query': query, 'as': form})}"
    all_of_it = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
    return set(_run("-F", PARSERS[form], "-D", address, "-e", all_of_it))


def _run(*arguments: str, shown: Show = show) -> list[Row]:
    """Return the rows that roqet, so called, found and wrote in XML."""
    if shutil.which("roqet") is None:
        skip_without("roqet", "apt-get install rasqal-utils")
    command = ["roqet", "-q", "-r", "xml", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    return read_xml(parseString(done.stdout), shown)  # noqa: S318 -- what roqet wrote here
