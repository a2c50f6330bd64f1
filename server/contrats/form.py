"""What a table must look like, and the refusal of one that does not, at its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from contrats.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class TableForm:
    """The columns of a table, then some of them: of lists, of the key, and by what they hold.

    A cell of `required` is never empty; one of `integers`, `decimals` or `dates` is that or empty.
    """

    columns: tuple[str, ...]
    lists: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    integers: tuple[str, ...] = ()
    decimals: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


def check_columns(name: str, line: int, columns: Sequence[str], form: TableForm) -> None:
    """Refuse a table whose columns are not those that its mapping announces, in any order."""
    missing = ", ".join(c for c in form.columns if c not in columns) or "–"
    unknown = ", ".join(c for c in columns if c not in form.columns) or "–"
    if sorted(columns) == sorted(form.columns):
        return
    expected = ", ".join(form.columns)
    raise SourceError(
        f"{name}:{line} : colonnes manquantes : {missing} ; inconnues : {unknown} ; "
        f"il faut, une fois chacune : {expected}.",
        f"{name}:{line}: missing columns: {missing}; unknown: {unknown}; "
        f"needed, once each: {expected}.",
    )


def check_width(name: str, line: int, cells: Sequence[str], width: int) -> None:
    """Refuse a row that has not one cell a column."""
    if len(cells) != width:
        raise SourceError(
            f"{name}:{line} : {len(cells)} cellules au lieu de {width} ; "
            "une cellule vide garde son séparateur.",
            f"{name}:{line}: {len(cells)} cells instead of {width}; "
            "an empty cell keeps its separator.",
        )


def check_cells(name: str, line: int, cells: Mapping[str, str], form: TableForm) -> None:
    """Refuse a row that lacks what it cannot do without, or whose numbers and dates are none."""
    for column in form.required:
        if not cells[column]:
            raise SourceError(
                f"{name}:{line} : la cellule « {column} » est vide ; remplissez-la, "
                "ou retirez la ligne.",
                f'{name}:{line}: the cell "{column}" is empty; fill it in, or remove the row.',
            )
    for kind in _KINDS:
        for column in getattr(form, kind):
            if cells[column] and not _KINDS[kind].holds(cells[column]):
                _refuse_cell(f"{name}:{line}", column, cells[column], _KINDS[kind])


def check_key(name: str, line: int, key: Mapping[str, str], first: int) -> None:
    """Refuse a row whose `key` already stands on the line `first`, if that is another one."""
    if first == line:
        return
    shown = ", ".join(f"{column}={value}" for column, value in key.items())
    raise SourceError(
        f"{name}:{line} : {shown} est déjà à la ligne {first} ; gardez une seule des deux.",
        f"{name}:{line}: {shown} is already on line {first}; keep one of the two.",
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the cells of a column hold: the test, and the words of both languages."""

    holds: Callable[[str], bool]
    fr: str
    en: str


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_KINDS: Final = {
    "integers": _Kind(
        lambda text: re.fullmatch(r"-?[0-9]+", text) is not None,
        "un nombre entier, écrit en chiffres sans espace",
        "a whole number, written in digits without a space",
    ),
    "decimals": _Kind(
        lambda text: re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) is not None,
        "un nombre, écrit avec un point : 0.95",
        "a number, written with a point: 0.95",
    ),
    "dates": _Kind(_is_date, "une date, écrite 2026-11-22", "a date, written 2026-11-22"),
}


def _refuse_cell(where: str, column: str, found: str, kind: _Kind) -> None:
    raise SourceError(
        f"{where} : la cellule « {column} » contient « {found} » ; il faut {kind.fr}.",
        f'{where}: the cell "{column}" holds "{found}"; it takes {kind.en}.',
    )
