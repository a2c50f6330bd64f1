"""Walk all that is published as a stranger would: from robots.txt to every IRI of ours.

Each document is taken in each form; the forms must say the same, and something about the thing.
`python -m tests.benchmarks.walk http://127.0.0.1:8000 --every 40` prints what does not hold.
"""

from __future__ import annotations

import argparse
import re
import sys
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pyoxigraph as ox
from tests.benchmarks.connection import Connection

from contrats.vocabulary import BASE
from contrats.web.media import CATALOGUES, DOCUMENTS
from contrats.writing import RDF_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.benchmarks.connection import Response

    from contrats.web.media import Variant

_LOC: Final = re.compile(r"<loc>([^<]+)</loc>")
_SITEMAP: Final = re.compile(r"^Sitemap: (\S+)$", re.MULTILINE)
_ID: Final = re.compile(r'\sid="([^"]+)"')
_BROWSER: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_BARE: Final = frozenset(
    {"/.well-known/void", "/catalog/complete", "/dump", "/dump/contract", "/ldes",
     "/reconcile/properties"}
)  # fmt: skip
"""Addresses for machines alone: a browser is given what they are given."""
_READ: Final = ("/def", "/shape")
"""Documents of which people follow the parts, so that each has its place on the page."""
_OFTEN: Final = "/doc/territory/"
"""Of these, most of which are communes, some are walked."""
_STRIDE: Final = 500
"""Documents after which the walk tells how far it is."""
_TOGETHER: Final = 3
"""Connections at a time: the walk itself takes a processor to parse."""


