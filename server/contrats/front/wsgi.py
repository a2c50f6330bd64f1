"""One call of a WSGI application, its answer whole: https://peps.python.org/pep-3333/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contrats.front.environ import FileWrapper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from contrats.front.remembered import Headers


@dataclass(frozen=True, slots=True)
class Answer:
    """What the WSGI application answered: its body whole, or a file to be sent."""

    status: int
    headers: Headers
    body: bytes
    file: FileWrapper | None = None


def run_wsgi(app: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> Answer:
    """Return what the WSGI application `app` answers."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _: object = None) -> None:
        started.append((status, headers))

    answered = app(environ, start_response)
    if isinstance(answered, FileWrapper):
        file, body = answered, b""
    else:
        file = None
        try:
            body = b"".join(answered)
        finally:
            getattr(answered, "close", lambda: None)()
    status, headers = started[-1]
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return Answer(int(status.split(" ", 1)[0]), encoded, body, file)
