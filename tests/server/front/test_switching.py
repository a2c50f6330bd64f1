"""A release made current is served without a start, and the one before answers on."""

from __future__ import annotations

import json
import re
import shutil
import time
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from tests.server.conftest import SMALL, serving

from contrats.limits import Limits
from contrats.release import build
from contrats.rooms import find_rooms
from contrats.search import write_index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUERY = """PREFIX cls: <https://w3id.org/contrats-sante/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?t { ?c a cls:LocalHealthContract ; dcterms:title ?t } ORDER BY ?t"""
NEW = "Un titre tout nouveau"


def titles(address: str) -> list[str]:
    """Return what `address`, an endpoint, answers."""
    with urlopen(f"{address}?query={quote(QUERY)}", timeout=20) as answer:  # noqa: S310 -- loopback
        found = json.load(answer)
    return [row["t"]["value"] for row in found["results"]["bindings"]]


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """Return a folder with a release of the small world."""
    rooms = shutil.copytree(SMALL, tmp_path / "rooms")
    build(find_rooms(rooms), tmp_path / "releases", [write_index])
    return tmp_path / "releases"


@pytest.fixture
def address(releases: Path, tmp_path: Path) -> Iterator[str]:
    with serving(releases, Limits(pages_ahead=1), tmp_path) as listener:
        yield listener.address.rstrip("/")


def test_a_new_release_is_served_and_the_one_before_can_still_be_asked(
    address: str, releases: Path, tmp_path: Path
) -> None:
    before, old = titles(f"{address}/sparql"), (releases / "current").resolve().name
    contract = tmp_path / "rooms" / "data" / "contracts" / "here-2019.ttl"
    text = contract.read_text("utf-8")
    title = text.partition('dcterms:title "')[2].partition('"')[0]
    contract.write_text(text.replace(title, NEW), "utf-8")
    build(find_rooms(tmp_path / "rooms"), releases, [write_index])

    deadline = time.monotonic() + 20
    while NEW not in titles(f"{address}/sparql") and time.monotonic() < deadline:
        time.sleep(0.2)

    assert NEW in titles(f"{address}/sparql")
    assert NEW not in before
    assert titles(f"{address}/release/{old}/sparql") == before


def test_a_release_has_its_manifest_and_an_unknown_one_is_told_with_those_there_are(
    address: str, releases: Path
) -> None:
    name = (releases / "current").resolve().name
    with urlopen(f"{address}/release/{name}", timeout=20) as answer:  # noqa: S310 -- loopback
        manifest = answer.read()

    with pytest.raises(HTTPError) as refused:
        urlopen(f"{address}/release/2000-01-01-000000000000/sparql?query=ASK%7B%7D", timeout=20)  # noqa: S310 -- loopback

    assert manifest == (releases / name / "manifest.json").read_bytes()
    with refused.value as answer:
        assert answer.code == 404
        assert name in json.load(answer)["detail"]


def test_a_passport_asks_again_what_was_asked_of_that_very_release(address: str) -> None:
    with urlopen(f"{address}/sparql?query={quote(QUERY)}", timeout=20) as answer:  # noqa: S310 -- loopback
        links = ", ".join(answer.headers.get_all("Link"))
        said = answer.read()
    again, itself = re.findall(r"<([^>]+/release/[^>]+)>", links)

    with urlopen(again, timeout=20) as answer:  # noqa: S310 -- loopback
        assert answer.read() == said
        assert "immutable" in answer.headers["Cache-Control"]
    with urlopen(itself, timeout=20) as answer:  # noqa: S310 -- loopback
        passport = json.load(answer)
    assert passport["query"] == QUERY
    assert passport["complete"] is True
    assert passport["again"] == again
    assert passport["rows"] == len(json.loads(said)["results"]["bindings"])
