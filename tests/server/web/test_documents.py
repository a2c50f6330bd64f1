"""Things, documents about them, terms, graphs, catalogue and dumps."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats.distributions import DISTRIBUTIONS
from contrats.vocabulary import BASE
from contrats.web.media import GRAPHS, Variant
from contrats.writing import RDF_FORMATS

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from contrats.release import Release
    from contrats.store import EmbeddedStore

PUBLIC = "https://exemple.test/contrats"


def suffix(variant: Variant) -> str:
    return variant.suffix


def test_a_thing_sends_to_its_document_with_303(client: FlaskClient) -> None:
    answer = client.get("/id/contract/valence-2019")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/doc/contract/valence-2019"


@pytest.mark.parametrize(
    "path",
    [
        "/id/contract/nowhere",
        "/doc/contract/nowhere",
        "/doc/nothing/valence-2019",
        "/doc/contract/Valence-2019",
        "/doc/contract/valence_2019",
        "/doc/contract/%3Cscript%3E",
        "/doc/contract/valence-2019.docx",
        "/id/contract/valence-2019%0d%0aX:1",
        "/graph/nowhere",
        "/doc/contract/valence-2019.",
        "/graph/actors.",
        "/graph/..%2F..%2Fetc",
        "/dump/manifest.json",
        "/dump/..%2Fmanifest.json",
        "/nowhere",
    ],
)
def test_an_unknown_address_is_404_in_both_languages(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    problem = answer.get_json(force=True)
    assert answer.status_code == problem["status"] == 404
    assert problem["detail"]
    assert problem["detail-en"]


@pytest.mark.parametrize("variant", GRAPHS, ids=suffix)
def test_a_404_is_described_in_the_rdf_form_asked_for(
    client: FlaskClient, variant: Variant
) -> None:
    answer = client.get("/doc/contract/nowhere", headers={"Accept": variant.media_type})

    found = list(ox.parse(answer.data, format=RDF_FORMATS[variant.suffix]))
    assert answer.status_code == 404
    assert answer.content_type == variant.content_type
    assert any(getattr(q.object, "value", "") == "404" for q in found)


def test_a_404_by_suffix_is_in_the_form_of_the_suffix(client: FlaskClient) -> None:
    answer = client.get("/doc/contract/nowhere.ttl", headers={"Accept": "text/html"})

    assert (answer.status_code, answer.mimetype) == (404, "text/turtle")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/html", "text/html"),
        ("text/plain", "text/plain"),
        ("application/json", "application/problem+json"),
        ("image/png", "application/problem+json"),
        ("*/*", "application/problem+json"),
    ],
)
def test_an_error_takes_the_form_asked_for(client: FlaskClient, accept: str, expected: str) -> None:
    answer = client.get("/nowhere", headers={"Accept": accept})

    assert (answer.status_code, answer.mimetype) == (404, expected)


def test_a_document_says_what_it_is_about(client: FlaskClient) -> None:
    answer = client.get("/doc/contract/valence-2019.nt")

    topic = "<http://xmlns.com/foaf/0.1/primaryTopic>"
    line = f"<{BASE}doc/contract/valence-2019> {topic} <{BASE}id/contract/valence-2019> ."
    assert line in answer.text


def test_trig_keeps_the_named_graphs_apart(client: FlaskClient) -> None:
    answer = client.get("/doc/contract/valence-2019.trig")

    graphs = {str(q.graph_name) for q in ox.parse(answer.data, format=ox.RdfFormat.TRIG)}
    assert f"<{BASE}graph/contract/valence-2019>" in graphs
    assert f"<{BASE}graph/derived>" in graphs


def test_no_document_has_a_blank_node(client: FlaskClient) -> None:
    answer = client.get("/doc/contract/valence-2019.nt")

    assert not [line for line in answer.text.splitlines() if "_:" in line.split('"')[0]]


@pytest.mark.parametrize("name", ["actors", "contract/valence-2019", "derived", "ontology/roles"])
def test_a_graph_is_given_whole(client: FlaskClient, store: EmbeddedStore, name: str) -> None:
    graph = ox.NamedNode(f"{BASE}graph/{name}")
    stated = {q.triple for q in store.quads.quads_for_pattern(None, None, None, graph)}

    answer = client.get(f"/graph/{name}.nt")

    found = {q.triple for q in ox.parse(answer.data, format=ox.RdfFormat.N_TRIPLES)}
    assert found == stated


def test_every_term_of_ours_has_its_place_on_the_page_of_terms(
    client: FlaskClient, store: EmbeddedStore
) -> None:
    page = client.get("/def.html").text
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")

    subjects = {str(q.subject)[1:-1] for q in store.quads.quads_for_pattern(None, label, None)}
    ours = {iri.removeprefix(f"{BASE}def#") for iri in subjects if iri.startswith(f"{BASE}def#")}

    assert len(ours) > 50
    assert not [name for name in ours if f'id="{name}"' not in page]


def test_the_shapes_are_given_as_data_and_as_sentences(client: FlaskClient) -> None:
    page, data = client.get("/shape.html"), client.get("/shape.ttl")

    assert "Un contrat a un titre" in page.text
    assert b"sh:NodeShape" in data.data


def test_the_catalogue_names_public_addresses_never_the_host(client: FlaskClient) -> None:
    answer = client.get("/catalog.nt", headers={"Host": "malin.test"})

    addresses = [
        line.split()[2].strip("<>")
        for line in answer.text.splitlines()
        if "#accessURL>" in line or "#downloadURL>" in line or "#endpointURL>" in line
    ]
    assert "malin.test" not in answer.text
    assert len(addresses) == 2 * len(DISTRIBUTIONS) + 3
    assert all(address.startswith(f"{PUBLIC}/") for address in addresses)


def test_every_dump_that_the_catalogue_names_is_served(client: FlaskClient) -> None:
    lines = client.get("/catalog.nt").text.splitlines()
    urls = [line.split()[2].strip("<>") for line in lines if "#downloadURL>" in line]

    answers = [client.get(url.removeprefix(PUBLIC)) for url in urls]

    assert len(urls) == len(DISTRIBUTIONS)
    assert {answer.status_code for answer in answers} == {200}


def test_the_catalogue_keeps_what_harvesters_need(client: FlaskClient) -> None:
    answer = client.get("/catalog.ttl")

    assert answer.content_type == "text/turtle; charset=utf-8"
    assert "santé" in answer.text
    assert "nonNegativeInteger" in answer.text


def test_a_dump_is_the_bytes_of_the_release(client: FlaskClient, release: Release) -> None:
    dumped = [f for f in release.manifest.files if f.path.startswith("dumps/")]
    of_contracts = [f for f in dumped if f.path.startswith("dumps/contract/")]
    for entry in [f for f in dumped if f not in of_contracts] + of_contracts[::60]:
        answer = client.get(f"/dump/{entry.path.removeprefix('dumps/')}")
        assert hashlib.sha256(answer.data).hexdigest() == entry.sha256
        assert answer.headers["ETag"] == f'"{entry.sha256}"'


def test_a_dump_is_given_by_ranges(client: FlaskClient) -> None:
    whole = client.get("/dump/contrats.nt")

    part = client.get("/dump/contrats.nt", headers={"Range": "bytes=10-19"})
    beyond = client.get("/dump/contrats.nt", headers={"Range": "bytes=999999999-"})

    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert beyond.status_code == 416


@pytest.mark.parametrize(
    ("name", "expected"), [("ttl", "text/turtle; charset=utf-8"), ("nq", "application/n-quads")]
)
def test_a_dump_says_its_media_type_and_charset(
    client: FlaskClient, name: str, expected: str
) -> None:
    assert client.head(f"/dump/contrats.{name}").headers["Content-Type"] == expected


def test_the_health_check_names_the_release(client: FlaskClient, release: Release) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.text) == (200, f"{release.identifier}\n")


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "lines=1-5"},
        {"Range": "bytes=0-1,5-6"},
        {"Range": "bytes=0-9", "If-Range": 'W/"{tag}"'},
        {"Range": "bytes=0-9", "If-Range": '"autre"'},
    ],
    ids=["unit", "several", "weak", "other"],
)
def test_a_range_that_is_not_for_this_file_is_ignored(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    whole = client.get("/dump/contrats.nt")
    tag = whole.headers["ETag"].strip('"')

    answer = client.get(
        "/dump/contrats.nt", headers={k: v.format(tag=tag) for k, v in headers.items()}
    )

    assert answer.status_code == 200
    assert answer.data == whole.data
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_a_range_of_this_very_file_is_given(client: FlaskClient) -> None:
    tag = client.head("/dump/contrats.nt").headers["ETag"]

    part = client.get("/dump/contrats.nt", headers={"Range": "bytes=0-9", "If-Range": tag})
    head = client.head("/dump/contrats.nt", headers={"Range": "bytes=0-9"})

    assert (part.status_code, len(part.data)) == (206, 10)
    assert "Content-Range" in part.headers["Access-Control-Expose-Headers"]
    assert head.status_code == 200


def test_a_dump_that_is_no_longer_the_one_named_is_412_with_a_reason(client: FlaskClient) -> None:
    answer = client.get("/dump/contrats.nt", headers={"If-Match": '"autre"'})

    assert answer.status_code == 412
    assert answer.get_json(force=True)["status"] == 412
