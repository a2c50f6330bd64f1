"""What a page shows, read back: its numbers with the queries behind them, its text, its parts."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from flask.testing import FlaskClient

_NUMBER = re.compile(
    r'<data class="counted" value="(\d+)" data-csv="([^"]*)" data-of="([^"]*)">([^<]*)</data>'
)


class Shown(NamedTuple):
    """One number: what is written, where its rows are, which of their columns is counted."""

    value: int
    csv: str
    of: str
    text: str


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return answer.text


def words(page: str) -> str:
    """Return the text of `page` on one line, spaces made plain."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page)))


def block(page: str, anchor: str) -> str:
    """Return the block of `page` at `anchor`."""
    found = page.partition(f'<section class="block" id="{anchor}"')[2]
    assert found, anchor
    return found.partition("</section>")[0]


def numbers(page: str) -> list[Shown]:
    return [
        Shown(int(value), html.unescape(rows), html.unescape(of), text)
        for value, rows, of, text in _NUMBER.findall(page)
    ]


def behind(client: FlaskClient, number: Shown) -> int:
    """Return what the query behind `number` says that it is."""
    answer = client.get(number.csv)
    assert answer.status_code == 200, number.csv
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    if not number.of:
        return len(rows)
    if number.of.startswith("="):
        return int(rows[0][number.of[1:]])
    return len({row[number.of] for row in rows})


def wrong(client: FlaskClient, page: str) -> list[Shown]:
    """Return the numbers of `page` that are not what the queries behind them say."""
    return [each for each in numbers(page) if behind(client, each) != each.value]
