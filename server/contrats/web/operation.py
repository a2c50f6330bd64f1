"""A request to the SPARQL endpoint, read to the letter of the protocol.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from werkzeug.http import parse_options_header

from contrats.store import Dataset
from contrats.web.refusal import RefusalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Request

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
MAX_FIELDS: Final = 100
MAX_BODY: Final = 64 * 1024
"""Bytes of a request's body; the query's own limit is that of `guard`."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks: a query (or None), over which graphs, in what form."""

    query: str | None
    dataset: Dataset
    form: str | None
    """The field `as`, for links on pages: a suffix such as `csv`. Clients send `format` on their
    own, with values of their own: that one is theirs, and the Accept beside it decides."""


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came: `body` gives its bytes, when they are asked for."""

    method: str
    query_string: bytes
    content_type: str
    body: Callable[[], bytes]


def received(request: Request) -> Received:
    """Return what came with `request`."""
    return Received(
        request.method,
        request.query_string,
        request.headers.get("Content-Type", ""),
        lambda: request.get_data(cache=True),
    )


def read_operation(request: Received) -> Operation:
    """Return what `request` asks, or raise the `RefusalError` that says what is wrong with it."""
    fields = _fields(request.query_string, "adresse", "address")
    if request.method != "POST":
        return _operation(fields, None)
    media_type, parameters = parse_options_header(request.content_type.lower())
    if media_type == FORM:
        body = request.body()
        return _operation([*_graphs_only(fields), *_fields(body, "formulaire", "form")], None)
    if media_type == QUERY:
        if any(name == "query" for name, _ in fields):
            raise _twice("query")
        return _operation(fields, _text(request.body(), parameters.get("charset", "utf-8")))
    if media_type == UPDATE:
        raise _update()
    raise RefusalError(
        415,
        f"Type de contenu non accepté : {media_type or 'aucun'}. Envoyez {QUERY} ou {FORM}.",
        f"Media type not accepted: {media_type or 'none'}. Send {QUERY} or {FORM}.",
        {"Accept-Post": f"{QUERY}, {FORM}"},
    )


def _operation(fields: list[tuple[str, str]], direct: str | None) -> Operation:
    """Return the operation that `fields` and the body sent directly make together."""
    if any(name == "update" for name, _ in fields):
        raise _update()
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise _twice("query")
    forms = [value for name, value in fields if name == "as" and value]
    return Operation(
        direct if direct is not None else next(iter(queries), None),
        Dataset(
            tuple(_graph(value) for name, value in fields if name == "default-graph-uri"),
            tuple(_graph(value) for name, value in fields if name == "named-graph-uri"),
        ),
        forms[0] if forms else None,
    )


def _fields(raw: bytes, fr: str, en: str) -> list[tuple[str, str]]:
    """Return the fields of `raw`, percent-decoded once, each byte sequence valid UTF-8."""
    if not raw:
        return []
    try:
        return parse_qsl(
            raw.decode("utf-8"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except UnicodeDecodeError as fault:
        raise RefusalError(
            400,
            f"Octets illisibles dans l’{fr} : ce n’est pas de l’UTF-8 ({fault.reason})."
            if fr.startswith("a")
            else f"Octets illisibles dans le {fr} : ce n’est pas de l’UTF-8 ({fault.reason}).",
            f"Undecodable bytes in the {en}: this is not UTF-8 ({fault.reason}).",
        ) from fault
    except ValueError as fault:
        raise RefusalError(
            400,
            f"Trop de champs : au plus {MAX_FIELDS}. Ôtez ceux qui ne servent pas.",
            f"Too many fields: at most {MAX_FIELDS}. Take out those that serve nothing.",
        ) from fault


def _text(body: bytes, charset: str) -> str:
    """Return the text of a query sent as the body: UTF-8, which `charset` may not contradict."""
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise RefusalError(
            415,
            f"Jeu de caractères non accepté : {charset}. Envoyez la requête en UTF-8.",
            f"Charset not accepted: {charset}. Send the query in UTF-8.",
        )
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise RefusalError(
            400,
            f"Requête illisible : l’octet {fault.start} n’est pas de l’UTF-8.",
            f"Undecodable query: byte {fault.start} is not UTF-8.",
        ) from fault


def _graphs_only(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the fields of a form request's address, refusing a query that would stand twice."""
    if any(name == "query" for name, _ in fields):
        raise _twice("query")
    return fields


def _graph(value: str) -> str:
    """Return the IRI of a graph, or refuse what is none."""
    if ":" in value and not any(c in '<>"{}|^`\\' or c <= " " for c in value):
        return value
    raise RefusalError(
        400,
        f"« {value[:200]} » n’est pas l’IRI absolue d’un graphe.",
        f'"{value[:200]}" is not the absolute IRI of a graph.',
    )


def _twice(name: str) -> RefusalError:
    return RefusalError(
        400,
        f"« {name} » est donné plusieurs fois : n’en envoyez qu’un.",
        f'"{name}" is given more than once: send one.',
    )


def _update() -> RefusalError:
    return RefusalError(
        403,
        "Mise à jour refusée : ce point d’accès est en lecture seule. Envoyez une requête SELECT, "
        "ASK, CONSTRUCT ou DESCRIBE dans « query ».",
        "Update refused: this endpoint is read-only. Send a SELECT, ASK, CONSTRUCT or DESCRIBE in "
        '"query".',
    )
