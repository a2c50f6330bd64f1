"""The endpoint asked by Python alone, and read by pyoxigraph or by Python's own reader of CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph as ox
from tests.clients.terms import read_rows, read_statements, show_value

from contrats.web.media import GRAPHS, RESULTS
from contrats.writing import RDF_FORMATS, RESULT_FORMATS

if TYPE_CHECKING:
    from tests.clients.terms import Row

TYPES: Final = {offer.suffix: offer.media_type for offer in (*RESULTS, *GRAPHS)}


def fetch(endpoint: str, query: str, form: str) -> bytes:
    """Return the bytes of the answer in `form`, the suffix of a media type."""
    headers = {"Accept": TYPES[form]}
    asked = Request(f"{endpoint}?{urlencode({'query': query})}", headers=headers)  # noqa: S310
    with urlopen(asked) as answer:  # noqa: S310 -- loopback
        body: bytes = answer.read()
        assert answer.headers["Content-Type"].partition(";")[0] == TYPES[form]
    return body


def rows(endpoint: str, query: str, form: str) -> list[Row]:
    """Return what pyoxigraph reads, which reads no CSV."""
    body = fetch(endpoint, query, form)
    return read_rows(ox.parse_query_results(body, format=RESULT_FORMATS[form]))


def graph(endpoint: str, query: str, form: str) -> set[Row]:
    """Return what pyoxigraph reads."""
    return read_statements(ox.parse(fetch(endpoint, query, form), format=RDF_FORMATS[form]))


def csv_rows(endpoint: str, query: str) -> list[Row]:
    """Return what Python's `csv` reads."""
    return split_csv(fetch(endpoint, query, "csv"))


def split_csv(body: bytes) -> list[Row]:
    """Return the rows of `body`, which is CSV."""
    _, *lines = csv.reader(io.StringIO(body.decode("utf-8"), newline=""))
    return [tuple(show_value(ox.Literal(each)) for each in line) for line in lines]


def word(body: bytes) -> bool:
    """Return the boolean in `body`, CSV or TSV, which no specification writes: a word alone."""
    ((said,),) = csv.reader(io.StringIO(body.decode("utf-8"), newline=""))
    return {"true": True, "false": False}[said]
