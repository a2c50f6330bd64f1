"""Earlier releases, as long as they are on disk: their documents and files below `/release/…`."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from contrats.contents import STORE
from contrats.release import Release, survey_release
from contrats.store import open_disk_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from contrats.history import History
    from contrats.store import EmbeddedStore

    Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
    Make = Callable[[EmbeddedStore, Release], Wsgi]

RELEASE: Final = "contrats.release"
"""In the environment of a request below a release: its identifier."""
MOST: Final = 4
"""Earlier releases that are kept open."""
KEPT: Final = ("doc", "id", "graph", "dump", "card", "static")
"""The first steps below `/release/<identifier>` that an earlier release answers itself."""
_PATH: Final = re.compile(
    r"(?P<before>/en)?/release/(?P<name>[^/]+)(?P<after>/en)?"
    rf"(?P<rest>/(?:{'|'.join(KEPT)})/.+)"
)


@dataclass(slots=True)
class Earlier:
    """A WSGI application that answers for earlier releases as it does for its own.

    What it is to `today` to be mounted there: all links lead to the same release, but for pages
    that are no documents, which are today's.
    """

    today: Wsgi
    current: str
    history: History
    make: Make
    opened: dict[str, Wsgi] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 -- PEP 3333's own
        """Answer from the release that the path names, if it names one that is there."""
        found = _PATH.fullmatch(environ.get("PATH_INFO", ""))
        app = self._find(found["name"]) if found else None
        if found is None or app is None:
            return self.today(environ, start_response)
        language = found["before"] or found["after"] or ""
        below = {
            "SCRIPT_NAME": f"{environ.get('SCRIPT_NAME', '')}/release/{found['name']}",
            "PATH_INFO": f"{language}{found['rest']}",
            RELEASE: found["name"],
        }
        return app(environ | below, start_response)

    def _find(self, identifier: str) -> Wsgi | None:
        """Return what answers for a release, None when it is not on disk."""
        if identifier == self.current:
            return self.today
        entry = self.history.find(identifier)
        if entry is None or entry.identifier != identifier or not self.history.is_there(entry):
            return None
        with self.lock:
            app = self.opened.pop(identifier, None) or self._open(identifier)
            self.opened[identifier] = app
            while len(self.opened) > MOST:
                self.opened.pop(next(iter(self.opened)))
            return app

    def _open(self, identifier: str) -> Wsgi:
        """Open a release over its disk store; raises `ReleaseError` when it is damaged."""
        folder = self.history.releases / identifier
        manifest = survey_release(folder)
        release = Release(folder, manifest.version, manifest.issued, manifest)
        return self.make(open_disk_store(folder / STORE), release)
