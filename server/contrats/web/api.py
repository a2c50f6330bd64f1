"""The pieces of a description in OpenAPI: an operation, its parameters, its answers, its errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from contrats.parameter import LEXICAL
from contrats.web.media import PROBLEM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contrats.given import Choice
    from contrats.library import SavedQuery
    from contrats.limits import Limits
    from contrats.parameter import Parameter
    from contrats.web.media import Variant

_SHORT: Final = 40
"""So many values are listed; of a longer list, the page of the query has them all."""
_FAULTS: Final = {
    "400": "A parameter that is unknown, given twice or of a value not allowed; no SPARQL.",
    "404": "No saved query, or no form, of that name; what there is, is named.",
    "406": "None of the media types of the Accept is on offer; those that are, are named.",
    "415": "The body is neither a form nor a query.",
    "422": "The answer is over a limit of size.",
    "429": "This client asked for more than its share of a minute; Retry-After tells when to ask.",
    "503": "The query went past a limit of time or memory, or too much is asked at once.",
}


@dataclass(frozen=True, slots=True)
class Api:
    """What the description is made of; `url` is where the world reaches the site."""

    url: str
    version: str
    library: Sequence[SavedQuery]
    choices: Callable[[Parameter], Sequence[Choice]]
    limits: Limits


def operation(
    name: str,
    said: tuple[str, str],
    parameters: list[dict[str, Any]],
    content: dict[str, Any],
    tag: str = "queries",
) -> dict[str, Any]:
    """Return what answers GET at one address; `said` is its summary and its description."""
    summary, description = said
    answers = {"200": {"description": "The whole answer.", "content": content}}
    return {
        "get": {
            "operationId": name,
            "tags": [tag],
            "summary": summary,
            "description": description,
            "parameters": parameters,
            "responses": answers | faults("400", "404", "422", "429", "503"),
        }
    }


def parameter(api: Api, query: SavedQuery, parameter: Parameter) -> dict[str, Any]:
    """Return a parameter, its values listed when they are few."""
    values = [choice.value for choice in api.choices(parameter)]
    whole = "a full IRI or the name that ends it" if parameter.families else parameter.datatype
    if len(values) > _SHORT:
        whole = f"{whole}; one of {len(values)}, listed at {api.url}/queries/{query.name}"
    schema: dict[str, Any] = {"type": "string"}
    if not values:
        schema["pattern"] = f"^({LEXICAL[parameter.datatype][0]})$"
    elif len(values) <= _SHORT:
        named = {"enum": values}
        iris = [{"type": "string", "format": "iri"}] if parameter.families else []
        schema = {"anyOf": [schema | named, *iris]} if iris else schema | named
    return {
        "name": parameter.name,
        "in": "query",
        "description": f"{whole[0].upper()}{whole[1:]}. Left out or empty: all.",
        "schema": schema,
        "example": parameter.short_example,
    }


def form(forms: Sequence[Variant], example: str) -> dict[str, Any]:
    """Return the suffix, a part of the path."""
    return {
        "name": "form",
        "in": "path",
        "required": True,
        "description": "The form of the answer.",
        "schema": {"type": "string", "enum": [each.suffix for each in forms]},
        "example": example,
    }


def content(forms: Sequence[Variant]) -> dict[str, Any]:
    """Return the media types of an answer; what each holds, its specification tells."""
    return {
        each.media_type: {
            "schema": {"description": each.specification}
            | ({} if each.media_type.endswith("json") else {"type": "string"})
        }
        for each in forms
    }


def faults(*statuses: str) -> dict[str, Any]:
    """Return the errors of these statuses, by reference to `responses`."""
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


def responses() -> dict[str, Any]:
    """Return the errors, each a problem with the same sentence in both languages."""
    content = {PROBLEM.media_type: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": why, "content": content} for status, why in _FAULTS.items()}


_TEXTS: Final = ("type", "title", "title-en", "detail", "detail-en", "instance")
PROBLEM_SCHEMA: Final = {
    "type": "object",
    "description": "https://www.rfc-editor.org/rfc/rfc9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {name: {"type": "string"} for name in _TEXTS}
    | {name: {"type": "integer"} for name in ("status", "line", "column")},
}
