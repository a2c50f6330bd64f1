"""Robots are told of every document of ours, once, with the same words each time."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pyoxigraph as ox
from tests.benchmarks.walk import Walk
from tests.server.web.conftest import PUBLIC

from contrats.release import build
from contrats.rooms import find_rooms
from contrats.search import write_index

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

    from contrats.store import EmbeddedStore

BASE: Final = "https://w3id.org/contrats-sante/"
_SPACE: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OTHERS: Final = ("/catalog", "/def", "/shape", "/graph/laws", "/graph/contract/valence-2012")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def entries(body: bytes, kind: str) -> list[tuple[str, str]]:
    """Return each address of a sitemap, or of an index of some, with its day."""
    root = ET.fromstring(body)  # noqa: S314 -- ours
    assert root.tag == f"{_SPACE}{ {'sitemap': 'sitemapindex', 'url': 'urlset'}[kind] }"
    return [
        (each.findtext(f"{_SPACE}loc") or "", each.findtext(f"{_SPACE}lastmod") or "")
        for each in root.findall(f"{_SPACE}{kind}")
    ]


def listed(client: FlaskClient) -> list[tuple[str, str]]:
    """Return all addresses of the sitemap, with their days."""
    found: list[tuple[str, str]] = []
    for part, day in entries(client.get("/sitemap.xml").data, "sitemap"):
        body = client.get(part.removeprefix(PUBLIC)).data
        some = entries(body, "url")
        assert 0 < len(some) <= 50_000
        assert len(body) < 50_000_000
        assert day == max(each[1] for each in some)
        found += some
    return found


def test_every_thing_of_ours_is_listed_once_and_nothing_else(
    client: FlaskClient, app: Flask, store: EmbeddedStore
) -> None:
    found = listed(client)
    published = json.loads(client.get("/releases.json").data)["releases"][0]["since"][:10]
    paths = [url.removeprefix(PUBLIC) for url, _ in found]
    subjects = {q.subject.value for q in store.quads if isinstance(q.subject, ox.NamedNode)}
    ours = {iri.removeprefix(BASE) for iri in subjects if iri.startswith(BASE)}
    documents = {f"/{step.partition('#')[0]}".replace("/id/", "/doc/", 1) for step in ours}

    assert len(paths) == len(set(paths))
    assert len(documents) > 40_000
    assert documents - set(paths) == set()
    pages = set(paths) - documents
    assert pages <= {rule.rule for rule in app.url_map.iter_rules()}
    assert all(_DAY.fullmatch(day) and day <= published for _, day in found)


def test_every_page_that_is_listed_is_there(client: FlaskClient) -> None:
    pages = entries(client.get("/sitemap/pages.xml").data, "url")
    paths = [url.removeprefix(PUBLIC) for url, _ in pages]

    assert {"/", "/contracts", "/def", "/shape", "/catalog", "/graph/report"} <= set(paths)
    assert [path for path in paths if client.get(path).status_code != 200] == []


def test_robots_are_told_where_the_sitemap_is_and_what_is_endless(client: FlaskClient) -> None:
    lines = client.get("/robots.txt", headers={"Host": "malin.test"}).text.splitlines()

    assert f"Sitemap: {PUBLIC}/sitemap.xml" in lines
    assert "User-agent: *" in lines
    prefix = urlsplit(PUBLIC).path
    assert f"Disallow: {prefix}/*?" in lines
    assert "malin.test" not in "".join(lines)


def test_a_sitemap_that_is_none_is_404_with_those_there_are(client: FlaskClient) -> None:
    answer = client.get("/sitemap/nowhere.xml", headers={"Accept": "text/plain"})

    assert answer.status_code == 404
    assert "contract" in answer.text


def test_the_addresses_are_the_same_bytes_from_two_builds_and_two_processes(
    small: Path, tmp_path: Path
) -> None:
    read = [sitemap_of(small, tmp_path / name, seed) for name, seed in (("a", "1"), ("b", "2"))]

    assert len(read[0]) > 5
    assert read[0] == read[1]


def sitemap_of(rooms: Path, releases: Path, seed: str) -> dict[str, bytes]:
    """Return the files of the sitemap of a release that is built anew, as a new process has it."""
    build(find_rooms(rooms), releases, [write_index])
    command = [
        sys.executable, "-m", "contrats", "serve", "--releases", str(releases), "--port", "0",
        "--public-url", PUBLIC,
    ]  # fmt: skip
    environment = os.environ | {"PYTHONHASHSEED": seed}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        port = urlsplit(process.stdout.readline().strip()).port
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            files = {"/sitemap.xml": body_of(connection, "/sitemap.xml")}
            for part, _ in entries(files["/sitemap.xml"], "sitemap"):
                path = part.removeprefix(PUBLIC)
                files[path] = body_of(connection, path)
            connection.close()
        finally:
            process.terminate()
    return files


def body_of(connection: http.client.HTTPConnection, path: str) -> bytes:
    """Return what `path` answers to a server that sees its prefix taken away."""
    connection.request("GET", f"{urlsplit(PUBLIC).path}{path}")
    return connection.getresponse().read()


def test_a_walk_finds_every_thing_in_each_form(address: str) -> None:
    walk = Walk(address)
    first_of_each: dict[str, str] = {}
    for path in walk.read_sitemap():
        if path.startswith("/doc/"):
            first_of_each.setdefault(path.split("/")[2], path)

    walk.take([*first_of_each.values(), *OTHERS])
    walk.finish()

    assert walk.faults == []
    assert len(first_of_each) > 50
    assert len(walk.seen) > 300
