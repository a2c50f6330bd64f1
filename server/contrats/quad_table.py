"""Statements as a table, a row each, from which the very same statements can be read again.

The columns: graph, subject, predicate, object, datatype, language. An IRI stands as it is, a blank
node begins with `_:`. The object is a literal where there is a datatype, and only there; it stands
as its characters are (https://www.rfc-editor.org/rfc/rfc4180: a field with commas, quotes or line
ends is quoted). A language may have a base direction behind it, as in N-Quads: `ar--rtl`.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Final

from contrats.vocabulary import EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEADER: Final = ("graph", "subject", "predicate", "object", "datatype", "language")
Row = tuple[str, str, str, str, str, str]

_STRING: Final = f"{EXTERNAL['xsd']}string"
_TAGGED: Final = f"{EXTERNAL['rdf']}langString"
_DIRECTED: Final = f"{EXTERNAL['rdf']}dirLangString"
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def write_csv(rows: Iterable[Iterable[str]], out: IO[str]) -> None:
    """Write `rows` as RFC 4180 has it; `out` must leave line ends as they are."""
    csv.writer(out, lineterminator="\r\n").writerows(rows)


def quad_rows(lines: Iterable[str]) -> Iterator[Row]:
    """Yield a row for each line of canonical N-Quads, all of them in named graphs."""
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        value, graph, _ = rest.rsplit(" ", 2)
        yield (_name(graph), _name(subject), _name(predicate), *_object(value))


@lru_cache(maxsize=1 << 16)
def _name(text: str) -> str:
    """Return an IRI without its brackets, a blank node as it is."""
    return _unescape(text[1:-1]) if text.startswith("<") else text


def _object(text: str) -> tuple[str, str, str]:
    """Return the characters, the datatype and the language of what stands as an object."""
    if not text.startswith('"'):
        return _name(text), "", ""
    end = text.rindex('"')
    value, behind = _unescape(text[1:end]), text[end + 1 :]
    if not behind:
        return value, _STRING, ""
    if behind.startswith("@"):
        return value, _DIRECTED if "--" in behind else _TAGGED, behind[1:]
    return value, _name(behind.removeprefix("^^")), ""


def _unescape(text: str) -> str:
    """Return the characters that `text` stands for (https://www.w3.org/TR/n-quads/#grammar-production-ECHAR)."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])
