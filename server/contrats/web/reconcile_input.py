"""What a client asks to reconcile or to extend, read to the letter, or refused with the reason.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from contrats.reconciliation.query import Query, Value
from contrats.vocabulary import expand
from contrats.web.reconcile_json import read_json, refuse, refuse_form, refuse_unknown
from contrats.web.reconcile_properties import find_property
from contrats.web.refusal import RefusalError

if TYPE_CHECKING:
    from collections.abc import Iterable

QUERIES: Final = 50
"""Queries of one batch, `batchSize` in the manifest."""
LIMIT: Final = 100
"""The most candidates of one query."""
USUAL: Final = 10
IDS: Final = 500
"""The most things of one extension."""
_PROPERTIES: Final = 30
_TEXT: Final = 1000
"""Characters of one name."""
_FIELDS: Final = ("query", "type", "limit", "properties", "type_strict")
_STRICT: Final = ("any", "should", "all")


@dataclass(frozen=True, slots=True)
class Extension:
    """Values wanted: of which things, of which properties, how many of each at most (0: all)."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, int], ...]


def read_batch(text: str, types: Iterable[str]) -> dict[str, Query]:
    """Return the queries of a batch by their keys; one that is refused refuses the batch."""
    batch = read_json(text, "queries")
    if not isinstance(batch, dict):
        refuse_form(
            "queries", "un objet JSON, une clé par question", "a JSON object, a key a query"
        )
    if not batch:
        refuse("« queries » ne contient aucune question.", '"queries" holds no query.')
    if len(batch) > QUERIES:
        raise RefusalError(
            413,
            f"{len(batch)} questions dans un lot ; au plus {QUERIES} (batchSize du manifeste).",
            f"{len(batch)} queries in a batch; at most {QUERIES} (batchSize in the manifest).",
        )
    known = frozenset(types)
    return {key: read_query(asked, known, f"queries.{key}") for key, asked in batch.items()}


def read_single(text: str, types: Iterable[str]) -> Query:
    """Return the query of the old parameter `query`: a text, or the object of one query."""
    given = read_json(text, "query") if text.lstrip().startswith("{") else {"query": text}
    return read_query(given, frozenset(types), "query")


def read_query(given: Any, types: frozenset[str], where: str) -> Query:  # noqa: ANN401 -- any JSON
    """Return one query (section 4.1 of the specification); `where` names it in a refusal."""
    if not isinstance(given, dict):
        refuse_form(where, "un objet JSON", "a JSON object")
    unknown = sorted(set(given) - set(_FIELDS))
    if unknown:
        refuse_unknown(where, unknown[0], _FIELDS)
    text = given.get("query") or ""
    if not isinstance(text, str) or len(text) > _TEXT:
        refuse_form(
            f"{where}.query", f"un texte de {_TEXT} caractères au plus",
            f"a text of at most {_TEXT} characters",
        )  # fmt: skip
    if given.get("type_strict") not in {None, *_STRICT}:
        refuse_unknown(f"{where}.type_strict", str(given["type_strict"]), _STRICT)
    properties = _read_properties(given.get("properties"), where)
    if not text.strip() and not properties:
        refuse(
            f"{where} : ni texte (« query ») ni propriétés. Donnez au moins l’un des deux.",
            f'{where}: neither a text ("query") nor properties. Give at least one of them.',
        )
    limit = _read_limit(given.get("limit"), where)
    return Query(text, _read_types(given.get("type"), types, where), limit, properties)


def read_extension(text: str) -> Extension:
    """Return what is asked of the data extension service (section 7.4)."""
    given = read_json(text, "extend")
    if not isinstance(given, dict):
        refuse_form("extend", "un objet JSON", "a JSON object")
    ids, wanted = given.get("ids"), given.get("properties")
    if not _are_texts(ids):
        refuse_form(
            "extend.ids", f"une liste de {IDS} identifiants au plus",
            f"a list of at most {IDS} identifiers",
        )  # fmt: skip
    if not isinstance(wanted, list) or not wanted or len(wanted) > _PROPERTIES:
        refuse_form(
            "extend.properties", f"une liste de 1 à {_PROPERTIES} objets",
            f"a list of 1 to {_PROPERTIES} objects",
        )  # fmt: skip
    read = [_read_wanted(each, f"extend.properties[{n}]") for n, each in enumerate(wanted)]
    return Extension(tuple(dict.fromkeys(ids)), tuple(read))


