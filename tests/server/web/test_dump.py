"""Files of a release over HTTP: from the manifest's names alone, and nothing is sent twice."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import shutil
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
from tests.clients.dump_readers import (
    count_with_jsonld_js,
    count_with_pyld,
    count_with_rapper,
    stated_counts,
)
from tests.server.web.conftest import PUBLIC

from contrats.distributions import DISTRIBUTIONS, GZIP
from contrats.sssom import expand, read_header, split_header
from contrats.vocabulary import EXTERNAL, PREFIXES
from contrats.web.app import create_app
from contrats.web.site import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

    from contrats.release import Release
    from contrats.store import EmbeddedStore
    from contrats.web.site import Engines

SLOTS = ("subject_id", "predicate_id", "object_id", "mapping_justification", "object_source")
ONE = "contract/valence-2019"
FORMS = ("nq", "nt", "ttl", "trig", "jsonld", "rdf", "csv", "xlsx")
PLAIN = {"Accept-Encoding": "identity"}
PACKED = {"Accept-Encoding": "gzip"}


@pytest.fixture(scope="module")
def names(release: Release) -> list[str]:
    """Return all that can be taken of the whole, and of a few contracts."""
    dumped = [f.path.removeprefix("dumps/") for f in release.manifest.files if "dumps/" in f.path]
    of_contracts = [name for name in dumped if "/" in name]
    return [name for name in dumped if "/" not in name] + of_contracts[::97]


def test_all_that_the_catalogue_may_list_is_served_with_its_type(client: FlaskClient) -> None:
    for each in DISTRIBUTIONS:
        answer = client.head(f"/dump/{each.file}", headers=PLAIN)
        assert answer.status_code == 200, each.file
        expected = GZIP if each.compression else each.media_type
        assert answer.headers["Content-Type"].partition(";")[0] == expected
        assert ("; charset=utf-8" in answer.headers["Content-Type"]) == (
            expected.startswith("text/") or expected.endswith("+xml")
        )
        assert int(answer.headers["Content-Length"]) > 0


@pytest.mark.parametrize("form", FORMS)
def test_each_contract_is_served_in_each_form(client: FlaskClient, form: str) -> None:
    answer = client.get(f"/dump/{ONE}.{form}", headers=PLAIN)

    assert answer.status_code == 200
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert ("attachment" in answer.headers.get("Content-Disposition", "")) == (
        form in {"csv", "xlsx"}
    )


@pytest.mark.parametrize("accepted", [PLAIN, PACKED], ids=["plain", "gzip"])
def test_a_second_harvest_of_every_file_sends_headers_alone(
    dated: FlaskClient, names: list[str], accepted: Mapping[str, str]
) -> None:
    for name in names:
        first = dated.head(f"/dump/{name}", headers=accepted)
        tag, date = first.headers["ETag"], first.headers["Last-Modified"]
        for condition in (
            {"If-None-Match": tag},
            {"If-Modified-Since": date},
            {"If-None-Match": tag, "If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        ):
            again = dated.get(f"/dump/{name}", headers={**accepted, **condition})
            assert (again.status_code, again.data) == (304, b""), name
            assert again.headers["ETag"] == tag


@pytest.fixture(scope="module")
def dated(
    release: Release,
    store: EmbeddedStore,
    engines: Engines,
    app: Flask,
    tmp_path_factory: pytest.TempPathFactory,
) -> FlaskClient:
    """Return a client of the release alone in its folder: no other has its date."""
    alone = tmp_path_factory.mktemp("alone") / release.folder.name
    alone.symlink_to(release.folder)
    settings = Settings(PUBLIC, app.extensions["contrats"].settings.rooms)
    made = create_app(
        store,
        type(release)(alone, release.version, release.issued, release.manifest),
        settings,
        engines,
    )
    made.test_client_class = app.test_client_class
    return made.test_client()


def test_the_date_of_a_file_is_that_of_the_release(dated: FlaskClient, release: Release) -> None:
    answer = dated.head(f"/dump/{ONE}.nq")

    assert release.issued == "2026-11-22"
    assert answer.headers["Last-Modified"] == "Sun, 22 Nov 2026 00:00:00 GMT"


def test_a_date_that_two_releases_share_proves_nothing(
    store: EmbeddedStore, release: Release, engines: Engines, app: Flask, tmp_path: Path
) -> None:
    folder, other = tmp_path / release.folder.name, tmp_path / f"{release.version}-0123456789ab"
    folder.symlink_to(release.folder)
    other.mkdir()
    shutil.copy(release.path("manifest.json"), other)
    same = type(release)(folder, release.version, release.issued, release.manifest)
    settings = Settings(PUBLIC, app.extensions["contrats"].settings.rooms)
    made = create_app(store, same, settings, engines)
    made.test_client_class = app.test_client_class
    client = made.test_client()
    first = client.get(f"/dump/{ONE}.nq")

    by_date = client.get(
        f"/dump/{ONE}.nq", headers={"If-Modified-Since": first.headers["Last-Modified"]}
    )
    by_tag = client.get(f"/dump/{ONE}.nq", headers={"If-None-Match": first.headers["ETag"]})

    assert (by_date.status_code, by_tag.status_code) == (200, 304)


@pytest.mark.parametrize("name", [f"{ONE}.ttl", "contracts.csv", "contrats.ttl", "contrats.csv"])
def test_what_is_sent_compressed_is_the_same_under_a_tag_of_its_own(
    client: FlaskClient, name: str
) -> None:
    plain, packed = (client.get(f"/dump/{name}", headers=each) for each in (PLAIN, PACKED))
    head = client.head(f"/dump/{name}", headers=PACKED)

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["Content-Type"] == packed.headers["Content-Type"]
    assert head.headers["Content-Length"] == str(len(packed.data))


@pytest.mark.parametrize("name", ["contrats.ttl.gz", f"{ONE}.xlsx", "contracts.xlsx"])
def test_what_is_compressed_already_is_sent_as_it_is(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/dump/{name}", headers=PACKED)

    assert "Content-Encoding" not in answer.headers
    assert "Vary" not in answer.headers


def test_a_range_is_one_of_the_file_as_it_is(client: FlaskClient) -> None:
    whole = client.get(f"/dump/{ONE}.csv", headers=PLAIN)
    asked = {"Range": "bytes=5-14", **PACKED}

    part = client.get(f"/dump/{ONE}.csv", headers=asked)
    of_this = client.get(f"/dump/{ONE}.csv", headers={**asked, "If-Range": whole.headers["ETag"]})
    by_date = client.get(
        f"/dump/{ONE}.csv", headers={**asked, "If-Range": whole.headers["Last-Modified"]}
    )
    beyond = client.get(f"/dump/{ONE}.csv", headers={"Range": "bytes=99999999-"})

    assert (part.status_code, part.data) == (206, whole.data[5:15])
    assert part.headers["Content-Range"] == f"bytes 5-14/{len(whole.data)}"
    assert (of_this.status_code, of_this.data) == (206, part.data)
    assert by_date.status_code == 200
    assert beyond.status_code == 416
    assert beyond.headers["Content-Range"] == f"bytes */{len(whole.data)}"


@pytest.mark.parametrize(
    "name",
    [
        "contract/nulle-part.ttl",
        "contract/valence-2019.doc",
        "contract/",
        "contract/../contrats.nq",
        "contract%2F..%2F..%2Fmanifest.json",
        "../manifest.json",
        "/etc/passwd",
        "contrats.zip",
    ],
)
def test_a_name_that_the_manifest_has_not_is_404_with_what_there_is(
    client: FlaskClient, name: str
) -> None:
    answer = client.get(f"/dump/{name}", headers={"Accept": "application/json"})

    assert answer.status_code == 404
    detail = answer.get_json(force=True)["detail"]
    assert len(detail) < 4000


def test_files_are_listed_with_their_digests(client: FlaskClient, release: Release) -> None:
    whole, of_contracts = (client.get(path).get_json() for path in ("/dump", "/dump/contract"))

    listed = {each["file"]: each["sha256"] for each in whole["files"] + of_contracts["files"]}
    assert listed == {
        f.path.removeprefix("dumps/"): f.sha256
        for f in release.manifest.files
        if f.path.startswith("dumps/")
    }
    assert len(of_contracts["files"]) == 241 * len(FORMS)
    assert whole["files"][0]["address"].startswith(f"{PUBLIC}/dump/")


def test_a_404_lists_the_forms_of_the_contract(client: FlaskClient) -> None:
    answer = client.get(f"/dump/{ONE}.doc", headers={"Accept": "application/json"})

    assert all(f"{ONE}.{form}" in answer.get_json(force=True)["detail"] for form in FORMS)


def test_files_go_whole_through_the_front(address: str, release: Release) -> None:
    entries = {f.path.removeprefix("dumps/"): f for f in release.manifest.files}
    for name in (f"{ONE}.csv", f"{ONE}.xlsx", "contrats.ttl.gz", "contrats.jsonld"):
        for accepted in (PLAIN, PACKED):
            with urlopen(Request(f"{address}/dump/{name}", headers=accepted)) as answer:  # noqa: S310
                body, packed = answer.read(), answer.headers.get("Content-Encoding") == "gzip"
            assert int(answer.headers["Content-Length"]) == len(body)
            content = gzip.decompress(body) if packed else body
            assert hashlib.sha256(content).hexdigest() == entries[name].sha256


def test_void_answers_at_the_address_that_all_use(client: FlaskClient, release: Release) -> None:
    plain = client.get("/.well-known/void")
    rdf = client.get("/.well-known/void", headers={"Accept": "application/rdf+xml"})

    assert (plain.status_code, plain.content_type) == (200, "text/turtle; charset=utf-8")
    stated = {q.triple for q in ox.parse(plain.data, format=ox.RdfFormat.TURTLE)}
    assert {q.triple for q in ox.parse(rdf.data, format=ox.RdfFormat.RDF_XML)} == stated
    dumps = {t.object.value for t in stated if t.predicate.value == f"{EXTERNAL['void']}dataDump"}
    assert f"{PUBLIC}/dump/contrats.nt" in dumps
    assert all(each.startswith(f"{PUBLIC}/dump/") for each in dumps)
    assert (
        client.get(
            "/.well-known/void", headers={"If-None-Match": plain.headers["ETag"]}
        ).status_code
        == 304
    )
    numbers = [
        t.object.value
        for t in stated
        if t.subject.value == release.manifest.dataset
        and t.predicate.value == f"{EXTERNAL['void']}triples"
    ]
    with release.path("dumps/contrats.nt").open("rb") as lines:
        assert numbers == [str(sum(1 for _ in lines))]


def test_void_counts_the_links_to_data_of_others(client: FlaskClient) -> None:
    store = ox.Store()
    store.load(client.get("/.well-known/void").data, ox.RdfFormat.TURTLE)
    found = store.query(
        "SELECT ?target ?link ?n { ?set a void:Linkset ; void:objectsTarget/void:uriSpace ?target ;"
        " void:linkPredicate ?link ; void:triples ?n }",
        prefixes={"void": EXTERNAL["void"]},
    )
    assert isinstance(found, ox.QuerySolutions)
    stated = {(row["target"].value, row["link"].value): int(row["n"].value) for row in found}

    for (space, link), count in stated.items():
        asked = (
            f"SELECT (COUNT(*) AS ?n) {{ ?s <{link}> ?o FILTER (STRSTARTS(STR(?o), '{space}')) }}"
        )
        answer = client.get(
            "/sparql", query_string={"query": asked}, headers={"Accept": "text/csv"}
        )
        assert answer.text.split() == ["n", str(count)]
    assert {space for space, _ in stated} == {EXTERNAL["mesh"], EXTERNAL["eurovoc"]}


def test_an_iri_with_a_comma_of_the_data_is_one_field_everywhere(client: FlaskClient) -> None:
    query = 'SELECT ?o ?x { ?s ?p ?o FILTER (ISIRI(?o) && CONTAINS(STR(?o), ",")) BIND (1 AS ?x) }'
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"})

    rows = list(csv.reader(io.StringIO(answer.text, newline="")))

    assert len(rows) > 1
    assert all(len(row) == 2 for row in rows)


SAMPLE = ("valence-2019", "valence-2012", "diois-2019", "4cps-2025", "bandrele", "lyon-2022")


def test_programs_of_others_read_what_void_states(release: Release) -> None:
    stated, dumps = stated_counts(release.folder), release.path("dumps")
    of_contracts = [f"contract/{name}.{form}" for name in SAMPLE for form in FORMS[:6]]
    of_parts = [name for name in stated if "/" not in name and not name.startswith("contrats.")]
    read = [*of_contracts, *of_parts, "contrats.ttl", "contrats.trig"]
    lines = [name for name in read if not name.endswith(".jsonld")]
    json_ld = [name for name in read if name.endswith(".jsonld")]

    for count, names in (
        (count_with_rapper, lines),
        (count_with_pyld, json_ld),
        (count_with_jsonld_js, json_ld),
    ):
        found = dict(zip(names, count([dumps / name for name in names]), strict=True))
        assert found == {name: stated[name] for name in names}
    assert len(json_ld) > len(SAMPLE)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("contracts", ("contract",)),
        ("participations", ("contract", "participation")),
        ("priorities", ("contract", "priority")),
        ("actions", ("contract", "action")),
        ("sources", ("source",)),
        ("actors", ("actor",)),
        ("plans", ("plan",)),
        ("plan-items", ("item",)),
        ("alignments", ("record_id",)),
        ("terms", ("term", "scheme")),
    ],
)
def test_a_table_has_one_row_for_each_thing(
    client: FlaskClient, name: str, keys: tuple[str, ...]
) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/dump/{name}.csv").text, newline="")))

    found = [tuple(row[key] for key in keys) for row in rows]
    assert len(set(found)) == len(found) > 0
    assert all(all(each) for each in found)


def test_the_table_of_contracts_has_them_all_and_never_a_zero(client: FlaskClient) -> None:
    text = client.get("/dump/contracts.csv").text
    rows = {row["identifier"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    valence = rows["valence-2019"]

    assert len(rows) == 241
    assert (valence["signatories"], valence["signatoryListComplete"]) == ("10", "true")
    assert valence["sources"].split(" ") == [
        f"{PREFIXES['source']}seed-valence-2012",
        f"{PREFIXES['source']}seed-valence-2019",
    ]
    counts = [
        row[name] for row in rows.values() for name in ("signatories", "priorities", "actions")
    ]
    assert "" in counts
    assert "0" not in counts
    assert {row["priorityListComplete"] for row in rows.values()} == {"true", "false", "unknown"}


def test_alignments_are_read_as_sssom(client: FlaskClient) -> None:
    text = client.get("/dump/alignments.sssom.tsv").text
    comment, lines = split_header(text)
    prefixes = read_header(comment, "x").prefixes
    table = text.split("\n", lines)[lines]
    plain = client.get("/dump/alignments.csv").text

    read = csv.DictReader(io.StringIO(table, newline=""), delimiter="\t")
    found = [tuple(expand(row[slot], prefixes, "x").value for slot in SLOTS) for row in read]

    rows = csv.DictReader(io.StringIO(plain, newline=""))
    assert found == [tuple(row[slot] for slot in SLOTS) for row in rows]
    assert len(found) == 225
