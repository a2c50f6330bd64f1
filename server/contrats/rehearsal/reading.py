"""A page of a catalogue -> its graph, as the parser of both harvesters reads it: rdflib.

Nothing is fetched meanwhile: a JSON-LD context that lies elsewhere is refused.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import rdflib
from rdflib.util import SUFFIX_FORMAT_MAP, guess_format

if TYPE_CHECKING:
    from collections.abc import Iterator

UDATA_TYPES: Final = {
    "application/rdf+xml": "xml",
    "application/xml": "xml",
    "text/n3": "n3",
    "application/x-turtle": "turtle",
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/json": "json-ld",
    "application/trig": "trig",
    "text/xml": "xml",
}
"""The media types that udata knows; a parser is chosen by them where the suffix says nothing."""

_SUFFIXES: Final = SUFFIX_FORMAT_MAP | {"json": "json-ld", "jsonld": "json-ld", "xml": "xml"}


class UnreadableError(Exception):
    """A page is not what its form says; the text says why, in the parser's words."""


def format_by_suffix(url: str) -> str | None:
    """Return the form that the end of an address names, as udata reads it."""
    return guess_format(url, _SUFFIXES)


def parse(text: str, form: str) -> rdflib.Graph:
    """Return the graph that `text` holds; raise `UnreadableError` when it cannot be read."""
    if form in {"json-ld", "application/ld+json", "application/json"}:
        _refuse_remote_contexts(text)
    graph = (
        rdflib.Graph()
        if "trig" not in form and "json" not in form
        else rdflib.Dataset(default_union=True)
    )
    try:
        graph.parse(data=text, format=form)
    except Exception as fault:
        first = next(iter(str(fault).splitlines()), "")
        raise UnreadableError(f"{type(fault).__name__}: {first[:300]}") from fault
    return graph


def _refuse_remote_contexts(text: str) -> None:
    """Refuse a context that would be fetched: the rehearsal asks for nothing but what it says."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UnreadableError(f"JSON: {fault}") from fault
    remote = next(_remote(document), None)
    if remote is not None:
        raise UnreadableError(f"@context {remote[:200]}")


def _remote(document: object) -> Iterator[str]:
    """Yield the addresses of contexts in a JSON document."""
    waiting = [document]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            waiting += each.values()
            for name in ("@context", "@import"):
                given = each.get(name)
                yield from (
                    c for c in (given if isinstance(given, list) else [given]) if isinstance(c, str)
                )
