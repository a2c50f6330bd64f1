"""The answer to a saved query as a table for people: headings, names instead of IRIs, few columns.

The files beside it hold every column; what is left out here says nothing that is not on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.library import Column
from contrats.vocabulary import BASE, compact
from contrats.web import address
from contrats.web.description import Description
from contrats.web.editor import english_words, name_of
from contrats.web.parts import data_language, literal_text
from contrats.web.site import this_site
from contrats.web.tongue import ENGLISH, FRENCH, is_english, language

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from contrats.engine.rows import Row
    from contrats.store import Term
    from contrats.web.asking import Asking

_NAMED: Final = 400
"""So many things are named; of a longer table the others show the end of their IRI."""
_SEVERAL: Final = 2
_NUMBERS: Final = frozenset({"integer", "decimal", "double", "float"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One term: its text, where it links to, its language when that is not the page's."""

    text: str
    path: str | None = None
    external: bool = False
    language: str | None = None
    is_name: bool = True
    """Whether the text is words; else it is an IRI, or the end of one."""
    is_thing: bool = False
    """Whether it is a thing that the data is about, not a term of a vocabulary."""


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The columns that are shown and the rows, then the columns that are not.

    `subject` is the column that says what a row is about: the first with things. `same` are those
    of which each row has the same value, `left_out` those that repeat another.
    """

    columns: tuple[Column, ...]
    subject: str
    numbers: frozenset[str]
    rows: tuple[tuple[Cell | None, ...], ...]
    same: tuple[tuple[Column, Cell | None], ...]
    left_out: tuple[Column, ...]


def make_table(
    asking: Asking, names: Sequence[str], rows: Sequence[Row], *, partial: bool
) -> AnswerTable:
    """Return the table of `rows`, whose variables are `names`; `partial` tells that there are more.

    Left out is a name that stands already on the link beside it.
    """
    known = {column.name: column for column in asking.query.columns}
    columns = [known.get(name, Column(name, name, name)) for name in names]
    labels = _labels(rows)
    english = {name: words for name in names if (words := _english(name, rows))}
    cells = [
        {name: _cell(term, labels, english.get(name, {})) for name, term in row.items()}
        for row in rows
    ]
    same = _same(names, cells, asking.bind if partial or len(rows) < _SEVERAL else names)
    left_out = [c for c in columns if c.name not in same and _repeats(c.name, rows, cells)]
    shown = [c for c in columns if c.name not in same and c not in left_out]
    linked = {name for row in cells for name, cell in row.items() if cell.is_thing}
    subjects = [each.name for each in shown if each.name in linked] or [names[0]]
    return AnswerTable(
        tuple(shown),
        subjects[0],
        frozenset(column.name for column in shown if _is_number(column.name, rows)),
        tuple(tuple(row.get(column.name) for column in shown) for row in cells),
        tuple((column, same[column.name]) for column in columns if column.name in same),
        tuple(left_out),
    )


def _same(
    names: Sequence[str], cells: Sequence[Mapping[str, Cell]], among: Collection[str]
) -> Mapping[str, Cell | None]:
    """Return the value of each column of which every row has the same, but never of all columns."""
    found = {
        name: cells[0].get(name)
        for name in names
        if name in among and cells and len({row.get(name) for row in cells}) == 1
    }
    return found if len(found) < len(names) else {}


def _labels(rows: Sequence[Row]) -> Mapping[str, str]:
    """Return the names of the things in `rows`, of the first of them when there are many."""
    things = (t.value for row in rows for t in row.values() if isinstance(t, ox.NamedNode))
    first = islice(dict.fromkeys(things), _NAMED)
    return {iri: name for iri in first if (name := name_of(iri))}


def _english(name: str, rows: Sequence[Row]) -> Mapping[str, str]:
    """Return the English words for the column `name` of an English page, all or none.

    A column holds the names of a vocabulary when each of its texts is one: titles and words of
    sources are not, and stay French.
    """
    terms = {row[name] for row in rows if name in row} if is_english() else set()
    texts = [t.value for t in terms if isinstance(t, ox.Literal) and t.language == FRENCH]
    if not texts or len(texts) < len(terms):
        return {}
    known = english_words()
    return known if all(text in known for text in texts) else {}


def _cell(term: Term, labels: Mapping[str, str], english: Mapping[str, str]) -> Cell:
    if isinstance(term, ox.NamedNode):
        path = address.path_of(term.value)
        external = path is not None and not address.is_ours(term.value)
        name = labels.get(term.value)
        return Cell(
            name or compact(term.value),
            path,
            external,
            data_language(_spoken(term.value)) if name else None,
            is_name=name is not None,
            is_thing=term.value.startswith(f"{BASE}id/"),
        )
    if isinstance(term, ox.Literal):
        if term.value in english:
            return Cell(english[term.value])
        spoken = term.language if term.language not in {None, language()} else None
        return Cell(literal_text(term), language=spoken)
    return Cell(str(term), is_name=False)


def _spoken(iri: str) -> str | None:
    """Return the English name of `iri`, which only an English page asks for."""
    return Description(iri, this_site().statements).label_in(iri, ENGLISH) if is_english() else None


def _repeats(name: str, rows: Sequence[Row], cells: Sequence[Mapping[str, Cell]]) -> bool:
    """Tell whether the texts of the column `name` stand all on the links of one other column."""
    texts = {row[name].text for row in cells if name in row}
    if not texts or not all(isinstance(row.get(name), ox.Literal | None) for row in rows):
        return False
    others = {other for row in cells for other, cell in row.items() if cell.path} - {name}
    return any(
        all(name not in row or (o in row and row[o].text == row[name].text) for row in cells)
        for o in others
    )


def _is_number(name: str, rows: Sequence[Row]) -> bool:
    """Tell whether the column `name` holds numbers alone."""
    terms = [row[name] for row in rows if name in row]
    return bool(terms) and all(
        isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in _NUMBERS
        for term in terms
    )