def _read_types(given: Any, types: frozenset[str], where: str) -> tuple[str, ...]:  # noqa: ANN401
    """Return the types asked for: one or a list, by identifier or by IRI."""
    if given is None or given == "":
        return ()
    several = [given] if isinstance(given, str | dict) else given
    if not isinstance(several, list):
        refuse_form(f"{where}.type", "un type ou une liste de types", "a type or a list of types")
    named = [str(each.get("id") if isinstance(each, dict) else each) for each in several]
    by_iri = {expand(each): each for each in types}
    for each in named:
        if each not in types and each not in by_iri:
            refuse_unknown(f"{where}.type", str(each), sorted(types))
    return tuple(dict.fromkeys(by_iri.get(each, each) for each in named))


def _read_limit(given: Any, where: str) -> int:  # noqa: ANN401 -- any JSON
    """Return how many candidates are wanted."""
    if given is None:
        return USUAL
    number = isinstance(given, int | float) and not isinstance(given, bool)
    if not number or not 1 <= given <= LIMIT or given != int(given):
        refuse_form(f"{where}.limit", f"un entier de 1 à {LIMIT}", f"an integer from 1 to {LIMIT}")
    return int(given)


def _read_properties(given: Any, where: str) -> tuple[tuple[str, tuple[Value, ...]], ...]:  # noqa: ANN401
    """Return the values by property; several of one property come together."""
    if given is None:
        return ()
    if not isinstance(given, list) or len(given) > _PROPERTIES:
        refuse_form(
            f"{where}.properties", f"une liste de {_PROPERTIES} objets au plus",
            f"a list of at most {_PROPERTIES} objects",
        )  # fmt: skip
    read: dict[str, list[Value]] = {}
    for n, each in enumerate(given):
        place = f"{where}.properties[{n}]"
        if not isinstance(each, dict) or "pid" not in each or "v" not in each:
            refuse_form(place, "un objet avec « pid » et « v »", 'an object with "pid" and "v"')
        name = find_property(each["pid"], place).id
        values = each["v"] if isinstance(each["v"], list) else [each["v"]]
        read.setdefault(name, []).extend(_read_value(value, f"{place}.v") for value in values)
    return tuple((name, tuple(values)) for name, values in read.items() if values)


def _read_value(given: Any, where: str) -> Value:  # noqa: ANN401 -- any JSON
    """Return a value: a text, a number, yes or no, or a thing of ours by identifier."""
    if isinstance(given, dict) and isinstance(given.get("id"), str):
        return Value(str(given.get("name") or given["id"]), given["id"])
    if isinstance(given, bool):
        return Value("true" if given else "false")
    if not isinstance(given, str | int | float):
        refuse_form(
            where,
            "un texte, un nombre, un booléen, ou un objet avec « id »",
            'a text, a number, a boolean, or an object with "id"',
        )
    return Value(str(given)[:_TEXT])


def _read_wanted(given: Any, where: str) -> tuple[str, int]:  # noqa: ANN401 -- any JSON
    """Return a property of an extension and its limit, a setting that OpenRefine sends as text."""
    if not isinstance(given, dict) or "id" not in given:
        refuse_form(where, "un objet avec « id »", 'an object with "id"')
    settings = given.get("settings") or {}
    limit = settings.get("limit", 0) if isinstance(settings, dict) else None
    text = str(limit).strip() or "0"
    if not text.isascii() or not text.isdigit() or len(text) > len(str(IDS)) + 3:
        refuse_form(
            f"{where}.settings.limit", "un entier positif, ou 0 pour toutes les valeurs",
            "a positive integer, or 0 for all values",
        )  # fmt: skip
    return find_property(given["id"], where).id, int(text)


def _are_texts(given: Any) -> TypeGuard[list[str]]:  # noqa: ANN401 -- any JSON
    whole = isinstance(given, list) and 0 < len(given) <= IDS
    return whole and all(isinstance(each, str) and each for each in given)
