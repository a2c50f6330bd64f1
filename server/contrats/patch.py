"""A difference as other programs apply it: RDF Patch, and SPARQL Update."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from contrats.canonical import graph_in
from contrats.difference import GONE, NEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Change = tuple[bytes, bytes]

_ESCAPED: Final = re.compile(rb"\\(?:u([0-9A-Fa-f]{4})|(.)([uU]?))", re.DOTALL)


def write_patch(changes: Iterable[Change], this: str, before: str | None) -> Iterator[bytes]:
    """Yield `changes` as the RDF Patch `this`, to be applied after the patch `before`.

    https://afs.github.io/rdf-patch/: a header, then one transaction of rows of quads.
    """
    prev = f"H prev <{before}> .\n" if before else ""
    yield f"H id <{this}> .\n{prev}TX .\n".encode()
    for letter, line in changes:
        yield letter + b" " + line
    yield b"TC .\n"


def write_update(changes: Sequence[Change]) -> Iterator[bytes]:
    """Yield `changes` as a SPARQL Update: https://www.w3.org/TR/sparql11-update/#deleteData.

    What is taken away comes first; nothing is in both.
    """
    parts = [(b"DELETE DATA", GONE), (b"INSERT DATA", NEW)]
    wanted = [(verb, [line for letter, line in changes if letter == of]) for verb, of in parts]
    for number, (verb, lines) in enumerate(each for each in wanted if each[1]):
        yield b" ;\n" if number else b""
        yield verb + b" {\n"
        yield from _in_graphs(lines)
        yield b"}"
    yield b"\n" if changes else b""


def _in_graphs(lines: Sequence[bytes]) -> Iterator[bytes]:
    """Yield `lines` as quad data, graph after graph."""
    for graph, own in groupby(sorted(lines, key=graph_in), graph_in):
        yield b"  GRAPH " + graph + b" {\n"
        for line in own:
            yield b"    " + _for_sparql(line.rsplit(b" ", 2)[0]) + b" .\n"
        yield b"  }\n"


def _for_sparql(triple: bytes) -> bytes:
    r"""Return `triple` so that SPARQL reads what N-Triples means.

    SPARQL may turn `\\u0041` into a letter before it reads strings
    (https://www.w3.org/TR/sparql11-query/#codepointEscape): the letter after an escaped backslash
    is written as a code point, and all code points with eight digits, which none takes for more.
    """
    return _ESCAPED.sub(_escape, triple) if b"\\" in triple else triple


def _escape(found: re.Match[bytes]) -> bytes:
    digits, escaped, letter = found.groups()
    if digits:
        return b"\\U0000" + digits
    if escaped == b"\\" and letter:
        return b"\\\\" + f"\\U{ord(letter):08X}".encode()
    return found.group()
