"""Answers -> bytes: rows and graphs in the form that was asked for, whole or refused."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from contrats.errors import QueryRefusedError
from contrats.vocabulary import PREFIXES, prefixes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RDF_FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
RESULT_FORMATS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}

_NAME_START = (
    r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_LOCAL_NAME = re.compile(rf"[{_NAME_START}][{_NAME_START}\-.0-9\u00B7\u0300-\u036F\u203F\u2040]*\Z")
"""https://www.w3.org/TR/xml-names/#NT-NCName"""
NO_XML = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""https://www.w3.org/TR/xml/#charsets"""


def write_rows(found: ox.QuerySolutions | ox.QueryBoolean, form: ox.QueryResultsFormat) -> bytes:
    """Return the whole of `found` in `form`; in CSV and TSV a boolean stands alone."""
    if isinstance(found, ox.QueryBoolean) and form in {
        ox.QueryResultsFormat.CSV,
        ox.QueryResultsFormat.TSV,
    }:
        return b"true\n" if found else b"false\n"
    try:
        if isinstance(found, ox.QuerySolutions) and form == ox.QueryResultsFormat.CSV:
            return b"".join(csv_lines(found))
        body = found.serialize(format=form) or b""
    except (OSError, RuntimeError, ValueError) as fault:
        raise _unwritable(form.name, str(fault), str(fault)) from fault
    return _clean_xml(body, form.name) if form == ox.QueryResultsFormat.XML else body


def csv_lines(found: ox.QuerySolutions) -> Iterator[bytes]:
    """Yield `found` as CSV, some rows at a time, each value quoted where it has to be.

    https://www.w3.org/TR/sparql11-results-csv-tsv/#csv: the engine's own leaves the commas of an
    IRI bare, which shifts what follows it on the line.
    """
    yield _csv_line([variable.value for variable in found.variables]).encode()
    rows = iter(found)
    while some := [_csv_line(texts_of(row)) for row in islice(rows, _AT_A_TIME)]:
        yield "".join(some).encode()


_AT_A_TIME: Final = 500
_QUOTE: Final = '"'
_TO_QUOTE: Final = re.compile(r'[",\r\n]')


def texts_of(row: ox.QuerySolution) -> Iterator[str]:
    """Yield the characters of each value: no brackets, no datatype, no language; none for none."""
    for value in row:
        if isinstance(value, ox.NamedNode | ox.Literal):
            yield value.value
        else:
            yield "" if value is None else str(value)


def _csv_line(texts: Iterable[str]) -> str:
    """Return one record (https://www.rfc-editor.org/rfc/rfc4180#section-2)."""
    doubled = (
        f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if _TO_QUOTE.search(text) else text
        for text in texts
    )
    return f"{','.join(doubled)}\r\n"


def write_graph(found: Iterable[ox.Triple | ox.Quad], form: ox.RdfFormat) -> bytes:
    """Return `found` in `form`, without repetition and in a stable order.

    Graphs are kept in TriG and N-Quads alone: a reader of JSON-LD looks into the default graph.
    """
    if form in {ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS}:
        quads = [s if isinstance(s, ox.Quad) else ox.Quad(*s) for s in found]
        return _write_lines(quads, form) if form in _LINES else _write_blocks(quads, form)
    triples = [s if isinstance(s, ox.Triple) else s.triple for s in found]
    if form == ox.RdfFormat.RDF_XML:
        _require_local_names(triples)
        return _clean_xml(_write_blocks(triples, form), form.name)
    return _write_lines(triples, form) if form in _LINES else _write_blocks(triples, form)


_UNWRITTEN: Final = frozenset(
    {f"{PREFIXES['xsd']}string", f"{PREFIXES['rdf']}langString", f"{PREFIXES['rdf']}dirLangString"}
)
"""Datatypes that a literal has without saying so."""
_LINES: Final = frozenset({ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS})
"""Forms in which a statement is a line: the lines are sorted, not the statements."""


def _write_lines(statements: list[ox.Quad] | list[ox.Triple], form: ox.RdfFormat) -> bytes:
    """Return `statements`, a line each."""
    return b"".join(sorted(set(_serialize(statements, form, {}).splitlines(keepends=True))))


def _write_blocks(statements: list[ox.Quad] | list[ox.Triple], form: ox.RdfFormat) -> bytes:
    """Return `statements` by subject, with the prefixes that they use."""
    named = {str(statement): statement for statement in statements}
    used = prefixes_of(iris_of(named.values()))
    ordered = [named[text] for text in sorted(named)]
    return _serialize(cast("list[ox.Quad]", ordered), form, used)  # all of one kind


def iris_of(statements: Iterable[ox.Quad | ox.Triple]) -> set[str]:
    """Return the IRIs in `statements`, the datatypes that are written among them."""
    found: set[str] = set()
    for statement in statements:
        for term in statement:
            if isinstance(term, ox.NamedNode):
                found.add(term.value)
            elif isinstance(term, ox.Literal):
                found |= {term.datatype.value} - _UNWRITTEN
            elif isinstance(term, ox.Triple):
                found |= iris_of([term])
    return found


def _serialize(
    ordered: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat, prefixes: dict[str, str]
) -> bytes:
    """Return `ordered` in `form`, or refuse what cannot be written so."""
    try:
        return ox.serialize(ordered, format=form, prefixes=prefixes) or b""
    except (OSError, RuntimeError, ValueError) as fault:
        raise _unwritable(form.name, str(fault), str(fault)) from fault


def _require_local_names(triples: Iterable[ox.Triple]) -> None:
    """Refuse a predicate that no element can be named after."""
    for triple in triples:
        iri = triple.predicate.value
        if _LOCAL_NAME.search(iri) is None:
            raise _unwritable(
                ox.RdfFormat.RDF_XML.name,
                f"le prédicat {iri} ne finit pas par un nom XML",
                f"the predicate {iri} does not end with an XML name",
            )
        if isinstance(triple.object, ox.Triple):
            _require_local_names([triple.object])


def _clean_xml(body: bytes, form: str) -> bytes:
    """Return `body` with its carriage returns kept from the reader's line ends, or refuse it."""
    strange = NO_XML.search(body.decode("utf-8"))
    if strange:
        code = f"U+{ord(strange[0]):04X}"
        raise _unwritable(
            form, f"le caractère {code} n’existe pas en XML", f"XML has no character {code}"
        )
    return body.replace(b"\r", b"&#xD;")


def _unwritable(form: str, fr: str, en: str) -> QueryRefusedError:
    return QueryRefusedError(
        f"Cette réponse ne peut pas s’écrire en {form} : {fr}. Demandez une autre forme.",
        f"This answer cannot be written as {form}: {en}. Ask for another form.",
    )
