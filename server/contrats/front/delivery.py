"""An answer sent to its client: its body whole, a file part by part, or that nothing changed."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Final

from contrats.front.remembered import headers_of_304, is_known
from contrats.front.wsgi import Answer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import Any

    from contrats.front.remembered import Remembered

    Scope = dict[str, Any]
    Send = Callable[[dict[str, Any]], Awaitable[None]]

_PATHSEND: Final = "http.response.pathsend"


async def deliver_again(
    known: Remembered, scope: Scope, headers: Mapping[str, str], send: Send
) -> None:
    """Send what was sent before, or that it has not changed."""
    if is_known(headers.get("if-none-match", ""), known.etag):
        head = {"type": "http.response.start", "status": 304, "headers": headers_of_304(known)}
        await send(head)
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": known.headers})
    body = known.body if scope["method"] == "GET" else b""
    await send({"type": "http.response.body", "body": body})


async def deliver(answer: Answer, scope: Scope, send: Send) -> None:
    """Send an answer; of a file, its path where the server takes one, else its parts."""
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    if answer.file is None:
        await send({"type": "http.response.body", "body": answer.body})
        return
    name = answer.file.file.name
    if isinstance(name, str) and _PATHSEND in (scope.get("extensions") or {}):
        answer.file.close()
        await send({"type": _PATHSEND, "path": name})
        return
    loop = asyncio.get_running_loop()
    try:
        while part := await loop.run_in_executor(None, answer.file.file.read, answer.file.block):
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        answer.file.close()


def too_slow(patience: float) -> Answer:
    """Return the answer to a request whose body did not come in time."""
    problem = {
        "type": "about:blank",
        "title": "Délai dépassé",
        "title-en": "Request timeout",
        "status": 408,
        "detail": f"Le corps de la requête n’est pas arrivé en {patience:g} s. Renvoyez-la.",
        "detail-en": f"The body of the request did not come within {patience:g} s. Send it again.",
    }
    body = json.dumps(problem, ensure_ascii=False, indent=2).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
        (b"cache-control", b"no-store"),
    ]
    return Answer(408, headers, body)
