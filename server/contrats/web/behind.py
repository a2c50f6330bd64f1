"""What stands behind a number or a block of a page: the query that gives it, as a page and as CSV.

A number that a page shows bears these addresses in its markup, where a test reads them back.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from contrats.web import address

_CSV = "csv"


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
    return Behind(
        f"{address.local('/sparql')}?{urlencode({'query': text})}",
        f"{address.data('/sparql')}?{urlencode({'query': text, 'as': _CSV})}",
    )