@dataclass(slots=True)
class Walk:
    """A walk over the site at `address`; `faults` say what does not hold, and where."""

    address: str
    requests: int = 0
    statements: int = 0
    walked: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    sitemap: tuple[str, ...] = ()
    seen: dict[str, str] = field(default_factory=dict)
    """IRIs of ours that a document names, each with the first document that does."""
    _opened: list[Connection] = field(default_factory=list)
    _local: threading.local = field(default_factory=threading.local)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, path: str, accept: str = "*/*") -> Response:
        """Return what `path` answers."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = Connection(urlsplit(self.address).port or 80)
            self._opened.append(connection)
        with self._lock:
            self.requests += 1
        answer: Response = connection.get(path, accept)
        return answer

    def fault(self, path: str, said: str) -> None:
        """Note what does not hold."""
        with self._lock:
            self.faults.append(f"{path}: {said}")

    def read_sitemap(self) -> tuple[str, ...]:
        """Return the paths of the sitemap that robots.txt names; each must be there once."""
        robots = self.get("/robots.txt").body.decode()
        index = self._locations(_path(_SITEMAP.findall(robots)[0], self.address))
        found = [path for part in index for path in self._locations(part)]
        for path, times in Counter(found).items():
            if times > 1:
                self.fault(path, f"{times} times in the sitemap")
        self.sitemap = tuple(found)
        return self.sitemap

    def _locations(self, path: str) -> list[str]:
        answer = self.get(path)
        if answer.status != 200:
            self.fault(path, f"status {answer.status}")
        found = _LOC.findall(answer.body.decode())
        strangers = [each for each in found if not each.startswith(self.address)]
        if strangers or len(found) > 50_000 or len(answer.body) > 50_000_000:
            self.fault(path, f"{len(found)} addresses, {len(strangers)} elsewhere")
        return [_path(each, self.address) for each in found]

    def take(self, paths: Iterable[str]) -> None:
        """Take each of `paths`."""
        with ThreadPoolExecutor(_TOGETHER) as threads:
            list(threads.map(self._take, paths))

    def finish(self) -> None:
        """Look at what the documents name and the sitemap does not."""
        others = {_document(iri) for iri in self.seen} - set(self.sitemap)
        for path in sorted(others):
            self._answers(path)
        self._check_fragments()
        for connection in self._opened:
            connection.close()

    def _answers(self, path: str) -> None:
        """Check that a document outside the sitemap is there all the same."""
        status = self.get(path).status
        self.walked["beside the sitemap"] += 1
        if status != 200:
            iri = next(iri for iri in self.seen if _document(iri) == path)
            self.fault(path, f"status {status}, named {iri} in {self.seen[iri]}")

    def _take(self, path: str) -> None:
        """Take one document: its page, and each form of its data."""
        step = path.split("/")[1]
        self.walked["/".join(path.split("/")[1:3]) if step == "doc" else step] += 1
        page = self.get(path, _BROWSER)
        html = page.headers.get("content-type", "").startswith("text/html")
        if page.status != 200 or html == (path in _BARE):
            self.fault(path, f"page: status {page.status}, {page.headers.get('content-type')}")
        if step == "doc":
            self._follow(path)
        if forms := _forms(path):
            self._compare(path, forms)

    def _follow(self, path: str) -> None:
        """Check that the thing sends to the document about it."""
        answer = self.get(path.replace("/doc/", "/id/", 1))
        if (answer.status, answer.headers.get("location")) != (303, path) or answer.body:
            self.fault(path, f"the thing answers {answer.status}, {answer.headers}")

    def _compare(self, path: str, forms: Sequence[Variant]) -> None:
        """Check that all forms say the same, and something about the thing."""
        graphs = {}
        by_suffix = not path.startswith("/queries/")
        for form in forms:
            target = f"{path}.{form.suffix}" if by_suffix else path
            answer = self.get(target, "*/*" if by_suffix else form.media_type)
            if answer.status != 200 or answer.headers["content-type"] != form.content_type:
                self.fault(target, f"status {answer.status}, {answer.headers['content-type']}")
                return
            graphs[form.suffix] = _graph(answer.body, form)
        said = graphs[forms[0].suffix]
        with self._lock:
            self.statements += len(said)
        for suffix, graph in graphs.items():
            if graph != said:
                self.fault(path, f".{suffix} says other things: {len(graph)} and {len(said)}")
        self._look(path, said)

    def _look(self, path: str, said: ox.Dataset) -> None:
        """Check that the thing is a subject, and note all that is named."""
        about = f"{BASE}{path.replace('/doc/', '/id/', 1).removeprefix('/')}"
        subjects = {quad.subject.value for quad in said if isinstance(quad.subject, ox.NamedNode)}
        if about not in subjects and path.startswith(("/doc/", "/queries/")):
            self.fault(path, "the document says nothing of its thing")
        named = {
            term.value
            for quad in said
            for term in (quad.subject, quad.predicate, quad.object)
            if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)
        }
        with self._lock:
            for iri in named:
                self.seen.setdefault(iri, path)

    def _check_fragments(self) -> None:
        """Check that each part of a document that is named is a subject; terms have a place."""
        parts = defaultdict(set)
        for iri in self.seen:
            document, mark, part = iri.partition("#")
            if mark and part:
                parts[f"/{document.removeprefix(BASE)}"].add(part)
        for path, names in sorted(parts.items()):
            turtle = self.get(path, DOCUMENTS[0].media_type).body
            said = _graph(turtle, DOCUMENTS[0])
            subjects = {
                quad.subject.value for quad in said if isinstance(quad.subject, ox.NamedNode)
            }
            page = self.get(path, _BROWSER).body.decode() if path in _READ else ""
            anchors = set(_ID.findall(page))
            for name in sorted(names):
                if f"{BASE}{path.removeprefix('/')}#{name}" not in subjects:
                    self.fault(f"{path}#{name}", f"no subject; in {self.seen[_iri(path, name)]}")
                if name not in anchors and path in _READ:
                    self.fault(f"{path}#{name}", f"no anchor; in {self.seen[_iri(path, name)]}")


def choose(paths: Sequence[str], every: int) -> list[str]:
    """Return `paths`, of the territories one of `every`."""
    often = [path for path in paths if path.startswith(_OFTEN)]
    return [path for path in paths if not path.startswith(_OFTEN)] + often[::every]


def _iri(path: str, part: str) -> str:
    return f"{BASE}{path.removeprefix('/')}#{part}"


def _path(url: str, address: str) -> str:
    return url.removeprefix(address)


def _document(iri: str) -> str:
    """Return the path of the document about `iri`."""
    return f"/{iri.removeprefix(BASE).partition('#')[0]}".replace("/id/", "/doc/", 1)


def _forms(path: str) -> Sequence[Variant]:
    """Return the forms of the data at `path`, empty for a page that is only read."""
    if path == "/catalog":
        return CATALOGUES
    data = path.startswith(("/doc/", "/graph/", "/queries/")) or path in {"/def", "/shape"}
    return DOCUMENTS if data else ()


def _graph(body: bytes, form: Variant) -> ox.Dataset:
    """Return the statements of `body` as one graph, its blank nodes named by what they say."""
    graph = ox.Dataset(
        ox.Quad(quad.subject, quad.predicate, quad.object)
        for quad in ox.parse(body, format=RDF_FORMATS[form.suffix])
    )
    if any(
        isinstance(term, ox.BlankNode) for quad in graph for term in (quad.subject, quad.object)
    ):
        graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return graph


def main() -> int:
    """Walk the site at an address and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--every", type=int, default=40, help="of the territories, one of so many")
    asked = parser.parse_args()
    walk, started = Walk(asked.address.rstrip("/")), time.monotonic()
    paths = choose(walk.read_sitemap(), asked.every)
    say(f"{len(walk.sitemap)} addresses in the sitemap, {len(paths)} to walk")
    for start in range(0, len(paths), _STRIDE):
        walk.take(paths[start : start + _STRIDE])
        say(f"{start + _STRIDE} at {time.monotonic() - started:.0f} s")
    walk.finish()
    took = time.monotonic() - started
    say(f"{walk.requests} requests in {took:.0f} s, {walk.statements} statements")
    say(f"{len(walk.seen)} IRIs of ours named; {dict(walk.walked.most_common())}")
    say(f"{len(walk.faults)} faults", *walk.faults)
    return bool(walk.faults)


def say(*lines: str) -> None:
    """Tell who looks on."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
