"""What stands behind a number or a block of a page: the query that gives it, as a page and as CSV.

A number that a page shows bears these addresses in its markup, where a test reads them back.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote_plus, urlencode

from contrats.web import address

_CSV: Final = "csv"
_NEWLINE: Final = quote_plus("\n")


@dataclass(frozen=True, slots=True)
class Behind:
    """Where a reader sees the query and its answer, and where its rows lie as CSV."""

    page: str
    csv: str


def saved(name: str, **fields: str) -> Behind:
    """Return what stands behind the answer to the saved query `name`, its parameters as given."""
    asked = f"?{urlencode(fields)}" if fields else ""
    return Behind(
        address.local(f"/queries/{name}{asked}"), address.data(f"/queries/{name}.{_CSV}{asked}")
    )


def written(text: str) -> Behind:
    """Return what stands behind the answer to the SPARQL query `text`."""
    query = f"query={_NEWLINE.join(map(_quoted, text.split(chr(10))))}"
    return Behind(
        f"{address.local('/sparql')}?{query}", f"{address.data('/sparql')}?{query}&as={_CSV}"
    )


@lru_cache(maxsize=10_000)  # two queries of a page differ in a line or two
def _quoted(line: str) -> str:
    return quote_plus(line)
