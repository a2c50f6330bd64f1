"""Three publications over HTTP: their pages, what each changed, what was, and what is gone."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from tests.clients import ldes_client
from tests.server.changing import remove_first, rename, say_why
from tests.server.conftest import SMALL, serving

from contrats.canonical import canonical_lines
from contrats.limits import Limits
from contrats.release import build
from contrats.rooms import find_rooms
from contrats.search import write_index
from contrats.vocabulary import BASE, EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NOON: Final = datetime(2026, 12, 1, 12, tzinfo=UTC)
ATOM: Final = "{http://www.w3.org/2005/Atom}"
FIRST: Final = "/doc/contract/here-2012"
SECOND: Final = "/doc/contract/here-2019"
OLD_TITLE: Final = "Contrat local de santé d’ici 2019-2023"
NEW_TITLE: Final = "Contrat local de santé de là 2019-2023"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode("utf-8")


@dataclass(frozen=True, slots=True)
class World:
    """A server over three releases: the second renames a contract, the third removes another."""

    address: str
    releases: Path
    names: tuple[str, ...]

    def ask(self, path: str, **headers: str) -> Answer:
        """Return the answer to a GET, no redirection followed; `_` in a header's name is `-`."""
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read()
        connection.close()
        return Answer(answer.status, found, body)


def publish(rooms: Path, releases: Path, hours: int) -> str:
    clock = NOON + timedelta(hours=hours)
    return build(find_rooms(rooms), releases, [write_index], clock=lambda: clock).name


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("over-time")
    rooms, releases = shutil.copytree(SMALL, folder / "rooms"), folder / "releases"
    names = [publish(rooms, releases, 0)]
    rename(rooms)
    names.append(publish(rooms, releases, 1))
    remove_first(rooms)
    say_why(rooms)
    names.append(publish(rooms, releases, 2))
    with serving(releases, Limits(pages_ahead=1, documents=1), folder) as listener:
        yield World(listener.address.rstrip("/"), releases, tuple(names))


def test_the_list_has_all_publications_the_newest_first(world: World) -> None:
    page = world.ask("/releases", Accept="text/html").text
    listed = json.loads(world.ask("/releases.json").body)["releases"]

    assert [each["identifier"] for each in listed] == list(reversed(world.names))
    assert [each["since"][11:13] for each in listed] == ["14", "13", "12"]
    places = [page.index(f"/release/{name}") for name in reversed(world.names)]
    assert places == sorted(places)
    for each in listed:
        assert each["manifest"].startswith(world.address)


def test_a_release_is_its_manifest_to_programs_and_a_page_to_people(world: World) -> None:
    name = world.names[0]
    manifest = (world.releases / name / "manifest.json").read_bytes()

    assert world.ask(f"/release/{name}").body == manifest
    assert world.ask(f"/release/{name}.json").body == manifest
    page = world.ask(f"/release/{name}", Accept="text/html").text
    assert json.loads(manifest)["files"][0]["sha256"] in page
    assert "Première publication connue" in page


def test_a_version_is_the_last_release_that_bears_it(world: World) -> None:
    answer = world.ask("/release/2026-01-02")

    assert answer.headers["content-location"] == f"/release/{world.names[2]}.json"
    assert answer.body == world.ask(f"/release/{world.names[2]}").body


def test_releases_are_versions_of_the_data_set_in_rdf(world: World) -> None:
    quads = list(ox.parse(world.ask("/releases.ttl").body, format=ox.RdfFormat.TURTLE))
    dcat, dataset = EXTERNAL["dcat"], f"{BASE}id/dataset/small"
    said = {(q.subject.value, q.predicate.value, q.object.value) for q in quads}
    iris = [f"{BASE}release/{name}" for name in world.names]

    assert {o for s, p, o in said if (s, p) == (dataset, f"{dcat}hasVersion")} == set(iris)
    assert (dataset, f"{dcat}hasCurrentVersion", iris[2]) in said
    assert [(s, o) for s, p, o in sorted(said) if p == f"{dcat}previousVersion"] == sorted(
        [(iris[1], iris[0]), (iris[2], iris[1])]
    )
    assert {(s, o) for s, p, o in said if p == f"{dcat}isVersionOf"} == {(i, dataset) for i in iris}
    alone = ox.parse(world.ask(f"/release/{world.names[1]}.nt").body, format=ox.RdfFormat.N_TRIPLES)
    assert {q.subject.value for q in alone} == {dataset, iris[1]}


