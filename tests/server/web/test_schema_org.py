"""What pages say to search engines: read as JSON-LD, and the same as the RDF says."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from pyld import jsonld
from tests.server.web.conftest import PUBLIC

from contrats.vocabulary import LICENCE
from contrats.web.schema_org import CONTEXT

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from contrats.store import EmbeddedStore

BASE = "https://w3id.org/contrats-sante/"
SCHEMA = "https://schema.org/"
_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
Node = dict[str, Any]


def load(url: str, _options: object) -> Node:
    """Return the context of schema.org as far as it matters here: nothing comes from outside."""
    assert url == CONTEXT
    links = {name: {"@id": SCHEMA + name, "@type": "@id"} for name in ("url", "license", "item")}
    return {
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": {"@vocab": SCHEMA, **links}},
    }


def types(client: FlaskClient, path: str) -> set[str]:
    """Return the types of what the page says, read by a JSON-LD processor."""
    page = client.get(path, headers={"Accept": "text/html"}).text
    blocks = _BLOCK.findall(page)
    assert (len(blocks), page.count("<script")) == (1, 1)
    flat = jsonld.flatten(json.loads(blocks[0]), options={"documentLoader": load})
    assert all(name.startswith((SCHEMA, "@")) for node in flat for name in node)
    return {kind.removeprefix(SCHEMA) for node in flat for kind in node.get("@type", ())}


def said(client: FlaskClient, path: str, kind: str) -> Node:
    """Return the first node of the page that is of `kind`, as it is written."""
    page = client.get(path, headers={"Accept": "text/html"}).text
    written = json.loads(_BLOCK.findall(page)[0])
    assert written["@context"] == CONTEXT
    found: Node = next(each for each in written["@graph"] if each["@type"] == kind)
    return found


def value(store: EmbeddedStore, iri: str, name: str) -> set[str]:
    """Return the values of a property, by its prefixed name, as the endpoint gives them."""
    found = store.answer(f"SELECT ?value WHERE {{ <{iri}> {name} ?value }}")
    return {row["value"].value for row in found}  # type: ignore[union-attr]


PAGES = {
    "/": "DataCatalog",
    "/catalog.html": "DataCatalog",
    "/doc/contract/valence-2019": "Dataset",
    "/doc/actor/ch-valence": "Hospital",
    "/doc/actor/ars-auvergne-rhone-alpes": "GovernmentOrganization",
    "/doc/actor/caf-drome": "Organization",
    "/doc/theme/sante-mentale": "DefinedTerm",
    "/doc/population/jeunes": "DefinedTerm",
    "/doc/territory/commune-26362": "AdministrativeArea",
    "/en/doc/contract/valence-2019": "Dataset",
    "/contracts": "BreadcrumbList",
}


@pytest.mark.parametrize(("path", "kind"), PAGES.items())
def test_a_page_tells_search_engines_what_it_is_about(
    client: FlaskClient, path: str, kind: str
) -> None:
    assert kind in types(client, path)


@pytest.mark.parametrize("path", PAGES)
def test_every_address_is_the_public_one(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html", "Host": "malin.test"}).text
    block = _BLOCK.findall(page)[0]

    found = re.findall(r'"(?:url|item|contentUrl)":"([^"]+)"', block)
    assert found
    assert [each for each in found if not each.startswith(f"{PUBLIC}/")] == []


@pytest.mark.parametrize("path", ["/doc/contract/valence-2019", "/catalog.html"])
def test_a_data_set_has_what_search_engines_want(client: FlaskClient, path: str) -> None:
    kind = "Dataset" if path.startswith("/doc") else "DataCatalog"
    found = said(client, path, kind)
    data_sets = [found] if kind == "Dataset" else found["dataset"]
    for each in data_sets if isinstance(data_sets, list) else [data_sets]:
        assert 50 <= len(each["description"]) <= 5_000
        assert {"name", "license", "creator", "identifier", "version", "distribution"} <= set(each)
        for file in each["distribution"]:
            answer = client.head(file["contentUrl"].removeprefix(PUBLIC))
            assert answer.status_code == 200
            assert answer.content_type.partition(";")[0] == file["encodingFormat"]


def test_a_contract_says_there_what_its_data_says(
    client: FlaskClient, store: EmbeddedStore
) -> None:
    iri = f"{BASE}id/contract/valence-2019"
    found = said(client, "/doc/contract/valence-2019", "Dataset")

    assert {found["name"]} == value(store, iri, "<http://purl.org/dc/terms/title>")
    assert {found["identifier"]} == value(store, iri, "<http://purl.org/dc/terms/identifier>")
    assert found["about"]["@id"] == iri
    assert {found["spatialCoverage"]["@id"]} == value(
        store, iri, "<http://purl.org/dc/terms/spatial>"
    )
    period = "<http://purl.org/dc/terms/temporal>/<http://www.w3.org/ns/dcat#{}Date>"
    start, end = (value(store, iri, period.format(each)) for each in ("start", "end"))
    assert found["temporalCoverage"] == f"{start.pop()}/{end.pop()}"
    sources = "<http://www.w3.org/ns/prov#wasDerivedFrom>/<https://schema.org/url>"
    graph = f"{BASE}graph/contract/valence-2019"
    based = found["isBasedOn"]
    assert set(based if isinstance(based, list) else [based]) == value(store, graph, sources)
    licences = value(store, graph, "<http://purl.org/dc/terms/license>")
    assert {found["license"]} == licences == {LICENCE}


def test_what_is_not_stated_is_not_said(client: FlaskClient, store: EmbeddedStore) -> None:
    query = """PREFIX cls: <https://w3id.org/contrats-sante/def#>
    SELECT ?contract WHERE { ?contract a cls:LocalHealthContract
        FILTER NOT EXISTS { ?contract cls:latestStart ?start } } ORDER BY ?contract LIMIT 1"""
    row = next(iter(store.answer(query)))  # type: ignore[arg-type]
    path = row["contract"].value.replace(f"{BASE}id/", "/doc/")

    assert "temporalCoverage" not in said(client, path, "Dataset")


def test_a_theme_and_a_place_say_there_what_their_data_says(
    client: FlaskClient, store: EmbeddedStore
) -> None:
    theme = said(client, "/doc/theme/sante-mentale", "DefinedTerm")
    place = said(client, "/doc/territory/commune-26362", "AdministrativeArea")

    definition = "<http://www.w3.org/2004/02/skos/core#definition>"
    assert theme["description"] in value(store, theme["@id"], definition)
    code = value(store, place["@id"], "<http://rdf.insee.fr/def/geo#codeINSEE>")
    assert {place["identifier"]["value"]} == code
    above = value(store, place["@id"], "<http://rdf.insee.fr/def/geo#subdivisionDe>")
    assert {each["@id"] for each in place["containedInPlace"]} == above


def test_an_error_tells_nothing(client: FlaskClient) -> None:
    assert "ld+json" not in client.get("/nowhere", headers={"Accept": "text/html"}).text
