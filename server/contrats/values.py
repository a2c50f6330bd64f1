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
    if not bind:
        return text
    for name in bind:
        if re.fullmatch(r"[A-Za-z_]\w*", name) is None:
            raise QueryRefusedError(
                f"« {name} » n’est pas un nom de variable.", f'"{name}" is not a variable name.'
            )
    names = " ".join(f"?{name}" for name in bind)
    return f"{text.rstrip()}\nVALUES ({names}) {{ ({' '.join(map(str, bind.values()))}) }}\n"
