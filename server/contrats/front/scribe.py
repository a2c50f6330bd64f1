"""A process that makes documents about things: it holds the release, and takes what one asks for.

    python -m contrats.front.scribe <descriptors of its channels>

It is told its duty through the first channel, says there when it holds the release, then makes
one document at a time, for whichever channel asks. It ends when the other side is gone.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Final, cast

from contrats.contents import CANONICAL
from contrats.engine.budget import Budgets
from contrats.engine.past import Past
from contrats.front.environ import complete
from contrats.front.wsgi import run_wsgi
from contrats.store import open_store
from contrats.web import create_app
from contrats.web.site import Engines

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from contrats.front.seat import Duty

_BEHIND: Final = 5
"""How much a scribe lets the process that serves people go before it."""


def main(*descriptors: str) -> None:
    """Read the release, say so, and make what is asked for until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started us answers Ctrl-C
    os.nice(_BEHIND)
    channels = [Connection(int(each)) for each in descriptors]
    with suppress(EOFError, OSError):
        app = _open(channels[0].recv())
        channels[0].send(None)
        while True:
            for channel in cast("list[Connection]", wait(channels)):
                channel.send(run_wsgi(app, complete(channel.recv())))


def _open(duty: Duty) -> Callable[..., Any]:
    """Return the application over the release in memory; no engine is started for it."""
    past = Past(duty.releases, duty.limits, Budgets(duty.limits), duty.spool)
    store = open_store(duty.release.path(CANONICAL))
    app = create_app(store, duty.release, duty.settings, Engines(None, past))
    gc.collect()
    gc.freeze()  # what is here by now stays: no pause to look at it again
    return app


if __name__ == "__main__":
    main(*sys.argv[1:])
