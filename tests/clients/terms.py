"""What a client read, written down so that it can be compared: rows, statements, and their terms.

A row is a tuple of terms as N-Triples writes them; what is not bound is "", any blank node is "_:".
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.dom.minidom import Element, Text

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias
    from xml.dom.minidom import Document

    Row: TypeAlias = tuple[str, ...]
    Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
    Show: TypeAlias = Callable[[Term | None], str]

HERE: Final = Path(__file__).parent
QUERIES: Final = {path.stem: path.read_text(encoding="utf-8") for path in HERE.glob("*.rq")}
DOUBLE: Final = "http://www.w3.org/2001/XMLSchema#double"


def show(term: Term | None) -> str:
    """Return `term` as N-Triples writes it; a double by its value, which has many spellings."""
    if term is None:
        return ""
    if isinstance(term, ox.BlankNode):
        return "_:"
    if isinstance(term, ox.Literal) and term.datatype.value == DOUBLE:
        return f"{float(term.value)}"
    return str(term)


def show_value(term: Term | None) -> str:
    """Return what CSV keeps of `term`: a text, and of a blank node one that begins with "_:"."""
    value: str = getattr(term, "value", "")
    return "_:" if isinstance(term, ox.BlankNode) or value.startswith("_:") else value


def read_rows(found: object, shown: Show = show) -> list[Row]:
    """Return the rows that pyoxigraph found or read."""
    assert isinstance(found, ox.QuerySolutions)
    names = found.variables
    return [tuple(shown(solution[name]) for name in names) for solution in found]


def read_statements(found: Iterable[ox.Triple | ox.Quad]) -> set[Row]:
    """Return the statements that pyoxigraph found or read."""
    return {(show(each.subject), show(each.predicate), show(each.object)) for each in found}


def read_json(found: dict[str, Any]) -> list[Row]:
    """Return the rows of results in JSON that were read as JSON."""
    names = found["head"]["vars"]
    return [
        tuple(show(_from_json(row[name]) if name in row else None) for name in names)
        for row in found["results"]["bindings"]
    ]


def read_xml(found: Document, shown: Show = show) -> list[Row]:
    """Return the rows of results in XML that were read as XML."""
    names = [each.getAttribute("name") for each in found.getElementsByTagName("variable")]
    rows = []
    for result in found.getElementsByTagName("result"):
        bindings = result.getElementsByTagName("binding")
        terms = {each.getAttribute("name"): _first(each) for each in bindings}
        rows.append(
            tuple(shown(_from_xml(terms[name]) if name in terms else None) for name in names)
        )
    return rows


def _from_json(said: dict[str, str]) -> Term | None:
    return _term(said["type"], said["value"], said.get("xml:lang", ""), said.get("datatype", ""))


def _first(binding: Element) -> Element:
    return next(each for each in binding.childNodes if isinstance(each, Element))


def _from_xml(said: Element) -> Term | None:
    value = "".join(each.data for each in said.childNodes if isinstance(each, Text))
    language, datatype = said.getAttribute("xml:lang"), said.getAttribute("datatype")
    return _term(said.tagName, value, language, datatype)


def _term(kind: str, value: str, language: str, datatype: str) -> Term | None:
    """Return a term that the forms of results call `kind`; some write `unbound` for none."""
    if kind == "unbound":
        return None
    if kind == "uri":
        return ox.NamedNode(value)
    if kind == "bnode":
        return ox.BlankNode(value)
    kept = ox.NamedNode(datatype) if datatype else None
    return ox.Literal(value, language=language or None, datatype=kept)


def skip_without(what: str, remedy: str) -> None:
    """Skip, loudly, a test of a client that is not here; where all must be tried, fail."""
    said = f"NO {what.upper()}: {remedy}"
    if "CI" in os.environ:
        pytest.fail(said)
    pytest.skip(said)
