"""A parameter of a saved query: its datatype, its example, what is allowed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.errors import QueryFileError
from contrats.vocabulary import BASE, EXTERNAL, KINDS, expand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.header import Declaration

IRI: Final = "iri"
_XSD: Final = "xsd:"
_THINGS: Final = f"{BASE}id/"
_PARTS: Final = 3
_START: Final = rf"({'|'.join(KINDS)}):[a-z0-9-]*"
"""How the beginning of IRIs of ours is written in a header."""

_MONTH: Final = "[0-9]{4}-(0[1-9]|1[0-2])"

LEXICAL: Final = {
    "xsd:boolean": (r"true|false", "true ou false", "true or false"),
    "xsd:date": (
        rf"{_MONTH}-(0[1-9]|[12][0-9]|3[01])",
        "une date, écrite 2024-06-01", "a date, written 2024-06-01",
    ),
    "xsd:decimal": (r"[+-]?[0-9]+(\.[0-9]+)?", "un nombre, écrit 0.95", "a number, written 0.95"),
    "xsd:gYear": (r"[0-9]{4}", "une année, écrite 2024", "a year, written 2024"),
    "xsd:gYearMonth": (_MONTH, "un mois, écrit 2024-06", "a month, written 2024-06"),
    "xsd:integer": (
        r"[+-]?[0-9]{1,18}", "un nombre entier, écrit 5", "a whole number, written 5",
    ),
    "xsd:string": (r".*", "un texte", "a text"),
}  # fmt: skip
"""How a value of each datatype is written, as a pattern and in words.

https://www.w3.org/TR/xmlschema-2/#built-in-datatypes, without the time zones that no datum has.
"""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that a reader may bind, the datatype of its value (or `iri`), and an example.

    `values` are those allowed: literals, or for IRIs what theirs begin with (`territory:region-`);
    without any, all literals of the datatype, or the family of the example.
    """

    name: str
    datatype: str
    example: str
    values: tuple[str, ...] = ()

    def term(self, value: str) -> ox.NamedNode | ox.Literal:
        """Return `value`, as a reader writes it, as a term; `ValueError` when it is no IRI."""
        if self.datatype == IRI:
            return ox.NamedNode(value)
        datatype = EXTERNAL["xsd"] + self.datatype.removeprefix(_XSD)
        return ox.Literal(value, datatype=ox.NamedNode(datatype))

    @property
    def families(self) -> tuple[str, ...]:
        """Return what the IRIs that are allowed begin with; nothing for literals."""
        if self.datatype != IRI:
            return ()
        return tuple(map(expand, self.values)) or (_family(self.example),)

    @property
    def short_example(self) -> str:
        """Return the example as a request most easily writes it."""
        return short_name(self.example)


def short_name(iri: str) -> str:
    """Return the name of a thing of ours, `valence-2019`; other IRIs and literals stay whole."""
    return iri.rpartition("/")[2] if iri.startswith(_THINGS) else iri


def read_parameters(
    name: str, declared: Sequence[Declaration], projected: Sequence[str] | None
) -> tuple[Parameter, ...]:
    """Return the parameters that the header of the file `name` declares, with what is allowed.

    Those of a SELECT are among the variables that it projects. Raise `QueryFileError` at the line
    that is wrong.
    """
    found: dict[str, Parameter] = {}
    for each in declared:
        where = f"{name}:{each.line}"
        if each.key == "parameter":
            parameter = _read_parameter(where, each.value, projected)
        elif each.key == "values":
            parameter = _read_values(where, each.value, tuple(found.values()))
        else:
            continue
        found[parameter.name] = parameter
    return tuple(found.values())


def _read_parameter(where: str, written: str, projected: Sequence[str] | None) -> Parameter:
    """Return the parameter of one line."""
    parts = written.split(None, _PARTS - 1)
    if len(parts) != _PARTS:
        raise QueryFileError(
            f"{where} : il faut « #+ parameter: nom type exemple ».",
            f'{where}: it takes "#+ parameter: name datatype example".',
        )
    parameter = Parameter(parts[0], parts[1], parts[2])
    _refuse_other_datatype(where, parameter)
    if projected is not None and parameter.name not in projected:
        raise QueryFileError(
            f"{where} : ?{parameter.name} n’est pas dans le SELECT, et ne peut "
            "donc pas recevoir de valeur ; ajoutez-le.",
            f"{where}: ?{parameter.name} is not projected by the SELECT, and "
            "can take no value; add it.",
        )
    return parameter


def _refuse_other_datatype(where: str, parameter: Parameter) -> None:
    """Refuse a parameter of a datatype that we do not read, or whose example is not of it."""
    if parameter.datatype != IRI and parameter.datatype not in LEXICAL:
        listed = ", ".join(LEXICAL)
        raise QueryFileError(
            f"{where} : « {parameter.datatype} » n’est pas un type ; il faut iri ou xsd:… "
            f"({listed}).",
            f'{where}: "{parameter.datatype}" is no datatype; it takes iri or xsd:… ({listed}).',
        )
    if not _is_literal_or_iri(parameter, parameter.example):
        raise _no(where, parameter.example, parameter.datatype.replace(IRI, "IRI"))


def _read_values(where: str, written: str, parameters: Sequence[Parameter]) -> Parameter:
    """Return the parameter that a line of values names, with these values, the example's too."""
    name, *values = written.split() or [""]
    found = next((each for each in parameters if each.name == name), None)
    if found is None or not values:
        raise QueryFileError(
            f"{where} : il faut « #+ values: nom valeur valeur… », d’un paramètre déclaré.",
            f'{where}: it takes "#+ values: name value value…", of a declared parameter.',
        )
    for each in values:
        if found.datatype == IRI and re.fullmatch(_START, each) is None:
            raise _no(where, each, "prefix:start")
        if found.datatype != IRI and not _is_literal_or_iri(found, each):
            raise _no(where, each, found.datatype)
    parameter = replace(found, values=tuple(values))
    families = parameter.families
    if not (found.example.startswith(families) if families else found.example in values):
        raise _no(where, found.example, " | ".join(values))
    return parameter


def _is_literal_or_iri(parameter: Parameter, written: str) -> bool:
    """Tell whether `written` is an IRI or a literal of the datatype of `parameter`."""
    if parameter.datatype != IRI:
        return re.fullmatch(LEXICAL[parameter.datatype][0], written) is not None
    try:
        parameter.term(written)
    except ValueError:
        return False
    return True


def _no(where: str, found: str, wanted: str) -> QueryFileError:
    return QueryFileError(
        f"{where} : « {found} » n’est pas un {wanted}.", f'{where}: "{found}" is no {wanted}.'
    )


def _family(example: str) -> str:
    """Return what the IRIs of the kind of `example` begin with, for a territory with its scale."""
    head, _, name = example.rpartition("/")
    scale = f"{name.partition('-')[0]}-" if head == f"{_THINGS}territory" else ""
    return f"{head}/{scale}"
