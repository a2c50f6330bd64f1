"""Catalogues of all kinds on a real server, which redirects, lies and stumbles as asked."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOGUES: Final = Path(__file__).parent / "catalogues"
TYPES: Final = {
    ".ttl": "text/turtle; charset=utf-8",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv; charset=utf-8",
}


class Handler(BaseHTTPRequestHandler):
    """Answers a file of the folder; `here/` in it stands for the address of the server.

    A first step changes the answer: `moved` redirects, `latin` sends Windows-1252 without saying
    so, `bare` sends no charset, `huge` announces 60 MB, `typed` has no suffix.
    """

    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        """Answer without the body."""
        self.answer(whole=False)

    def do_GET(self) -> None:
        """Answer with the body."""
        self.answer(whole=True)

    def answer(self, *, whole: bool) -> None:
        """Send the file, changed as the first step says."""
        step, _, name = self.path.lstrip("/").rpartition("/")
        if step == "moved":
            self.send_response(301)
            self.send_header("Location", f"http://{self.headers['Host']}/{name}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path = CATALOGUES / (f"{name}.ttl" if step == "typed" else name)
        if name == "data.csv":
            body = b"a,b\n"
        elif not path.exists():
            self.send_error(404)
            return
        else:
            text = path.read_text("utf-8").replace("<here/", f"<http://{self.headers['Host']}/")
            body = text.encode("windows-1252" if step == "latin" else "utf-8")
        kind = TYPES[Path(name).suffix or ".ttl"]
        if step in {"latin", "bare"}:
            kind = kind.partition(";")[0]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        length = 60 * 1024 * 1024 if step == "huge" and not whole else len(body)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        if whole:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[str]:
    """Give the address of the server of catalogues, which ends with a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join(timeout=20)
