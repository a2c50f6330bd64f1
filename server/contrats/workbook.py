"""Tables as a workbook of Office Open XML, in which no text can run.

A text that begins like a formula is one in a spreadsheet that guesses
(https://owasp.org/www-community/attacks/CSV_Injection): its cell is of type string, and marked as
quoted, so that it stays one when it is edited or saved as CSV.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | int | None

MOST_CHARACTERS: Final = 32_767
"""Of a cell, in UTF-16 (ECMA-376, and every spreadsheet)."""
MOST_ROWS: Final = 1_048_576
"""Of a sheet, its heading one of them."""
RUNNING: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a formula begins with somewhere, or what is dropped before one."""
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)
_CUT: Final = " […] (coupé à la longueur d’une case ; entier dans le CSV / cut; whole in the CSV)"
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME: Final = 31
_NARROW: Final = 20
_WIDE: Final = 48
_TEXT_ONLY: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; None is what no source states."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def write_workbook(
    sheets: Sequence[Sheet], title: str, made: datetime = _MADE, most_rows: int = MOST_ROWS
) -> bytes:
    """Return a workbook of one sheet a table; the same tables give the same bytes.

    A table of more than `most_rows` goes on in a sheet of its own; a text that is longer than a
    cell is cut and says so.
    """
    out = io.BytesIO()
    book = Workbook(out, _TEXT_ONLY)
    book.set_properties({"title": title, "created": made})
    bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    for sheet in sheets:
        step = most_rows - 1
        for number, start in enumerate(range(0, max(1, len(sheet.rows)), step), 1):
            page = book.add_worksheet(_name(sheet.name, number))
            _write_head(page, sheet.header, bold)
            for line, row in enumerate(sheet.rows[start : start + step], 1):
                for column, value in enumerate(row):
                    _write_cell(page, line, column, value, quoted)
    book.close()
    return out.getvalue()


def _name(name: str, number: int) -> str:
    """Return what the sheet is called, the following ones of a long table with a number."""
    behind = f" ({number})" if number > 1 else ""
    return f"{name.translate(_FORBIDDEN)[: _LONGEST_NAME - len(behind)]}{behind}"


def _write_head(page: Worksheet, header: Sequence[str], bold: Format) -> None:
    page.freeze_panes(1, 1)
    for column, name in enumerate(header):
        page.write_string(0, column, name, bold)
    page.set_column(0, 0, _WIDE)
    page.set_column(1, max(1, len(header) - 1), _NARROW)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # they are exact so


def _write_cell(page: Worksheet, line: int, column: int, value: Value, quoted: Format) -> None:
    """Write a number as one, a text as text whatever it begins with, and nothing of nothing."""
    if isinstance(value, int):
        page.write_number(line, column, value)
    elif value:
        text = _fit(value)
        page.write_string(line, column, text, quoted if text.startswith(RUNNING) else None)


def _fit(text: str) -> str:
    """Return `text`, cut when it is longer than a cell."""
    if len(text) * 2 <= MOST_CHARACTERS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= MOST_CHARACTERS * 2:
        return text
    kept = (MOST_CHARACTERS - len(_CUT)) * 2
    return units[:kept].decode("utf-16-le", "ignore") + _CUT
