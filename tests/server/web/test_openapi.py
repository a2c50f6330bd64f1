"""The description of the API is well formed, whole, and true: each of its examples answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from contrats.library import read_library
from contrats.rooms import find_rooms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

LIBRARY = read_library(find_rooms().queries)


@pytest.fixture(scope="module")
def described(app: Flask) -> dict[str, Any]:
    answer = app.test_client().get("/openapi.json")
    assert answer.mimetype == "application/json"
    found: dict[str, Any] = answer.get_json()
    return found


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def references(node: object) -> Iterator[str]:
    """Yield what `node` refers to, at any depth."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_saved_query_is_described(described: dict[str, Any]) -> None:
    paths = described["paths"]

    for query in LIBRARY:
        operation = paths[f"/queries/{query.name}.{{form}}"]["get"]
        given = [each["name"] for each in operation["parameters"]]
        assert operation["summary"] == query.summary
        assert given == ["form", *(each.name for each in query.parameters)]
        assert f"/queries/{query.name}.rq" in paths
        assert f"/queries/{query.name}/cite.{{form}}" in paths


def test_the_description_holds_what_its_specification_requires(described: dict[str, Any]) -> None:
    """https://spec.openapis.org/oas/v3.1.0#openapi-object and below."""
    found = list(operations(described))
    names = [operation["operationId"] for _, _, operation in found]

    assert described["openapi"].startswith("3.1.")
    assert {"title", "version", "license"} <= described["info"].keys()
    assert len(set(names)) == len(names)
    for path, method, operation in found:
        assert method in {"get", "post"}
        assert all(
            each["description"] for each in operation["responses"].values() if "$ref" not in each
        )
        in_path = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert in_path == ({"form"} if "{form}" in path else set())
        assert all(each["required"] for each in operation["parameters"] if each["in"] == "path")
        assert all({"name", "in", "schema"} <= each.keys() for each in operation["parameters"])


def test_every_reference_leads_to_something(described: dict[str, Any]) -> None:
    for reference in set(references(described)):
        node = described
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]

        assert node


def test_the_endpoint_is_described_in_its_three_ways(described: dict[str, Any]) -> None:
    endpoint = described["paths"]["/sparql"]

    assert "query" in [each["name"] for each in endpoint["get"]["parameters"]]
    assert sorted(endpoint["post"]["requestBody"]["content"]) == [
        "application/sparql-query",
        "application/x-www-form-urlencoded",
    ]
    assert {"400", "406", "415", "429", "503"} <= endpoint["get"]["responses"].keys()
    assert "text/turtle" in endpoint["get"]["responses"]["200"]["content"]


def test_limits_and_where_the_site_is_are_told(described: dict[str, Any]) -> None:
    limits = {each["name"]: each for each in described["x-limits"]}

    assert limits["deadline"]["unit"] == "s"
    assert described["servers"] == [{"url": "https://exemple.test/contrats"}]


def test_a_short_list_of_values_is_given_and_a_long_one_is_told_where(
    described: dict[str, Any],
) -> None:
    def schema(name: str) -> dict[str, Any]:
        found: dict[str, Any] = described["paths"][f"/queries/{name}.{{form}}"]["get"]
        parameter: dict[str, Any] = found["parameters"][1]
        return parameter

    regions = schema("themes-of-a-region")["schema"]["anyOf"][0]["enum"]
    assert len(regions) == 18
    assert "region-84" in regions
    assert schema("frequent-signatories")["schema"]["enum"] == [str(n) for n in range(1, 11)]
    assert (
        "listed at https://exemple.test/contrats/queries/signatories"
        in (schema("signatories")["description"])
    )
    assert schema("contracts-in-force")["schema"]["pattern"] == "^([0-9]{4})$"


def test_each_example_answers(client: FlaskClient, described: dict[str, Any]) -> None:
    failed = []
    for path, method, operation in operations(described):
        if method != "get":
            continue
        given = {each["name"]: each.get("example") for each in operation["parameters"]}
        form = given.pop("form", "")
        fields = urlencode({name: value for name, value in given.items() if value})
        address = f"{path.replace('{form}', form)}?{fields}"
        answer = client.get(address)
        said = operation["responses"]["200"]["content"]
        if answer.status_code != 200 or answer.mimetype not in said:
            failed.append((address, answer.status_code, answer.mimetype))

    assert failed == []


def test_each_form_that_is_listed_answers_in_a_type_that_is_listed(
    client: FlaskClient, described: dict[str, Any]
) -> None:
    operation = described["paths"]["/queries/signatories.{form}"]["get"]
    forms = operation["parameters"][0]["schema"]["enum"]

    types = [
        client.get(f"/queries/signatories.{form}?contract=valence-2019").mimetype for form in forms
    ]

    assert types == list(operation["responses"]["200"]["content"])
