"""Where a thing is written in a Turtle file: the parser gives statements, a person wants a line."""

from __future__ import annotations

import re
from typing import Final

from contrats.vocabulary import EXTERNAL, compact

_ANONYMOUS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|<[^<>\n]*>|#[^\n]*|(_:|\[)', re.DOTALL
)
_RDF_TYPE: Final = f"{EXTERNAL['rdf']}type"


def line_of_prefix(text: str, prefix: str) -> int:
    """Return the line that declares `prefix`, or 1."""
    match = re.search(
        rf"^[ \t]*@?prefix\s+{re.escape(prefix)}:", text, re.IGNORECASE | re.MULTILINE
    )
    return _line_at(text, match.start()) if match else 1


def line_of_blank_node(text: str) -> int:
    """Return the line of the first blank node, outside of strings, IRIs and comments, or 1."""
    for match in _ANONYMOUS.finditer(text):
        if match[1] is not None:
            return _line_at(text, match.start(1))
    return 1


def line_with(text: str, wanted: str) -> int | None:
    """Return the first line that holds `wanted`, between characters that are no part of a word."""
    match = re.search(rf"(?<![\w.-]){re.escape(wanted)}(?![\w-])", text)
    return _line_at(text, match.start()) if match else None


def line_of_statement(
    text: str, subject: str, predicate: str | None = None, value: str | None = None
) -> int | None:
    """Return the line where the IRI `subject` begins, or within its block that of `predicate`.

    Where the property is written on several lines, the one that holds `value` is preferred.
    The form that turtlefmt gives is expected: subjects, and they alone, begin a line.
    """
    lines = text.split("\n")
    names = (compact(subject), f"<{subject}>")
    starts = [n for n, line in enumerate(lines) if line.split(" ", 1)[0] in names]
    if predicate is None:
        return starts[0] + 1 if starts else None
    rows = [row for start in starts for row in _rows_of(lines, start, predicate)]
    holding = [row for row in rows if value is not None and line_with(lines[row], value)]
    return next((row + 1 for row in [*holding, *rows, *starts]), None)


def _rows_of(lines: list[str], start: int, predicate: str) -> list[int]:
    """Return the rows of the block that begins at `start` where `predicate` is written."""
    end = start + 1
    while end < len(lines) and lines[end][:1] in ("", " ", "\t", "#"):
        end += 1
    name = "a" if predicate == _RDF_TYPE else compact(predicate)
    wanted = re.compile(rf"(?:^\s+|^\S+ ){re.escape(name)}\s")
    return [row for row in range(start, end) if wanted.match(lines[row] + " ")]


def _line_at(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
