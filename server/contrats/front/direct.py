"""Queries of programs, answered without the application when there is nothing unusual about them.

Whatever is unusual (a refusal, a page, a condition, a crowd) is left to the application, which says
it in words. What is answered here has the same bytes and headers as there: a test compares them.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from contrats import guard
from contrats.engine.asked import Answered, Asked
from contrats.engine.engine import Started
from contrats.errors import BudgetError, ContratsError
from contrats.extent import is_short
from contrats.web.handover import Begun
from contrats.web.headers import HEADERS
from contrats.web.media import GRAPHS, HTML, RESULTS
from contrats.web.negotiation import find_best, tag_of
from contrats.web.operation import Received, read_operation
from contrats.web.passport import cache_control, make_passport, passport_headers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from contrats.engine.engine import Engine
    from contrats.web.media import Variant
    from contrats.web.operation import Operation

PATIENCE: Final = 0.05
"""Seconds that an answer is waited for here; a longer one is waited for in a thread."""
_CONDITIONS: Final = ("if-none-match", "if-match", "if-modified-since", "if-unmodified-since")
_OFFERED: Final = {"SELECT": (*RESULTS, HTML), "ASK": (*RESULTS, HTML)}

Headers = list[tuple[bytes, bytes]]
_ALWAYS: Final = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


def read_plain(
    scope: Mapping[str, Any], headers: Mapping[str, str], body: bytes, engine: Engine
) -> tuple[Asked, Operation, Variant] | None:
    """Return what a plain request asks, in which form; None when it is not plain."""
    if scope["method"] not in {"GET", "POST"} or any(name in headers for name in _CONDITIONS):
        return None
    kind = headers.get("content-type", "")
    try:
        operation = read_operation(
            Received(scope["method"], scope["query_string"], kind, lambda: body)
        )
        text = operation.query
        if not text or operation.form or not is_short(text):
            return None
        form = guard.check(text, engine.limits)
    except ContratsError:
        return None
    variant = find_best(headers.get("accept", ""), _OFFERED.get(form, (*GRAPHS, HTML)))
    if variant is None or variant is HTML:
        return None
    return Asked(text, variant.suffix, operation.dataset), operation, variant


async def answer_plain(asked: Asked, client: str, engine: Engine) -> Answered | Begun | None:
    """Return the answer to `asked` when it can be had at once or soon.

    Else what was begun, for the application to go on with; None when nothing was.
    """
    try:
        found = engine.try_start(asked, client)
    except BudgetError:
        return None
    if not isinstance(found, Started):
        return found
    begun = Begun(asked, lambda gone: engine.finish(found, gone))
    loop = asyncio.get_running_loop()
    if not await _is_readable(found.underway.worker.channel.fileno(), loop):
        return begun
    try:
        return begun.finish(lambda: False)
    except ContratsError as fault:
        return Begun(asked, _raising(fault))


def _raising(fault: ContratsError) -> Callable[[Callable[[], bool]], Answered]:
    """Return what raises `fault` where it can be told in words."""

    def finish(_: Callable[[], bool]) -> Answered:
        raise fault

    return finish


def make_headers(
    answered: Answered, operation: Operation, variant: Variant, public: str
) -> Headers:
    """Return the headers of a complete answer in memory, those that the application gives."""
    assert isinstance(answered.body, bytes)  # noqa: S101 -- a file goes another way
    passport = make_passport(operation.query or "", operation.dataset, answered, public)
    said = [
        ("Content-Type", variant.content_type),
        ("Content-Length", str(len(answered.body))),
        ("Vary", "Accept"),
        ("Cache-Control", cache_control(operation.query or "")),
        ("ETag", f'"{tag_of(variant.content_type, "", answered.body)}"'),
        *passport_headers(passport),
    ]
    return [*((name.lower().encode(), value.encode()) for name, value in said), *_ALWAYS]


async def _is_readable(descriptor: int, loop: asyncio.AbstractEventLoop) -> bool:
    """Wait a little for bytes on `descriptor`; tell whether there are some."""
    ready: asyncio.Future[bool] = loop.create_future()

    def settle(found: bool) -> None:  # noqa: FBT001 -- the future's result
        if not ready.done():
            ready.set_result(found)

    loop.add_reader(descriptor, settle, True)  # noqa: FBT003
    timer = loop.call_later(PATIENCE, settle, False)  # noqa: FBT003
    try:
        return await ready
    finally:
        timer.cancel()
        loop.remove_reader(descriptor)
