"""The ASGI application: requests are read whole in time, then answered by memory or by WSGI.

https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from contrats.engine.asked import Answered
from contrats.front.delivery import deliver, deliver_again, too_slow
from contrats.front.direct import answer_plain, make_headers, read_plain
from contrats.front.environ import make_environ, read_headers
from contrats.front.remembered import key_of, remember
from contrats.front.wsgi import Answer, run_wsgi
from contrats.web.client import GONE, find_client
from contrats.web.handover import BEGUN, Begun
from contrats.web.operation import MAX_BODY

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from contrats.front.delivery import Scope, Send
    from contrats.front.publication import Publication

    Receive = Callable[[], Awaitable[dict[str, Any]]]
    Maker = Callable[[Callable[..., Any], dict[str, Any]], Answer]

ASKERS: Final = 64
"""Threads in which queries wait for their processes."""
RENDERERS: Final = 2
"""Threads in which pages are made: more would only share one processor."""
ATTENTIVE: Final = 0.5
"""Seconds of an answer after which we look whether the client is still there."""
_WATCHES: Final[set[asyncio.Task[None]]] = set()
"""Kept until they are done: the loop itself holds tasks loosely."""


@dataclass(slots=True)
class Gateway:
    """What answers each request from the publication of the moment."""

    current: Callable[[], Publication]
    patience: float
    """Seconds in which the body of a request must have come."""
    prefix: str
    documents: ThreadPoolExecutor
    """Threads that make documents about things, or wait for the scribe who does."""
    askers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(ASKERS))
    renderers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(RENDERERS))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        publication = self.current()
        key = key_of(scope)
        known = publication.memory.find(key) if key else None
        headers = read_headers(scope)
        client = find_client(
            str((scope.get("client") or ("",))[0]),
            headers.get("x-forwarded-for", ""),
            publication.proxies,
        )
        if known is not None and (not known.counted or publication.pays(client)):
            await deliver_again(known, scope, headers, send)
            return
        try:
            body = await _read(receive, self.patience) if _has_body(scope, headers) else b""
        except TimeoutError:
            await deliver(too_slow(self.patience), scope, send)
            return
        answer = await self._answer(publication, Request(scope, headers, body, client), receive)
        if answer.status == HTTPStatus.OK:
            remember(publication.memory, key, answer.headers, answer.body)
        await deliver(answer, scope, send)

    async def _answer(self, publication: Publication, request: Request, receive: Receive) -> Answer:
        """Answer directly where nothing is unusual, else have the application answer."""
        begun: Begun | None = None
        if request.scope["path"] == f"{self.prefix}/sparql":
            found = await answer_directly(publication, request)
            if isinstance(found, Answer):
                return found
            begun = found
        left = asyncio.Event()
        environ = make_environ(request.scope, request.headers, request.body, self.prefix)
        environ |= {GONE: left.is_set, BEGUN: begun}
        threads, make = self._makers(request, publication)
        loop = asyncio.get_running_loop()
        watching = loop.call_later(ATTENTIVE, _watch, receive, left, loop)
        try:
            return await loop.run_in_executor(threads, make, publication.app, environ)
        finally:
            watching.cancel()
            if begun is not None and not begun.finished:  # the application did without it
                loop.run_in_executor(self.askers, begun.finish, lambda: True)

    def _makers(
        self, request: Request, publication: Publication
    ) -> tuple[ThreadPoolExecutor, Maker]:
        """Return where an answer is made, and how: who only waits or is quick waits for nobody.

        A crawl asks for the documents of all things, which the pages of people do not wait for.
        """
        path = request.scope["path"]
        if _asks(path):
            return self.askers, run_wsgi
        if "/doc/" in path and not request.body:
            return self.documents, publication.desk.answer
        return self.renderers, run_wsgi


@dataclass(frozen=True, slots=True)
class Request:
    """A request that came whole."""

    scope: Scope
    headers: Mapping[str, str]
    body: bytes
    client: str


async def answer_directly(publication: Publication, request: Request) -> Answer | Begun | None:
    """Return the answer to a plain query, or what was begun of it, or None."""
    engine = publication.engine
    plain = read_plain(request.scope, request.headers, request.body, engine)
    if plain is None:
        return None
    asked, operation, variant = plain
    found = await answer_plain(asked, request.client, engine)
    if not isinstance(found, Answered):
        return found
    if not isinstance(found.body, bytes):
        return Begun(asked, lambda _: found)
    headers = make_headers(found, operation, variant, publication.public)
    return Answer(200, headers, found.body)


def _asks(path: str) -> bool:
    """Tell whether an address may lead to the engine, where threads only wait."""
    return path.rstrip("/").endswith("/sparql") or "/queries/" in path or "/release/" in path


def _has_body(scope: Scope, headers: Mapping[str, str]) -> bool:
    """Tell whether a body comes with the request (https://www.rfc-editor.org/rfc/rfc9112#section-6.3)."""
    announced = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    return announced or scope["method"] not in {"GET", "HEAD"}


async def _read(receive: Receive, patience: float) -> bytes:
    """Return the body of the request, or its beginning when it is too long to be read."""
    body = bytearray()
    async with asyncio.timeout(patience):
        while len(body) <= MAX_BODY:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
    return bytes(body)


def _watch(receive: Receive, left: asyncio.Event, loop: asyncio.AbstractEventLoop) -> None:
    """Have `left` set when the client goes away."""

    async def wait() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        left.set()

    _WATCHES.add(watch := loop.create_task(wait()))
    watch.add_done_callback(_WATCHES.discard)
