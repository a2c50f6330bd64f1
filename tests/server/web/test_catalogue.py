"""The catalogue over HTTP: a feed for each language, the whole record, the page, the check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests.server.web.conftest import PUBLIC

from contrats.vocabulary import EXTERNAL, PREFIXES
from contrats.web import Settings, create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from contrats.release import Release
    from contrats.store import EmbeddedStore
    from contrats.web.site import Engines

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
}
TITLE = ox.NamedNode(f"{EXTERNAL['dcterms']}title")


def read(client: FlaskClient, path: str) -> ox.Dataset:
    """Return what is at `path`, blank nodes named by what they say."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    found = ox.Dataset(ox.parse(answer.data, format=FORMATS[path.rpartition(".")[2]]))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return found


@pytest.mark.parametrize("below", ["", "/en"])
def test_a_feed_says_the_same_in_each_form(client: FlaskClient, below: str) -> None:
    feeds = [read(client, f"{below}/catalog.{suffix}") for suffix in FORMATS]

    assert len(feeds[0]) > 500
    assert all(feed == feeds[0] for feed in feeds)


@pytest.mark.parametrize(("below", "language"), [("", "fr"), ("/en", "en")])
def test_a_feed_is_in_the_language_of_its_address(
    client: FlaskClient, below: str, language: str
) -> None:
    titles = read(client, f"{below}/catalog.ttl").quads_for_predicate(TITLE)

    assert {quad.object.language for quad in titles} == {language}  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["/catalog", "/catalog.ttl", "/en/catalog", "/catalog/complete"])
def test_a_program_that_says_nothing_gets_turtle(client: FlaskClient, path: str) -> None:
    got, head = client.get(path), client.head(path)

    assert got.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == got.headers[name]
    again = client.get(path, headers={"If-None-Match": got.headers["ETag"]})
    assert again.status_code == 304


def test_every_address_to_fetch_is_below_the_public_base(client: FlaskClient) -> None:
    names = {"accessURL", "downloadURL", "endpointURL", "endpointDescription", "landingPage"}
    feed = read(client, "/catalog.ttl")

    found = {q.object.value for q in feed if q.predicate.value.rpartition("#")[2] in names}

    assert f"{PUBLIC}/dump/contracts.csv" in found
    assert [each for each in found if not each.startswith(f"{PUBLIC}/")] == []


def test_each_data_set_answers_at_its_iri(client: FlaskClient) -> None:
    feed = read(client, "/catalog.ttl")
    kinds = {ox.NamedNode(EXTERNAL["dcat"] + name) for name in ("Dataset", "DataService")}

    things = {q.subject.value for q in feed if q.object in kinds}

    assert len(things) == 9
    for thing in things:
        path = thing.removeprefix(PREFIXES["dataset"].removesuffix("id/dataset/"))
        answer = client.get(f"/{path}", headers={"Accept": "text/turtle"}, follow_redirects=True)
        assert answer.status_code == 200
        assert b"dcterms:title" in answer.data


def test_the_whole_record_has_both_languages_and_the_series(client: FlaskClient) -> None:
    record = read(client, "/catalog/complete.ttl")

    languages = {q.object.language for q in record.quads_for_predicate(TITLE)}  # type: ignore[union-attr]

    assert languages == {"fr", "en"}
    assert list(record.quads_for_object(ox.NamedNode(f"{EXTERNAL['dcat']}DatasetSeries")))


def test_the_contact_that_is_given_stands_in_each_feed(
    store: EmbeddedStore, release: Release, engines: Engines, client: FlaskClient
) -> None:
    settings = Settings(PUBLIC, client.application.extensions["contrats"].settings.rooms)
    with_contact = Settings(settings.public_url, settings.rooms, contact="a@exemple.test")
    given = create_app(store, release, with_contact, engines).test_client()

    assert b"mailto:a@exemple.test" in given.get("/catalog.nt").data
    assert b"mailto:a@exemple.test" in given.get("/en/catalog.nt").data
    assert "mailto:a@exemple.test" in given.get("/catalog.html").text
    assert "vcard:hasEmail" not in given.get("/catalog/check.html").text
    assert "vcard:hasEmail" in client.get("/catalog/check.html").text


@pytest.mark.parametrize("below", ["", "/en"])
def test_nothing_of_ours_is_skipped(client: FlaskClient, below: str) -> None:
    told = client.get(f"{below}/catalog/check.json").json

    assert told is not None
    assert told["nothingSkipped"] is True
    assert [each["counts"] for each in told["harvests"]] == [
        {"taken": 9, "guessed": 0, "skipped": 0},
        {"taken": 6, "guessed": 0, "skipped": 0},
    ]
    assert told["files"]["remarks"] == []
    assert (told["quality"]["points"], told["quality"]["of"]) == (395, 405)


def test_the_check_takes_no_address_from_anyone(client: FlaskClient) -> None:
    plain = client.get("/catalog/check.json").data

    assert client.get("/catalog/check.json?url=http://127.0.0.1:9/").data == plain


def test_an_unknown_form_is_refused_with_those_on_offer(client: FlaskClient) -> None:
    for path in ("/catalog.xyz", "/catalog/complete.html", "/catalog/check.ttl"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "." in answer.text
