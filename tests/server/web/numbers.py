"""The numbers of a page that say which query they come from, read back out of its markup."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from flask.testing import FlaskClient

VOID: Final = frozenset({"meta", "link", "br", "input", "hr", "img", "wbr", "source"})
_DIGITS: Final = re.compile(r"\d+(?:[\s.,\N{NARROW NO-BREAK SPACE}]\d{3})*")


@dataclass(slots=True)
class Number:
    """A number as it is shown: its value, the answer behind it, how it is read there, its text."""

    value: str
    csv: str
    of: str
    text: str = ""


@dataclass(slots=True)
class Page:
    """What of a page matters here."""

    numbers: list[Number] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    """The text of each cell or definition, the numbers with a query behind them left out."""


class Reader(HTMLParser):
    """Reads the main part of a page."""

    def __init__(self) -> None:
        """Begin outside of it."""
        super().__init__()
        self.page = Page()
        self._open: list[str] = []
        self._number: Number | None = None
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element."""
        if tag in {"input", "svg"} and self._cell is not None:
            self._cell.append("…")  # a box to tick or a drawing is no silence
        if tag in VOID:
            return
        if tag == "main" or self._open:
            self._open.append(tag)
        if not self._open:
            return
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href", "").startswith("/"):
            self.page.links.append(given["href"])
        if tag == "data" and given.get("class") == "counted":
            self._number = Number(given["value"], given["data-csv"], given["data-of"])
            self.page.numbers.append(self._number)
        if tag in {"td", "dd"}:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if self._open and self._open[-1] == tag:
            self._open.pop()
        if tag == "data":
            self._number = None
            if self._cell is not None:
                self._cell.append("…")
        if tag in {"td", "dd"} and self._cell is not None:
            self.page.bare.append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        """Keep what is said in a number or in a cell."""
        if self._number is not None:
            self._number.text += data
        elif self._cell is not None:
            self._cell.append(data)


def read_page(text: str) -> Page:
    """Return what of the page `text` matters."""
    reader = Reader()
    reader.feed(text)
    return reader.page


class Answers:
    """The rows behind the numbers, each answer asked once."""

    def __init__(self, client: FlaskClient) -> None:
        """Keep whom to ask."""
        self.client = client
        self._rows: dict[str, list[dict[str, str]]] = {}

    def rows(self, address: str) -> list[dict[str, str]]:
        """Return the rows of the CSV at `address`."""
        if address not in self._rows:
            answer = self.client.get(address)
            assert answer.status_code == 200, f"{address}: {answer.status_code}"
            assert answer.content_type.startswith("text/csv"), address
            self._rows[address] = list(csv.DictReader(io.StringIO(answer.text)))
        return self._rows[address]

    def gives(self, number: Number) -> str:
        """Return what the answer behind `number` gives for it."""
        rows = self.rows(number.csv)
        if not number.of:
            return str(len(rows))
        if number.of.startswith("="):
            return rows[0][number.of[1:]] if rows else "no row"
        return str(len({row[number.of] for row in rows if row[number.of]}))

    def faults(self, page: Page, most: int = 10_000) -> list[str]:
        """Return the numbers of `page`, of at most so many of them, that are not what they say."""
        found = []
        for number in page.numbers[:: -(-len(page.numbers) // most) or 1]:
            given = self.gives(number)
            shown = _DIGITS.findall(number.text)
            said = {re.sub(r"\D", "", each) for each in shown}
            if given != number.value or (shown and number.value not in said):
                found.append(f"{number.value} ({number.text}): {given} of {number.of} {number.csv}")
        return found
