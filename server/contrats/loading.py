"""The tables into a store, while the rest is read: the store needs no one's attention."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

MUCH: Final = 1_000_000
"""So many bytes are worth a thread."""


@contextmanager
def load_meanwhile(store: ox.Store) -> Iterator[Callable[[bytes], None]]:
    """Give what adds N-Triples to the default graph of `store`; at the end all are there.

    What is large goes on while the caller does other things. No garbage is collected meanwhile:
    what pyoxigraph gave one thread may not be dropped in another.
    """
    begun: list[Future[None]] = []
    collects = gc.isenabled()
    gc.disable()
    with ThreadPoolExecutor(1) as thread:

        def load(triples: bytes) -> None:
            if len(triples) < MUCH:
                store.load(triples, ox.RdfFormat.N_TRIPLES)
            else:
                begun.append(thread.submit(store.load, triples, ox.RdfFormat.N_TRIPLES))

        try:
            yield load
        finally:
            for each in begun:
                each.result()
            if collects:
                gc.enable()
