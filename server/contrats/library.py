"""`queries/*.rq` -> saved queries: each a question that the data must answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.errors import QueryFileError
from contrats.header import (
    Declaration,
    one_value,
    parse_query,
    read_declarations,
    read_query,
)

if TYPE_CHECKING:
    from pathlib import Path

_KEYS: Final = frozenset({"summary", "summary-fr", "limit", "limit-fr", "parameter"})
_PARAMETER_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that a reader may bind, the datatype of its value (or `iri`), and an example."""

    name: str
    datatype: str
    example: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question, the SPARQL that answers it, and what limits the answer (may be empty)."""

    name: str
    summary: str
    summary_fr: str
    limit: str
    limit_fr: str
    parameters: tuple[Parameter, ...]
    text: str = field(repr=False)


def read_library(queries: Path) -> tuple[SavedQuery, ...]:
    """Return the saved queries of the room, those in its subfolders left out, by name."""
    return tuple(read_saved_query(path) for path in sorted(queries.glob("*.rq")))


def read_saved_query(path: Path) -> SavedQuery:
    """Return the saved query at `path`, or raise `QueryFileError` at the line that is wrong."""
    name = f"queries/{path.name}"
    text = read_query(path)
    declared = read_declarations(name, text, _KEYS)
    answer = parse_query(name, text)
    return SavedQuery(
        name=path.stem,
        summary=one_value(name, declared, "summary"),
        summary_fr=one_value(name, declared, "summary-fr"),
        limit=_optional(name, declared, "limit"),
        limit_fr=_optional(name, declared, "limit-fr"),
        parameters=tuple(
            _parameter(name, each, answer) for each in declared if each.key == "parameter"
        ),
        text=text,
    )


def _optional(name: str, declared: tuple[Declaration, ...], key: str) -> str:
    """Return the value of `key`, empty when it is not declared."""
    return one_value(name, declared, key) if any(d.key == key for d in declared) else ""


def _parameter(
    name: str,
    declared: Declaration,
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
) -> Parameter:
    """Return a declared parameter; that of a SELECT is among the variables that it projects."""
    parts = declared.value.split(None, _PARAMETER_PARTS - 1)
    if len(parts) != _PARAMETER_PARTS:
        raise QueryFileError(
            f"{name}:{declared.line} : il faut « #+ parameter: nom type exemple ».",
            f'{name}:{declared.line}: it takes "#+ parameter: name datatype example".',
        )
    parameter = Parameter(*parts)
    if isinstance(answer, ox.QuerySolutions):
        projected = [variable.value for variable in answer.variables]
        if parameter.name not in projected:
            raise QueryFileError(
                f"{name}:{declared.line} : ?{parameter.name} n’est pas dans le SELECT, et ne peut "
                "donc pas recevoir de valeur ; ajoutez-le.",
                f"{name}:{declared.line}: ?{parameter.name} is not projected by the SELECT, and "
                "can take no value; add it.",
            )
    return parameter
