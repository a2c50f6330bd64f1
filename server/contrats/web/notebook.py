"""The notebook of the help, as it was executed: its cells as plain data for a template."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE: Final = Path(__file__).parent / "notebooks" / "three-questions.ipynb"
TABLE: Final = "application/vnd.contrats.table+json"
"""The media type of a table that a cell of ours gives."""
_LANGUAGES: Final = ("fr", "en")
"""The order in which a table says what it says in both."""
_TITLE: Final = re.compile(r"#+ (.+)\n*")
_ASKED: Final = re.compile(r'\bask\("([a-z-]+)"')


@dataclass(frozen=True, slots=True)
class Said:
    """The text of a cell of a table; `translated` when it is in the language of the page."""

    text: str
    translated: bool
    number: bool


@dataclass(frozen=True, slots=True)
class Table:
    """What a cell of code gave."""

    caption: Said
    headings: tuple[Said, ...]
    rows: tuple[tuple[Said, ...], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of text, as HTML, or of code with what it gave."""

    html: str = ""
    code: str = ""
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The cells below one heading, and the saved questions that they ask."""

    title: str
    cells: list[Cell] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)


def notebook_bytes() -> bytes:
    """Return the notebook as it is kept."""
    return FILE.read_bytes()


@cache
def read_notebook(language: str) -> tuple[Section, ...]:
    """Return the notebook in `language`, cut at its headings, the first of which names the whole.

    https://nbformat.readthedocs.io/en/latest/format_description.html
    """
    found: list[Section] = []
    for cell in json.loads(notebook_bytes())["cells"]:
        if cell["metadata"].get("lang", language) == language:
            _add(found, cell, "".join(cell["source"]), language)
    return tuple(found)


def _add(sections: list[Section], cell: dict[str, Any], source: str, language: str) -> None:
    """Add `cell` to the last of `sections`, or to a new one when it begins with a heading."""
    if cell["cell_type"] == "code":
        sections[-1].questions.extend(_ASKED.findall(source))
        sections[-1].cells.append(Cell(code=source, tables=tuple(_tables(cell, language))))
        return
    title = _TITLE.match(source)
    if title:
        sections.append(Section(title[1]))
        source = source[title.end() :]
    sections[-1].cells.append(Cell(html=MarkdownIt("js-default").render(source)))


def _tables(cell: dict[str, Any], language: str) -> Iterator[Table]:
    for output in cell["outputs"]:
        given = output.get("data", {}).get(TABLE)
        if given:
            yield Table(
                _say(given["caption"], language),
                _say_all(given["headings"], language),
                tuple(_say_all(row, language) for row in given["rows"]),
            )


def _say_all(cells: Iterable[list[str] | str | int], language: str) -> tuple[Said, ...]:
    return tuple(_say(cell, language) for cell in cells)


def _say(cell: list[str] | str | int, language: str) -> Said:
    """Return a cell as it is said in `language`: a pair is in both, a text as the data has it."""
    if isinstance(cell, list):
        return Said(cell[_LANGUAGES.index(language)], translated=True, number=False)
    number = not isinstance(cell, str)
    return Said(str(cell), translated=number, number=number)
