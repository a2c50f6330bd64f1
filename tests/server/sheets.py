"""An XLSX file as its XML has it: each cell with its type, its text and its style."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

_NS: Final = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `kind` is "s" for a text; `quoted` tells that it never is a formula."""

    kind: str
    text: str
    quoted: bool


def read_book(body: bytes) -> dict[str, list[list[Cell]]]:
    """Return the rows of each sheet of a workbook, by its name."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = [
            each.get("name", "") for each in _root(archive, "workbook").iterfind(".//s:sheet", _NS)
        ]
        texts = _texts(archive)
        styles = _root(archive, "styles").iterfind(".//s:cellXfs/s:xf", _NS)
        quoted = [each.get("quotePrefix") == "1" for each in styles]
        return {
            name: [
                [_cell(cell, texts, quoted) for cell in row]
                for row in _root(archive, f"worksheets/sheet{number}").iterfind(".//s:row", _NS)
            ]
            for number, name in enumerate(names, 1)
        }


def _root(archive: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(archive.read(f"xl/{name}.xml"))  # noqa: S314 -- our own file


def _texts(archive: zipfile.ZipFile) -> list[str]:
    """Return the shared strings, their escapes read (ECMA-376-1, 22.9.2.19)."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    items = _root(archive, "sharedStrings").iterfind("s:si", _NS)
    return [_ESCAPED.sub(_character, "".join(each.itertext())) for each in items]


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _cell(cell: ET.Element, texts: list[str], quoted: list[bool]) -> Cell:
    assert cell.find("s:f", _NS) is None, "a formula"
    value = cell.findtext("s:v", "", _NS)
    kind = cell.get("t", "n")
    style = int(cell.get("s", "0"))
    return Cell(kind, texts[int(value)] if kind == "s" else value, quoted[style])
