"""A process that answers queries, one after the other, and can reach nothing but the release."""

from __future__ import annotations

import gc
import resource
import time
from dataclasses import dataclass
from itertools import chain, islice
from itertools import count as counting
from typing import IO, TYPE_CHECKING, Any, Final, cast

import pyoxigraph as ox

from contrats.engine import wire
from contrats.engine.asked import ROWS
from contrats.engine.rows import write_first_rows
from contrats.engine.spool import Spool, TooLargeError
from contrats.errors import QueryRefusedError
from contrats.store import Dataset, evaluate, unanswered
from contrats.triples import read_term
from contrats.vocabulary import PREFIXES
from contrats.writing import RDF_FORMATS, RESULT_FORMATS, csv_lines, write_graph, write_rows

if TYPE_CHECKING:
    import socket

SORTED: Final = 50_000
"""Statements that are sorted before they are written; a longer graph goes as it comes."""
STACK: Final = 32 * 1024 * 1024
"""Bytes that a worker may take in any case: nested queries want a deep stack."""
_MALFORMED, _REFUSED, _TOO_LARGE, _NO_MEMORY = "malformed", "refused", "too-large", "no-memory"


@dataclass(frozen=True, slots=True)
class Confines:
    """What a worker may use: bytes of memory beyond the release's own, bytes of an answer."""

    memory: int
    result: int
    kept: int


def work(channel: socket.socket, file: IO[bytes], store: ox.Store, confines: Confines) -> None:
    """Answer what comes through `channel` until the other side closes it."""
    gc.disable()  # a process that is soon replaced; collecting would copy the parent's memory
    _confine(confines.memory)
    while True:
        try:
            asked = wire.receive(channel)
        except (EOFError, OSError):
            return
        spool = Spool(file, confines.kept, confines.result)
        record = _answer(store, asked.record, asked.body.decode("utf-8"), spool)
        record["on-disk"] = spool.on_disk
        wire.send(channel, record, b"" if spool.on_disk else spool.kept())


def _confine(memory: int) -> None:
    """Bound the memory of this process, and have it open nothing more: no file, no socket.

    What the allocator reserved and does not use yet is a part of `memory`.
    """
    with open("/proc/self/statm", encoding="ascii") as sizes:  # noqa: PTH123 -- a last short file
        size, resident, shared, _, _, data, _ = map(int, sizes.read().split())
    unused = max(0, data - (resident - shared)) * resource.getpagesize()
    bound = size * resource.getpagesize() + max(STACK, memory - unused)
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _answer(store: ox.Store, asked: dict[str, Any], text: str, spool: Spool) -> dict[str, Any]:
    """Write the answer to `text` in `spool`; return what became of it."""
    started = time.perf_counter()
    try:
        count = _write(_find(store, asked, text), asked["form"], spool)
    except SyntaxError as fault:
        return {"fault": _MALFORMED, "said": str(fault)}
    except QueryRefusedError as fault:
        return {"fault": _REFUSED, "fr": fault.fr, "en": fault.en}
    except TooLargeError:
        return {"fault": _TOO_LARGE}
    except MemoryError:
        return {"fault": _NO_MEMORY}
    except (OSError, RuntimeError, ValueError) as fault:
        refusal = unanswered(fault)
        return {"fault": _REFUSED, "fr": refusal.fr, "en": refusal.en}
    return {"count": count, "seconds": time.perf_counter() - started}


def _find(store: ox.Store, asked: dict[str, Any], text: str) -> Any:  # noqa: ANN401 -- one of three
    """Return what the engine gives for `text`: rows, a yes or no, or statements as they come."""
    dataset = Dataset(tuple(asked["default"]), tuple(asked["named"]))
    return evaluate(store, text, {name: read_term(term) for name, term in asked["bind"]}, dataset)


def _write(found: Any, form: str, spool: Spool) -> int | None:  # noqa: ANN401 -- one of three
    """Write `found` in `form`; return how many statements or rows there are, if known."""
    if form == ROWS:
        body, count = write_first_rows(found)
        spool.write(body)
        return count
    if not isinstance(found, ox.QueryTriples):
        _write_rows(found, RESULT_FORMATS.get(form, ox.QueryResultsFormat.JSON), spool)
        return None
    kind = RDF_FORMATS.get(form, ox.RdfFormat.TURTLE)
    first = list(islice(found, SORTED))
    following = list(islice(found, 1))
    if not following or kind == ox.RdfFormat.RDF_XML:  # whose text is to be read again
        whole = [*first, *following, *found]
        spool.write(write_graph(whole, kind))
        return len(whole)
    counter = counting()
    flowing = (triple for triple, _ in zip(chain(first, following, found), counter, strict=False))
    ox.serialize(flowing, cast("IO[bytes]", spool), kind, prefixes=dict(PREFIXES))
    return next(counter)


def _write_rows(
    found: ox.QuerySolutions | ox.QueryBoolean, kind: ox.QueryResultsFormat, spool: Spool
) -> None:
    """Write rows as they come; a boolean, and XML, whose text is to be read again, as a whole."""
    if isinstance(found, ox.QueryBoolean) or kind == ox.QueryResultsFormat.XML:
        spool.write(write_rows(found, kind))
    elif kind == ox.QueryResultsFormat.CSV:
        for some in csv_lines(found):
            spool.write(some)
    else:
        found.serialize(cast("IO[bytes]", spool), kind)
