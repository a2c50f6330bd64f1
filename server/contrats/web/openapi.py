"""The API in the words of OpenAPI 3.1: each saved query, how any of them is cited, the endpoint.

https://spec.openapis.org/oas/v3.1.0
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from contrats.limits import told_limits
from contrats.vocabulary import LICENCE
from contrats.web.api import (
    PROBLEM_SCHEMA,
    Api,
    content,
    faults,
    form,
    operation,
    parameter,
    responses,
)
from contrats.web.media import CITATIONS, GRAPHS, QUERY, RESULTS

if TYPE_CHECKING:
    from contrats.library import SavedQuery


def describe_api(api: Api) -> dict[str, Any]:
    """Return the description, whose keys are in the order in which a person reads it."""
    told = [asdict(limit) for limit in told_limits(api.limits)]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Contrats locaux de santé",
            "version": api.version,
            "summary": "Local health contracts as linked data: questions, their answers, SPARQL.",
            "description": (
                "Every saved query answers in several forms, chosen by the suffix. A parameter "
                "that is left out means all. An answer is complete, or an error that names the "
                "limit (see x-limits); its headers tell the release, the hash of the query, the "
                "time, and a link that asks the same of the very same release."
            ),
            "license": {
                "name": "Licence Ouverte 2.0",
                "url": LICENCE,
            },
        },
        "servers": [{"url": api.url}],
        "externalDocs": {"url": f"{api.url}/queries"},
        "paths": {path: item for query in api.library for path, item in _paths(api, query)}
        | {"/sparql": _endpoint()},
        "components": {"schemas": {"Problem": PROBLEM_SCHEMA}, "responses": responses()},
        "x-limits": told,
    }


def _paths(api: Api, query: SavedQuery) -> list[tuple[str, dict[str, Any]]]:
    """Return the three addresses of a saved query: its answer, its file, its citation."""
    given = [parameter(api, query, each) for each in query.parameters]
    graph = query.form == "CONSTRUCT"
    forms = GRAPHS if graph else RESULTS
    columns = "\n".join(f"- `{each.name}`: {each.en}" for each in query.columns)
    limit = query.limit and f"Limit: {query.limit}"
    said = [query.description, limit, columns, f"En français : {query.summary_fr}"]
    return [
        (
            f"/queries/{query.name}.{{form}}",
            operation(
                query.name,
                (query.summary, "\n\n".join(filter(None, said))),
                [form(forms, "ttl" if graph else "csv"), *given],
                content(forms),
            ),
        ),
        (
            f"/queries/{query.name}.rq",
            operation(
                f"{query.name}-text",
                (f"The SPARQL that answers: {query.summary}", "Parameters that are given, bound."),
                given,
                content((QUERY,)),
            ),
        ),
        (
            f"/queries/{query.name}/cite.{{form}}",
            operation(
                f"{query.name}-citation",
                (f"How to cite the answer to: {query.summary}", "By its release, for ever."),
                [form(CITATIONS, CITATIONS[0].suffix), *given],
                content(CITATIONS),
            ),
        ),
    ]


def _endpoint() -> dict[str, Any]:
    """Return the endpoint, by GET and both ways of POST (https://www.w3.org/TR/sparql11-protocol/)."""
    query = {"name": "query", "in": "query", "required": True, "schema": {"type": "string"}}
    example = {"example": "SELECT (COUNT(*) AS ?statements) WHERE { ?s ?p ?o }"}
    graphs = [
        {
            "name": name,
            "in": "query",
            "description": "The graphs that are asked; without any, the union of all.",
            "schema": {"type": "array", "items": {"type": "string", "format": "iri"}},
        }
        for name in ("default-graph-uri", "named-graph-uri")
    ]
    form = {
        "type": "object",
        "required": ["query"],
        "properties": {"query": {"type": "string"}}
        | {each["name"]: each["schema"] for each in graphs},
    }
    said = ("A query of SPARQL 1.1", "SELECT, ASK, CONSTRUCT or DESCRIBE; no update, no SERVICE.")
    forms = (*RESULTS, *GRAPHS)
    posted = operation("sparql-post", said, graphs, content(forms), tag="sparql")
    posted["get"]["requestBody"] = {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {"schema": form},
            QUERY.media_type: {"schema": {"type": "string"}} | example,
        },
    }
    asked = operation("sparql", said, [query | example, *graphs], content(forms), tag="sparql")
    more = faults("406", "415")
    for each in (asked, posted):
        each["get"]["responses"] |= more
    return asked | {"post": posted["get"]}
