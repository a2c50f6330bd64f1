"""Tables as files for people's spreadsheets: CSV with exact text, XLSX in which no text can run.

A text that begins like a formula is one in a spreadsheet that guesses
(https://owasp.org/www-community/attacks/CSV_Injection): in XLSX its cell is of type string.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from xlsxwriter.worksheet import Worksheet

    from contrats.web.compare_sheets import Sheet, Value

_MOST: Final = 32_767
"""Characters that a cell may hold (ECMA-376, and every spreadsheet)."""
_NARROW: Final = 12
_WIDE: Final = 48
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_csv(sheets: Sequence[Sheet]) -> str:
    """Return the tables below each other, each row led by the name of its table; RFC 4180."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for sheet in sheets:
        if sheet.rows:
            writer.writerow((sheet.name, *sheet.header))
            writer.writerows((sheet.name, *row) for row in sheet.rows)
    return out.getvalue()


def write_xlsx(sheets: Sequence[Sheet], title: str, made: datetime) -> bytes:
    """Return a workbook of one sheet a table; the same tables give the same bytes."""
    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": title, "created": made})
    bold = book.add_format({"bold": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name.translate(_FORBIDDEN)[:31])
        page.freeze_panes(1, 1)
        for column, name in enumerate(sheet.header):
            page.write_string(0, column, name, bold)
        page.set_column(0, 0, _WIDE)
        page.set_column(1, max(1, len(sheet.header) - 1), _NARROW + 8)
        for line, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row):
                _write_cell(page, line, column, value)
    book.close()
    return out.getvalue()


def _write_cell(page: Worksheet, line: int, column: int, value: Value) -> None:
    """Write a number as one, a text as text whatever it begins with, and nothing of nothing."""
    if isinstance(value, int):
        page.write_number(line, column, value)
    elif value:
        page.write_string(line, column, value[:_MOST])
