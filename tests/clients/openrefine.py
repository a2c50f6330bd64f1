"""Has OpenRefine itself reconcile the names that the sources write, and fetch columns for them.

`python -m tests.clients.openrefine [OPENREFINE]`: what `make openrefine` does, with Debian's
package `openrefine`. The release that was built last is served for it, on this machine alone.
"""

from __future__ import annotations

import csv
import http.cookiejar
import io
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.error import URLError
from urllib.parse import parse_qs, urlencode, urlsplit

import pyoxigraph as ox
from tests.benchmarks.reconciliation import ACTOR, read_samples

from contrats.commands.harvest_check import serve_release
from contrats.release import find_current

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

RELEASES: Final = Path("releases")
COLUMN: Final = "nom"
ADDED: Final = ("org:classification", "iri", "cls:signs")
"""Properties that are fetched for the names that it is sure of, a column each."""
RIGHT: Final = 0.97
"""Of the names that it is sure of, how many mean at least what the editors read in them."""
_ENGINE: Final = json.dumps({"facets": [], "mode": "row-based"})
_PATIENCE: Final = 180.0


@dataclass(frozen=True, slots=True)
class Refine:
    """An OpenRefine that answers at `address`."""

    address: str
    opener: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
    )

    def ask(self, command: str, **given: str) -> Any:  # noqa: ANN401 -- JSON
        """Return what a command that changes nothing answers."""
        url = f"{self.address}/command/core/{command}?{urlencode(given)}"
        with self.opener.open(url, timeout=_PATIENCE) as answer:
            return json.load(answer)

    def tell(self, command: str, **given: str) -> Any:  # noqa: ANN401 -- JSON
        """Return what a command that changes something answers."""
        token = self.ask("get-csrf-token")["token"]
        url = f"{self.address}/command/core/{command}?{urlencode({'csrf_token': token})}"
        with self.opener.open(url, urlencode(given).encode(), timeout=_PATIENCE) as answer:
            return json.load(answer)

    def create(self, name: str, text: str) -> str:
        """Return the number of a new project of the CSV file `text`."""
        token = self.ask("get-csrf-token")["token"]
        body, kind = _multipart(text)
        options = json.dumps({"separator": ",", "headerLines": 1, "encoding": "UTF-8"})
        given = {"csrf_token": token, "project-name": name, "format": "text/line-based/*sv"}
        query = urlencode({**given, "options": options})
        url = f"{self.address}/command/core/create-project-from-upload?{query}"
        request = urllib.request.Request(url, body, {"Content-Type": kind})  # noqa: S310 -- loopback
        with self.opener.open(request, timeout=_PATIENCE) as answer:
            address: str = answer.url
        return parse_qs(urlsplit(address).query)["project"][0]

    def work(self, command: str, project: str, given: Mapping[str, str]) -> float:
        """Have `command` done on `project`; return the seconds until nothing is under way."""
        began = time.monotonic()
        self.tell(command, project=project, engine=_ENGINE, **given)
        until = began + _PATIENCE
        while self.ask("get-processes", project=project)["processes"]:
            if time.monotonic() > until:
                raise SystemExit("OpenRefine did not come to an end")
            time.sleep(0.1)
        return time.monotonic() - began


def main(command: str = "openrefine") -> int:
    """Return 0 when OpenRefine is right where it is sure, and has columns for that."""
    quads = ox.Store()
    quads.bulk_load(path=str(find_current(RELEASES) / "contrats.nq"), format=ox.RdfFormat.N_QUADS)
    bodies: dict[str, set[str]] = {}
    for sample in read_samples(quads):
        bodies.setdefault(sample.name, set()).add(sample.body)
    with serve_release(RELEASES) as served, running(command) as refine:
        project = refine.create("noms", write_table(bodies))
        service = read_service(f"{served}reconcile")
        took = (reconcile(refine, project, service), extend(refine, project, service))
        table = refine.ask("get-rows", project=project, start="0", limit="100000")
    return report(table, bodies, took)