@pytest.mark.parametrize("path", ["/release/2000-01-01-0", "/release/x/doc/contract/here-2019"])
def test_an_unknown_release_is_told_with_those_there_were(world: World, path: str) -> None:
    answer = world.ask(path)

    assert answer.status == 404
    assert all(name in json.loads(answer.body)["detail"] for name in world.names)


def test_what_changed_is_told_in_words(world: World) -> None:
    renamed = world.ask("/releases/2/changes", Accept="text/html").text
    removed = world.ask("/en/releases/3/changes", Accept="text/html").text

    assert "<del><span>Contrat local de santé d’ici" in renamed
    assert "<ins><span>Contrat local de santé de là" in renamed
    assert "1 contrat modifié." in renamed
    assert "1 contract changed, 1 contract removed." in removed
    assert 'removed</span> <a href="/en/doc/contract/here-2012"' in removed


def test_the_patch_and_the_update_lead_to_the_release_that_is_served(world: World) -> None:
    store = ox.Store()
    path = world.releases / world.names[0] / "contrats.nq"
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    lines = set(path.read_bytes().splitlines(keepends=True))
    for number in (2, 3):
        store.update(world.ask(f"/releases/{number}/changes.ru").text)
        patch = world.ask(f"/releases/{number}/changes", Accept="application/rdf-patch")
        assert patch.headers["content-type"] == "application/rdf-patch"
        for row in patch.body.splitlines(keepends=True):
            if row.startswith((b"A ", b"D ")):
                lines ^= {row[2:]}

    whole = (world.releases / world.names[2] / "contrats.nq").read_bytes()
    assert "".join(canonical_lines(list(store))).encode() == whole
    assert b"".join(sorted(lines)) == whole


def test_patches_are_a_chain(world: World) -> None:
    second, third = (world.ask(f"/releases/{n}/changes.rdfp").text for n in (2, 3))

    assert second.splitlines()[0].removeprefix("H id ") == third.splitlines()[1].removeprefix(
        "H prev "
    )


@pytest.mark.parametrize("number", ["1", "4", "0", "x", "9" * 5000])
def test_a_difference_that_there_is_not_is_told(world: World, number: str) -> None:
    answer = world.ask(f"/releases/{number}/changes.ru")

    assert answer.status == 404
    assert "RDF" not in json.loads(answer.body)["title"]


