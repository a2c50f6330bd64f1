"""What a page says of its numbers, read back: each bears the CSV that gives it."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

_COUNTED = re.compile(
    r'<data class="counted" value="([^"]*)" data-csv="([^"]*)" data-of="([^"]*)">'
)


def numbers(page: str) -> Iterator[tuple[int, str, str]]:
    """Yield each number of `page`, the address of its CSV, and what of it is counted."""
    for value, path, of in dict.fromkeys(_COUNTED.findall(page)):
        yield int(value), html.unescape(path), html.unescape(of)


def given_by(client: FlaskClient, path: str, of: str) -> int:
    """Return the number that the CSV at `path` gives: its rows, values of a column, or a value."""
    answer = client.get(path, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, path
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    if of.startswith("="):
        return int(rows[0][of[1:]])
    return len({row[of] for row in rows} if of else rows)
