"""Short ways to write triples in Python, for the records that are made here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.vocabulary import EXTERNAL

if TYPE_CHECKING:
    from contrats.border import OxTerm


def about(subject: OxTerm, *pairs: tuple[str, str, OxTerm]) -> list[ox.Triple]:
    """Return one triple on `subject` for each (prefix, name, value) of `pairs`."""
    return [ox.Triple(subject, term(prefix, name), value) for prefix, name, value in pairs]  # type: ignore[arg-type]


def term(prefix: str, name: str) -> ox.NamedNode:
    """Return a term of one of the vocabularies that we reuse."""
    return ox.NamedNode(EXTERNAL[prefix] + name)


def integer(value: int, datatype: str = "integer") -> ox.Literal:
    """Return a whole number, of another datatype of xsd: where one is asked."""
    return ox.Literal(str(value), datatype=term("xsd", datatype))


def read_term(text: str) -> OxTerm:
    """Return the term that is written so in N-Triples."""
    if text.startswith("<"):
        return ox.NamedNode(text[1:-1])
    parsed = ox.parse(f"<urn:x> <urn:x> {text} .", format=ox.RdfFormat.N_TRIPLES)
    value: OxTerm = next(parsed).object
    return value
