"""The `#+ key: value` lines on top of a `.rq` file, the form that grlc reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.errors import QueryFileError

if TYPE_CHECKING:
    from pathlib import Path

_DECLARATION = re.compile(r"#\+\s*([a-z-]+)\s*:\s*(.*?)\s*")


ROWS, BOOLEAN, GRAPH = "rows", "boolean", "graph"
"""What a query gives."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a query gives: `ROWS`, of some variables, a `BOOLEAN` or a `GRAPH`."""

    gives: str
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """One `#+ key: value` line and where it stands, counted from 1."""

    line: int
    key: str
    value: str


def read_query(path: Path) -> str:
    """Return the text of the `.rq` file at `path`; other bytes than UTF-8 are an error."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise QueryFileError(
            f"{path.name}:{line} : octets illisibles ; enregistrez le fichier en UTF-8.",
            f"{path.name}:{line}: undecodable bytes; save the file as UTF-8.",
        ) from error


def without_header(text: str) -> str:
    """Return the query `text` without the lines on top that say the same to people."""
    lines = text.split("\n")
    return "\n".join(dropwhile(lambda line: line.startswith("#+") or not line, lines))


def read_declarations(name: str, text: str, known: frozenset[str]) -> tuple[Declaration, ...]:
    """Return the declarations on top of `text`, the file `name`, each of a key in `known`."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.startswith("#"):
            break
        if line.startswith("#+"):
            found.append(_declaration(name, number, line, known))
    return tuple(found)


def _declaration(name: str, number: int, line: str, known: frozenset[str]) -> Declaration:
    match = _DECLARATION.fullmatch(line)
    if match is None or match[1] not in known:
        expected = ", ".join(f"#+ {key}:" for key in sorted(known))
        raise QueryFileError(
            f"{name}:{number} : « {line} » n’est pas une ligne d’en-tête ; attendu : {expected}.",
            f'{name}:{number}: "{line}" is no header line; expected: {expected}.',
        )
    return Declaration(number, match[1], match[2])


def one_value(name: str, declarations: tuple[Declaration, ...], key: str) -> str:
    """Return the value of the one declaration of `key`, which may be neither missing nor empty."""
    values = [each for each in declarations if each.key == key]
    if len(values) == 1 and values[0].value:
        return values[0].value
    line = values[-1].line if values else 1
    raise QueryFileError(
        f"{name}:{line} : il faut une ligne « #+ {key}: … » et une seule, non vide.",
        f'{name}:{line}: exactly one "#+ {key}: …" line is needed, and not empty.',
    )


def parse_query(name: str, text: str) -> Parsed:
    """Return what `text` gives, found over nothing, which proves that the file `name` is SPARQL.

    The answer itself does not leave: it would have to end in the thread that asked.
    """
    try:
        answer = ox.Store().query(text)
    except SyntaxError as error:
        place = re.search(r"(\d+):(\d+)", str(error))
        where = f"{name}:{place[1]}:{place[2]}" if place else name
        raise QueryFileError(
            f"{where} : ce n’est pas du SPARQL ({error}).",
            f"{where}: this is not SPARQL ({error}).",
        ) from error
    if isinstance(answer, ox.QuerySolutions):
        return Parsed(ROWS, tuple(variable.value for variable in answer.variables))
    return Parsed(BOOLEAN if isinstance(answer, ox.QueryBoolean) else GRAPH)
