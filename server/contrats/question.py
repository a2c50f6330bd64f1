"""A query asked from the command line: its text, the store that answers, the form of the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats import guard
from contrats.endpoint import RemoteStore
from contrats.errors import QueryFileError, QueryRefusedError
from contrats.header import read_query
from contrats.library import read_library
from contrats.release import open_release
from contrats.store import Store, open_store, write_graph, write_rows
from contrats.web.media import GRAPHS, RDF_FORMATS, RESULT_FORMATS, RESULTS

if TYPE_CHECKING:
    from contrats.rooms import Rooms

FORMATS: Final = tuple(variant.suffix for variant in (*RESULTS, *GRAPHS))


def find_text(named: str, rooms: Rooms, typed: str) -> str:
    """Return the query `named`: `-` for the text `typed`, a file, or a saved query by its name."""
    if named == "-":
        return typed
    if Path(named).is_file():
        return read_query(Path(named))
    saved = {query.name: query.text for query in read_library(rooms.queries)}
    if named in saved:
        return saved[named]
    listed = ", ".join(saved)
    raise QueryFileError(
        f"« {named} » n’est ni un fichier ni une requête enregistrée. Requêtes : {listed}.",
        f'"{named}" is neither a file nor a saved query. Queries: {listed}.',
    )


def find_store(releases: Path, endpoint: str | None) -> Store:
    """Return the endpoint at that address, else the current release of `releases`."""
    if endpoint:
        return RemoteStore(endpoint)
    return open_store(open_release(releases).path("contrats.nq"))


def ask(store: Store, text: str, form: str | None) -> bytes:
    """Return the whole answer to `text`, in `form` or in JSON for rows and Turtle for a graph.

    The guard holds here too, but for the length: a person may ask at length of their own machine.
    """
    guard.check(text, max_bytes=None)
    found = store.answer(text)
    if isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
        return write_rows(found, RESULT_FORMATS[_fitting(form or "json", tuple(RESULT_FORMATS))])
    return write_graph(found, RDF_FORMATS[_fitting(form or "ttl", tuple(RDF_FORMATS))])


def _fitting(form: str, offered: tuple[str, ...]) -> str:
    """Return `form` when the kind of answer can be written in it."""
    if form in offered:
        return form
    listed = ", ".join(offered)
    raise QueryRefusedError(
        f"Cette réponse ne s’écrit pas en {form}. Formes possibles : {listed}.",
        f"This answer cannot be written as {form}. Possible forms: {listed}.",
    )