def test_the_atom_feed_is_one(world: World) -> None:
    answer = world.ask("/releases.atom")
    feed = ET.fromstring(answer.body)  # noqa: S314 -- ours
    entries = feed.findall(f"{ATOM}entry")

    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert [each.findtext(f"{ATOM}updated") for each in entries] == [
        "2026-12-01T14:00:00Z",
        "2026-12-01T13:00:00Z",
        "2026-12-01T12:00:00Z",
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-12-01T14:00:00Z"
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [each.findtext(f"{ATOM}id") for each in (feed, *entries)]
    assert len(set(ids)) == 4
    assert all(each and each.startswith(BASE) for each in ids)
    for link in feed.iter(f"{ATOM}link"):
        assert link.attrib["href"].startswith(f"{world.address}/")
        assert world.ask(link.attrib["href"].removeprefix(world.address)).status == 200
    assert "1 contrat modifié, 1 contrat retiré" in (entries[0].findtext(f"{ATOM}summary") or "")


def test_a_document_sends_to_what_it_was_then(world: World) -> None:
    at = {11: 0, 12: 0, 13: 1, 20: 2}
    for hour, place in at.items():
        asked = f"Tue, 01 Dec 2026 {hour}:30:00 GMT"
        answer = world.ask(f"{SECOND}.nt", Accept_Datetime=asked)

        assert answer.status == 302
        assert answer.headers["location"] == f"/release/{world.names[place]}{SECOND}.nt"
        assert "accept-datetime" in answer.headers["vary"].lower()
        assert 'rel="original timegate"' in answer.headers["link"]


def test_memory_never_answers_for_another_time(world: World) -> None:
    for _ in range(2):
        assert world.ask(SECOND, Accept="text/turtle").status == 200
        then = "Tue, 01 Dec 2026 12:00:00 GMT"
        asked = world.ask(SECOND, Accept="text/turtle", Accept_Datetime=then)
        assert asked.status == 302


def test_a_memento_says_what_was_and_when_and_what_is_beside_it(world: World) -> None:
    then = world.ask(f"/release/{world.names[1]}{SECOND}", Accept="text/turtle")
    before = world.ask(f"/release/{world.names[0]}{SECOND}.ttl")

    assert OLD_TITLE in before.text
    assert NEW_TITLE in then.text
    assert then.headers["memento-datetime"] == "Tue, 01 Dec 2026 13:00:00 GMT"
    link = then.headers["link"]
    for place, relation in ((0, "prev first memento"), (1, "memento"), (2, "next last memento")):
        uri = f"{world.address}/release/{world.names[place]}{SECOND}"
        assert f'<{uri}>; rel="{relation}"; datetime=' in link
    assert f'<{world.address}{SECOND}>; rel="original timegate"' in link


def test_a_page_of_an_earlier_release_says_that_it_is_one(world: World) -> None:
    for start, words in (("/release", "Publication ancienne"), ("/en/release", "Earlier release")):
        page = world.ask(f"{start}/{world.names[0]}{FIRST}", Accept="text/html")

        assert page.status == 200
        assert words in page.text
        below = "/en" if "en" in start.split("/") else ""
        assert f'href="{below}{FIRST}"' in page.text
    today = world.ask(SECOND, Accept="text/html").text
    assert "Publication ancienne" not in today


def test_pages_that_are_no_documents_are_those_of_today(world: World) -> None:
    answer = world.ask(f"/release/{world.names[0]}/contracts?kind=x")

    assert (answer.status, answer.headers["location"]) == (302, "/contracts?kind=x")


def test_an_earlier_release_gives_its_own_files(world: World) -> None:
    name = world.names[0]

    answer = world.ask(f"/release/{name}/dump/contrats.nq")

    assert answer.body == (world.releases / name / "dumps" / "contrats.nq").read_bytes()
    assert answer.body != world.ask("/dump/contrats.nq").body


def test_a_time_map_lists_the_versions_of_a_document(world: World) -> None:
    gone, kept = (world.ask(f"/timemap{path}.ttl") for path in (FIRST, SECOND))

    assert gone.headers["content-type"] == "application/link-format"
    assert [name in gone.text for name in world.names] == [True, True, False]
    assert [name in kept.text for name in world.names] == [True, True, True]
    assert 'from="Tue, 01 Dec 2026 12:00:00 GMT"' in kept.text
    for name in world.names:
        assert world.ask(f"/release/{name}{SECOND}.ttl").status == 200
    assert world.ask("/timemap/doc/contract/nowhere").status == 404
    assert world.ask(f"/timemap{SECOND}.odd").status == 404


@pytest.mark.parametrize("asked", ["yesterday", "2026-12-01", "", "Tue, 01 Dec 2026 12:00 +0100"])
def test_a_moment_that_is_none_is_told(world: World, asked: str) -> None:
    answer = world.ask(SECOND, Accept="application/json", Accept_Datetime=asked)

    assert answer.status == 400
    assert "Accept-Datetime" in json.loads(answer.body)["detail"]


def test_what_left_the_data_says_when_and_why_in_each_form(world: World) -> None:
    page = world.ask(FIRST, Accept="text/html")
    problem = world.ask(FIRST)
    described = world.ask(f"{FIRST}.ttl")

    assert page.status == problem.status == described.status == 410
    assert world.ask("/id/contract/here-2012").status == 410
    assert "Décrit deux fois." in page.text
    assert f'href="{SECOND}"' in page.text
    assert f'href="/release/{world.names[1]}{FIRST}"' in page.text
    said = json.loads(problem.body)
    assert (said["withdrawn"], said["release"]) == ("2026-12-01", world.names[2])
    assert said["reason"] == "Décrit deux fois."
    assert said["isReplacedBy"] == [f"{BASE}id/contract/here-2019"]
    quads = ox.parse(described.body, format=ox.RdfFormat.TURTLE)
    about = {
        q.predicate.value: q.object.value
        for q in quads
        if q.subject == ox.NamedNode(f"{BASE}id/contract/here-2012")
    }
    assert about[f"{EXTERNAL['prov']}invalidatedAtTime"] == "2026-12-01T14:00:00Z"
    assert about[f"{EXTERNAL['rdfs']}comment"] == "Décrit deux fois."
    assert about[f"{EXTERNAL['dcterms']}isReplacedBy"] == f"{BASE}id/contract/here-2019"


def test_what_left_can_still_be_had_as_it_was(world: World) -> None:
    sent = world.ask(f"{FIRST}.ttl", Accept_Datetime="Tue, 01 Dec 2026 12:30:00 GMT")

    assert sent.status == 302
    assert "2012-2017" in world.ask(sent.headers["location"]).text


def test_what_never_was_is_not_gone(world: World) -> None:
    assert world.ask("/doc/contract/nowhere").status == 404


def test_a_page_of_the_stream_never_changes_and_says_so(world: World) -> None:
    path = f"/ldes/1-{world.names[0]}/1"
    answers = {form: world.ask(f"{path}.{form}") for form in ("trig", "nq", "jsonld")}

    graphs = []
    for form, answer in answers.items():
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        read = ox.RdfFormat.from_extension(form)
        assert read is not None
        graphs.append("".join(canonical_lines(ox.parse(answer.body, format=read))))
    assert len(set(graphs)) == 1
    assert f"<{world.address}{path}> <https://w3id.org/ldes#immutable>" in graphs[0]
    assert world.ask("/ldes").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["9-x/1", "{0}/0", "{0}/2", "{0}/x", "{0}/1.ttl"])
