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
    return f"{text.rstrip()}\n{_block(names, rows)}\n"


def bind_within(text: str, bind: Mapping[str, object]) -> str:
    """Return `text` with the same VALUES block first in its outer group, where it is read first.

    For a query of ours that begins its group by `WHERE {` and assigns none of these variables in
    that very group: of a large answer only the part that is asked for is made.
    """
    if not bind:
        return text
    block = _block(tuple(bind), [tuple(bind.values())])
    return text.replace("WHERE {", f"WHERE {{\n    {block}", 1)


def _block(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    for name in names:
        if re.fullmatch(r"[A-Za-z_]\w*", name) is None:
            raise QueryRefusedError(
                f"« {name} » n’est pas un nom de variable.", f'"{name}" is not a variable name.'
            )
    variables = " ".join(f"?{name}" for name in names)
    values = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    return f"VALUES ({variables}) {{ {values} }}"
