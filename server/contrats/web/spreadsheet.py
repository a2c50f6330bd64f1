"""Tables as a file for people's spreadsheets and scripts: CSV with exact text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.workbook import Sheet


def write_csv(sheets: Sequence[Sheet]) -> str:
    """Return the tables below each other, each row led by the name of its table; RFC 4180."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for sheet in sheets:
        if sheet.rows:
            writer.writerow((sheet.name, *sheet.header))
            writer.writerows((sheet.name, *row) for row in sheet.rows)
    return out.getvalue()
