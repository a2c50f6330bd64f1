"""A query with its parameters bound in its own text: what is shown, cited and asked again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contrats.errors import QueryRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping


def bind_in_text(text: str, bind: Mapping[str, object]) -> str:
    """Return `text` followed by a VALUES block that gives each variable of `bind` its term.

    The grammar ends a query with it (https://www.w3.org/TR/sparql11-query/#rValuesClause). A term,
    or its text, writes itself, escaped, as in N-Triples; a name that is no variable is refused.
    """
    return f"{text.rstrip()}\n{_block(bind)}\n" if bind else text


def bind_within(text: str, bind: Mapping[str, object]) -> str:
    """Return `text` with the same VALUES block first in its outer group, where it is read first.

    For a query of ours that begins its group by `WHERE {` and assigns none of these variables in
    that very group: of a large answer only the part that is asked for is made.
    """
    return text.replace("WHERE {", f"WHERE {{\n    {_block(bind)}", 1) if bind else text


def _block(bind: Mapping[str, object]) -> str:
    for name in bind:
        if re.fullmatch(r"[A-Za-z_]\w*", name) is None:
            raise QueryRefusedError(
                f"« {name} » n’est pas un nom de variable.", f'"{name}" is not a variable name.'
            )
    names = " ".join(f"?{name}" for name in bind)
    return f"VALUES ({names}) {{ ({' '.join(map(str, bind.values()))}) }}"
