"""Work shared out among processes, one a core; a little of it is done without them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from contrats.errors import ContratsError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
Made = TypeVar("Made")


class _Here(Executor):
    """Does each task at once, in the thread that asks: what pyoxigraph gives may not leave it."""

    def submit(self, fn: Callable[..., Made], /, *args: object, **kwargs: object) -> Future[Made]:
        """Return the future of what is done already; what goes wrong is raised here."""
        future: Future[Made] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@contextmanager
def open_pool(*, alone: bool) -> Iterator[Executor]:
    """Give an executor: one process a core, or `alone` the one that asks.

    Processes are started anew, not forked: the one that asks has threads of the stores, and a copy
    of all its memory would be charged to each. They end with it, however it ends.
    """
    executor: Executor
    if alone:
        executor = _Here()
    else:
        context = multiprocessing.get_context("spawn")
        executor = ProcessPoolExecutor(os.cpu_count(), context, _follow_parent)
    try:
        yield executor
    except BaseException:
        executor.shutdown(cancel_futures=True)  # nobody writes on in a folder that is given up
        raise
    executor.shutdown(wait=False)


def gather(
    futures: Mapping[Future[Made], str],
    tell: Callable[[int, int], None],
) -> Iterable[tuple[str, Made]]:
    """Yield what each of `futures`, known by a name, made, as they end.

    Raise `WorkerError` at the first that failed, naming it.
    """
    for done, future in enumerate(as_completed(futures), start=1):
        name, fault = futures[future], future.exception()
        if isinstance(fault, ContratsError):
            raise fault
        if fault is not None:
            raise WorkerError(
                f"{name} : le travail s’est arrêté ({type(fault).__name__} : {fault}) ; vérifiez "
                "la mémoire libre et ce fichier, puis relancez.",
                f"{name}: the work stopped ({type(fault).__name__}: {fault}); check the free "
                "memory and this file, then run again.",
            ) from fault
        tell(done, len(futures))
        yield name, future.result()


def _follow_parent() -> None:
    """Have this process give way to the one that started it, and end with it, were it killed."""
    os.nice(5)  # what waits for us goes before us
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started us answers Ctrl-C
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
