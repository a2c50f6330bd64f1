"""The pages that are asked most, made before anybody asks: the lists, and each contract's."""

from __future__ import annotations

import re
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from contrats.front.environ import make_environ
from contrats.front.remembered import key_of, remember
from contrats.front.wsgi import run_wsgi

if TYPE_CHECKING:
    from threading import Event

    from contrats.front.publication import Publication

LISTS: Final = (
    "/", "/contracts", "/map", "/compare", "/actors", "/themes", "/plans", "/queries", "/sources",
    "/coverage", "/sparql", "/help", "/en/", "/en/contracts",
)  # fmt: skip
ACCEPT: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
"""What browsers accept, as far as our forms are concerned."""
REST: Final = 2
"""How many times as long as a page took nothing is made, so that visitors go first."""
_LINK: Final = re.compile(r'href="[^"]*(/doc/contract/[a-z0-9-]+)"')


def make_ready(publication: Publication, most: int, closed: Event) -> None:
    """Make at most so many pages and keep them, with rests, until `closed` is set."""
    todo = list(LISTS)
    for number, path in enumerate(todo):  # grows by the contracts that their list names
        if number >= most or closed.is_set():
            return
        started = time.monotonic()
        body = _make(publication, path)
        if path == "/contracts":
            todo += sorted(set(_LINK.findall(body.decode("utf-8"))))
        closed.wait(REST * (time.monotonic() - started))


def _make(publication: Publication, path: str) -> bytes:
    """Return the page at `path`, which is kept."""
    prefix = urlsplit(publication.public).path
    scope: dict[str, Any] = {
        "method": "GET",
        "path": f"{prefix}{path}",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [(b"accept", ACCEPT.encode())],
    }
    key = key_of(scope)
    environ = make_environ(scope, {"accept": ACCEPT, "host": "localhost"}, b"", prefix)
    answer = run_wsgi(publication.app, environ)
    if answer.status == HTTPStatus.OK:
        remember(publication.memory, key, answer.headers, answer.body)
    return answer.body