def test_a_page_that_the_stream_lacks_is_told(world: World, path: str) -> None:
    assert world.ask(f"/ldes/{path.format(f'1-{world.names[0]}')}").status == 404


def versions(said: str) -> list[tuple[str, str]]:
    """Return, of each member that was read, the thing and the event, in order.

    The client writes numbers in its own way: only what it says of versions is N-Quads.
    """
    about = [line for line in said.splitlines() if line.startswith(f"<{BASE}release/")]
    own = list(ox.parse("\n".join(about).encode(), format=ox.RdfFormat.N_QUADS))
    things = {q.subject: q.object for q in own if q.predicate.value.endswith("isVersionOf")}
    return sorted(
        (things[q.subject].value.removeprefix(f"{BASE}id/"), q.object.value.rpartition("#")[2])
        for q in own
        if q.predicate.value.endswith("#type")
    )


def test_a_client_that_stops_and_resumes_misses_nothing_and_reads_nothing_twice(
    tmp_path: Path,
) -> None:
    rooms, releases = shutil.copytree(SMALL, tmp_path / "rooms"), tmp_path / "releases"
    publish(rooms, releases, 0)
    rename(rooms)
    publish(rooms, releases, 1)
    with serving(releases, Limits(pages_ahead=1, documents=1), tmp_path) as listener:
        server = World(listener.address.rstrip("/"), releases, ())
        root = f"{server.address}/ldes"

        first = versions(ldes_client.read(root, tmp_path / "state"))
        remove_first(rooms)
        newest = publish(rooms, releases, 2)
        deadline = time.monotonic() + 30
        while newest not in server.ask("/ldes").text and time.monotonic() < deadline:
            time.sleep(0.2)
        second = versions(ldes_client.read(root, tmp_path / "state"))
        anew = versions(ldes_client.read(root, tmp_path / "other"))

    assert ("contract/here-2019", "Create") in first
    assert ("contract/here-2019", "Update") in first
    assert second == [("contract/here-2012", "Delete"), ("contract/here-2019", "Update")]
    assert anew == sorted([*first, *second])
