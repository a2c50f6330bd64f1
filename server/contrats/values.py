"""A query with its parameters bound in its own text: what is shown, cited and asked again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contrats.errors import QueryRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def bind_in_text(text: str, bind: Mapping[str, object]) -> str:
    """Return `text` followed by a VALUES block that gives each variable of `bind` its term.

    The grammar ends a query with it (https://www.w3.org/TR/sparql11-query/#rValuesClause). A term,
    or its text, writes itself, escaped, as in N-Triples; a name that is no variable is refused.
    """
    return bind_rows_in_text(text, tuple(bind), [tuple(bind.values())]) if bind else text


def bind_rows_in_text(text: str, names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return `text` followed by a VALUES block that gives the variables `names` each of `rows`."""
    for name in names:
        if re.fullmatch(r"[A-Za-z_]\w*", name) is None:
            raise QueryRefusedError(
                f"« {name} » n’est pas un nom de variable.", f'"{name}" is not a variable name.'
            )
    variables = " ".join(f"?{name}" for name in names)
    values = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    return f"{text.rstrip()}\nVALUES ({variables}) {{ {values} }}\n"
