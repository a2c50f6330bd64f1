"""A query asked from the command line: its text, the store that answers, the form of the answer."""

from __future__ import annotations

from concurrent.futures import Future, wait
from difflib import get_close_matches
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pyoxigraph as ox

from contrats import guard
from contrats.endpoint import RemoteStore
from contrats.errors import ContratsError, QueryFileError, QueryRefusedError, ReleaseError
from contrats.header import read_query
from contrats.library import read_library
from contrats.limits import Limits
from contrats.manifest import NAME as MANIFEST
from contrats.release import check_release, open_release
from contrats.shelf import CURRENT
from contrats.store import Store, open_disk_store, open_store
from contrats.web.media import GRAPHS, RESULTS
from contrats.writing import RDF_FORMATS, RESULT_FORMATS, write_graph, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from contrats.release import Release
    from contrats.rooms import Rooms

FORMATS: Final = tuple(variant.suffix for variant in (*RESULTS, *GRAPHS))


TICK: Final = 2.0
"""Seconds between two words on a query that takes long."""
_BOM: Final = "\ufeff"
_SHOWN: Final = 60
"""Characters of a name that was not found; a longer one most likely is the query itself."""


def find_text(named: str, rooms: Rooms, typed: bytes) -> str:
    """Return the query `named`: `-` for what was `typed`, a file, or a saved query by its name."""
    if named == "-":
        text = _decode(typed)
    elif _is_file(named):
        text = read_query(Path(named))
    else:
        text = _find_saved(named, rooms)
    text = text.removeprefix(_BOM)  # editors of Windows begin a file with it
    if text.strip():
        return text
    raise QueryFileError(
        "Aucune requête ; donnez un fichier ou un nom (contrats query signatories), "
        "ou écrivez-la sur l’entrée standard.",
        "No query; give a file or a name (contrats query signatories), "
        "or write it to standard input.",
    )


def _decode(typed: bytes) -> str:
    """Return what came from standard input as text."""
    try:
        return typed.decode("utf-8")
    except UnicodeDecodeError as error:
        line = typed[: error.start].count(b"\n") + 1
        raise QueryFileError(
            f"Entrée standard, ligne {line} : octets illisibles ; envoyez de l’UTF-8.",
            f"Standard input, line {line}: undecodable bytes; send UTF-8.",
        ) from error


def _is_file(named: str) -> bool:
    """Tell whether a file of that name is there: a name too long for one is not."""
    try:
        path = Path(named)
        return path.exists() and not path.is_dir()
    except OSError:
        return False


def _find_saved(named: str, rooms: Rooms) -> str:
    """Return the saved query `named`, or say which ones there are."""
    saved = {query.name: query.text for query in read_library(rooms.queries)}
    if named in saved:
        return saved[named]
    stem = Path(named).name.removesuffix(".rq")
    meant = [stem] if stem in saved else get_close_matches(stem[:_SHOWN], saved, 1)
    shown = f"{named[:_SHOWN]}…" if len(named) > _SHOWN else named
    mend_fr, mend_en = f"Requêtes : {', '.join(saved)}.", f"Queries: {', '.join(saved)}."
    if meant:
        mend_fr = f"Vouliez-vous dire « {meant[0]} » ? {mend_fr}"
        mend_en = f'Did you mean "{meant[0]}"? {mend_en}'
    elif "{" in named:
        mend_fr = "Le texte d’une requête s’envoie sur l’entrée standard."
        mend_en = "The text of a query goes to standard input."
    raise QueryFileError(
        f"« {shown} » n’est ni un fichier ni une requête enregistrée. {mend_fr}",
        f'"{shown}" is neither a file nor a saved query. {mend_en}',
    )


def find_store(releases: Path, endpoint: str | None, identifier: str | None) -> Store:
    """Return the endpoint at that address, else a release of `releases`, the current one if None.

    The store on disk opens at once; of a release that has none its N-Quads are read.
    """
    if endpoint is not None:
        return RemoteStore(_of_release(endpoint, identifier))
    release = open_release(releases) if identifier is None else _find_release(releases, identifier)
    if release.path("store").is_dir():
        return open_disk_store(release.path("store"))
    return open_store(release.path("contrats.nq"))


def _of_release(endpoint: str, identifier: str | None) -> str:
    """Return the address of an endpoint of ours over that very release."""
    if identifier is None:
        return endpoint
    site = endpoint.rstrip("/").removesuffix("/sparql")
    return f"{site}/release/{quote(identifier)}/sparql"


def _find_release(releases: Path, identifier: str) -> Release:
    """Return the release called `identifier`, or say which there are."""
    known = sorted(path.parent.name for path in releases.glob(f"[!.]*/{MANIFEST}"))
    known = [name for name in known if name != CURRENT]
    if identifier in known:
        return check_release(releases / identifier)
    raise ReleaseError(
        f"--release {identifier[:_SHOWN]} : pas de publication de ce nom dans {releases}. "
        f"Publications : {', '.join(known) or 'aucune'}.",
        f"--release {identifier[:_SHOWN]}: no release of that name in {releases}. "
        f"Releases: {', '.join(known) or 'none'}.",
    )


def ask(
    store: Store, text: str, form: str | None, waiting: Callable[[float], None] = lambda _: None
) -> bytes:
    """Return the whole answer to `text`, in `form` or in JSON for rows and Turtle for a graph.

    The guard holds here too, but for the length: a person may ask at length of their own machine.
    `waiting` is told from time to time how many seconds have passed.
    """
    guard.check(text, Limits(), at_length=True)
    answering: Future[bytes] = Future()
    Thread(target=_settle, args=(answering, store, text, form), daemon=True).start()
    waited = 0.0
    while not wait([answering], TICK).done:
        waited += TICK
        waiting(waited)
    return answering.result()


def _settle(answering: Future[bytes], store: Store, text: str, form: str | None) -> None:
    """Answer in a thread that Ctrl-C need not wait for."""
    try:
        answering.set_result(_answer(store, text, form))
    except ContratsError as fault:
        answering.set_exception(fault.with_traceback(None))  # it holds rows of this thread


def _answer(store: Store, text: str, form: str | None) -> bytes:
    """Return the answer, found and written in one thread: the engine's rows may not leave it."""
    found = store.answer(text)
    if isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
        kind = RESULT_FORMATS[_fitting(form or "json", tuple(RESULT_FORMATS))]
        answer = write_rows(found, kind)
    else:
        answer = write_graph(found, RDF_FORMATS[_fitting(form or "ttl", tuple(RDF_FORMATS))])
    return answer + b"\n" if answer and not answer.endswith(b"\n") else answer


def _fitting(form: str, offered: tuple[str, ...]) -> str:
    """Return `form` when the kind of answer can be written in it."""
    if form in offered:
        return form
    listed = ", ".join(offered)
    raise QueryRefusedError(
        f"Cette réponse ne s’écrit pas en {form}. Formes possibles : {listed}.",
        f"This answer cannot be written as {form}. Possible forms: {listed}.",
    )
