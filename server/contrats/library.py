"""`queries/*.rq` -> saved queries: each a question that the data must answer."""

from __future__ import annotations

import re
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
from contrats.vocabulary import EXTERNAL

if TYPE_CHECKING:
    from pathlib import Path

_TEXTS: Final = ("summary", "description", "limit")
"""What a query says of itself, in English under this key and in French under `<key>-fr`."""

_KEYS: Final = frozenset(
    {"question", "parameter", *_TEXTS, *(f"{key}-fr" for key in _TEXTS)},
)
_PARAMETER_PARTS: Final = 3
_IRI: Final = "iri"
_XSD: Final = "xsd:"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that a reader may bind, the datatype of its value (or `iri`), and an example."""

    name: str
    datatype: str
    example: str

    def term(self, value: str) -> ox.NamedNode | ox.Literal:
        """Return `value`, as a reader writes it, as a term; `ValueError` when it is no IRI."""
        if self.datatype == _IRI:
            return ox.NamedNode(value)
        datatype = EXTERNAL["xsd"] + self.datatype.removeprefix(_XSD)
        return ox.Literal(value, datatype=ox.NamedNode(datatype))


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question, the SPARQL that answers it, what the answer holds and what limits it.

    `question` is the number of the competency question that it answers; it, descriptions and
    limits may be empty.
    """

    name: str
    question: str
    summary: str
    summary_fr: str
    description: str
    description_fr: str
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
        question=_optional(name, declared, "question"),
        summary=one_value(name, declared, "summary"),
        summary_fr=one_value(name, declared, "summary-fr"),
        description=_optional(name, declared, "description"),
        description_fr=_optional(name, declared, "description-fr"),
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
    _refuse_other_datatype(f"{name}:{declared.line}", parameter)
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


def _refuse_other_datatype(where: str, parameter: Parameter) -> None:
    """Refuse a parameter that is neither an IRI nor a literal of XML Schema, or a bad example."""
    if parameter.datatype != _IRI and re.fullmatch(rf"{_XSD}[A-Za-z]+", parameter.datatype) is None:
        raise QueryFileError(
            f"{where} : « {parameter.datatype} » n’est pas un type ; il faut iri ou xsd:….",
            f'{where}: "{parameter.datatype}" is no datatype; it takes iri or xsd:….',
        )
    try:
        parameter.term(parameter.example)
    except ValueError as error:
        raise QueryFileError(
            f"{where} : l’exemple « {parameter.example} » n’est pas un IRI ({error}).",
            f'{where}: the example "{parameter.example}" is no IRI ({error}).',
        ) from error