def reconcile(refine: Refine, project: str, service: Mapping[str, str]) -> float:
    """Have all names looked for among bodies; return the seconds it took."""
    config = {
        **service, "mode": "standard-service", "autoMatch": True, "limit": 0,
        "type": {"id": ACTOR, "name": ACTOR}, "columnDetails": [],
    }  # fmt: skip
    given = {"columnName": COLUMN, "config": json.dumps(config)}
    return refine.work("reconcile", project, given)


def extend(refine: Refine, project: str, service: Mapping[str, str]) -> float:
    """Have columns fetched for the names it is sure of; return the seconds it took."""
    given = {
        "baseColumnName": COLUMN,
        "endpoint": service["service"],
        "identifierSpace": service["identifierSpace"],
        "schemaSpace": service["schemaSpace"],
        "columnInsertIndex": "1",
        "extension": json.dumps({"properties": [{"id": each} for each in ADDED]}),
    }
    return refine.work("extend-data", project, given)


def report(
    table: Mapping[str, Any], bodies: Mapping[str, set[str]], took: tuple[float, float]
) -> int:
    """Say what was found; return 0 when that is as it should be."""
    found = table["pool"]["recons"]
    rows = [row["cells"] for row in table["rows"] if row["cells"] and row["cells"][0]]
    names = {cells[0]["v"]: found[cells[0]["r"]] for cells in rows if "r" in cells[0]}
    sure = {name: each["m"]["id"] for name, each in names.items() if each["j"] == "matched"}
    right = sum(body in bodies[name] for name, body in sure.items())
    open_ = sum(bool(each.get("c")) for name, each in names.items() if name not in sure)
    full = [sum(len(cells) > 1 + at and bool(cells[1 + at]) for cells in rows) for at in range(3)]
    sys.stdout.write(
        f"{len(names)} of {len(bodies)} names asked, in {took[0]:.1f} s: sure of {len(sure)}, "
        f"{right} of these rightly; candidates for {open_} more\n"
        f"{len(ADDED)} columns in {took[1]:.1f} s; cells with a value: {full}\n"
    )
    return int(len(names) < len(bodies) or right < RIGHT * len(sure) or min(full) < 1)


def read_service(address: str) -> dict[str, Any]:
    """Return what OpenRefine keeps of a service that was added: its manifest, its address."""
    with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:  # noqa: S310 -- loopback
        manifest = json.load(answer)
    spaces = {name: manifest[name] for name in ("identifierSpace", "schemaSpace")}
    return {"service": address, **spaces}


def write_table(names: Iterable[str]) -> str:
    """Return a CSV file of one column."""
    text = io.StringIO()
    csv.writer(text).writerows([[COLUMN], *([name] for name in names)])
    return text.getvalue()


@contextmanager
def running(command: str) -> Iterator[Refine]:
    """Give an OpenRefine of its own, on a free port of loopback, and end it."""
    with socket.create_server(("127.0.0.1", 0)) as tried:
        port = str(tried.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [command, "-p", port, "-d", folder, "-x", "refine.headless=true"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            refine = Refine(f"http://127.0.0.1:{port}")
            _await(refine)
            yield refine
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=60)


def _await(refine: Refine) -> None:
    """Return once OpenRefine answers."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            refine.ask("get-version")
        except (URLError, ConnectionError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("OpenRefine does not answer: is the package openrefine there?")


def _multipart(text: str) -> tuple[bytes, str]:
    """Return a form with one file, and its media type."""
    edge = "----names"
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="project-file"; filename="names.csv"'
        "\r\nContent-Type: text/csv; charset=utf-8\r\n\r\n"
    )
    body = f"{head}{text}\r\n--{edge}--\r\n".encode()
    return body, f"multipart/form-data; boundary={edge}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
