"""Documents made by a process beside the one that serves are the same, also when it is lost."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from tests.server.conftest import SMALL, serving

from contrats.contents import CANONICAL
from contrats.front.environ import make_environ
from contrats.front.seat import SEATS
from contrats.front.wsgi import run_wsgi
from contrats.limits import Limits
from contrats.release import build
from contrats.rooms import find_rooms
from contrats.search import write_index
from contrats.web.media import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from contrats.front.publication import Publication
    from contrats.front.seat import Scribe
    from contrats.front.wsgi import Answer
    from contrats.serving import Listener

SUFFIXES = ("html", *(form.suffix for form in DOCUMENTS))
PATIENCE = 40


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    build(find_rooms(SMALL), folder, [write_index])
    return folder


@pytest.fixture(scope="module")
def listener(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    with serving(releases, Limits(pages_ahead=1), tmp_path_factory.mktemp("spool")) as listener:
        yield listener


def environ(path: str, **headers: str) -> dict[str, object]:
    """Return what a request for `path` gives an application."""
    scope = {"method": "GET", "path": path, "query_string": b"", "http_version": "1.1"}
    return make_environ(scope, headers, b"", "")


def undated(answer: Answer) -> Answer:
    """Return an answer without the moment at which it was made."""
    return replace(answer, headers=[each for each in answer.headers if each[0] != b"Date"])


def hired(listener: Listener) -> Scribe:
    """Return the scribe that is free, once there is one."""
    desk = listener.newest.publication.desk
    deadline = time.monotonic() + PATIENCE
    while desk.free.qsize() < 1 + SEATS:
        assert time.monotonic() < deadline, "no scribe came"
        time.sleep(0.05)
    (scribe,) = desk.scribes
    return scribe


def things(publication: Publication) -> list[str]:
    """Return the paths of all that the release speaks of, without a suffix."""
    quads = publication.release.path(CANONICAL).read_text("utf-8")
    return sorted(set(re.findall(r"/id/([a-z-]+/[a-z0-9-]+)>", quads)))


def test_each_document_is_the_same_wherever_it_is_made(listener: Listener) -> None:
    scribe = hired(listener)
    publication = listener.newest.publication
    found = things(publication)
    assert len(found) > 5

    for thing in found:
        for suffix in SUFFIXES:
            path = f"/doc/{thing}.{suffix}"
            here = run_wsgi(publication.app, environ(path))
            assert undated(scribe.seats[-1].answer(environ(path))) == undated(here), path


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/doc/contract/none", {}),
        ("/doc/contract/none.ttl", {}),
        ("/doc/contract/here-2019", {"accept": "image/png"}),
        ("/doc/contract/here-2019", {"accept": "text/turtle"}),
        ("/en/doc/contract/here-2019", {"accept": "text/html"}),
        ("/doc/contract/here-2019.ttl", {"if-none-match": "*"}),
    ],
)
def test_what_is_refused_or_negotiated_is_the_same_too(
    listener: Listener, path: str, headers: dict[str, str]
) -> None:
    scribe = hired(listener)

    there = scribe.seats[-1].answer(environ(path, **headers))

    here = run_wsgi(listener.newest.publication.app, environ(path, **headers))
    assert undated(there) == undated(here)


def test_a_document_is_answered_while_the_scribe_is_lost_and_another_comes(
    listener: Listener,
) -> None:
    hired(listener)
    desk, app = listener.newest.publication.desk, listener.newest.publication.app
    wanted = run_wsgi(app, environ("/doc/contract/here-2019.ttl"))
    (lost,) = desk.scribes
    lost.process.kill()
    lost.process.wait()

    answers = [desk.answer(app, environ("/doc/contract/here-2019.ttl")) for _ in range(4)]
    after = hired(listener).seats[0].answer(environ("/doc/contract/here-2019.ttl"))

    assert {each.body for each in (*answers, after)} == {wanted.body}
    assert {each.status for each in (*answers, after)} == {200}
    assert lost not in desk.scribes


def test_a_scribe_ends_with_the_server(releases: Path, tmp_path: Path) -> None:
    with serving(releases, Limits(pages_ahead=1), tmp_path) as listener:
        scribe = hired(listener)
        assert scribe.process.poll() is None

    assert scribe.process.poll() is not None


def test_without_more_than_one_process_everything_is_made_by_the_server(
    releases: Path, tmp_path: Path
) -> None:
    with serving(releases, Limits(pages_ahead=1, documents=1), tmp_path) as listener:
        where = f"{listener.address}doc/contract/here-2019.ttl"
        with urlopen(where, timeout=20) as answer:  # noqa: S310 -- loopback
            assert answer.status == 200

        assert listener.newest.publication.desk.scribes == set()


def test_a_head_and_a_post_are_answered_as_before(listener: Listener) -> None:
    hired(listener)
    where = f"{listener.address}doc/contract/here-2019.ttl"
    with urlopen(Request(where, method="HEAD"), timeout=20) as answer:  # noqa: S310 -- loopback
        assert answer.read() == b""
        assert answer.headers["ETag"]

    with pytest.raises(HTTPError) as refused:
        urlopen(Request(where, data=b"x"), timeout=20)  # noqa: S310 -- loopback
    with refused.value as fault:
        assert fault.code == 405
