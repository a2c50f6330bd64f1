"""A query without what does not change its answer: the key of what is kept, and its hash."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from contrats.tokens import TOKEN, decode

if TYPE_CHECKING:
    from contrats.engine.asked import Asked

_BY_CHANCE: Final = frozenset("NOW RAND UUID STRUUID BNODE".split())  # noqa: SIM905
"""Functions of which two answers differ (https://www.w3.org/TR/sparql11-query/#SparqlOps)."""


@lru_cache(maxsize=256)
def normalise(text: str) -> str:
    """Return `text` with one blank where there were some, and without its comments.

    White space and comments between tokens mean nothing: https://www.w3.org/TR/sparql11-query/#whitespace.
    A text that is not made of tokens alone comes out as a text of its own all the same.
    """
    parts = [" "]
    for match in TOKEN.finditer(text):
        if match.lastgroup != "space":
            parts.append(match[0])
        elif parts[-1] != " ":
            parts.append(" ")
    return "".join(parts).strip()


def digest(asked: Asked) -> str:
    """Return the SHA-256, in hexadecimal, of the normalised query with its graphs and bindings."""
    named = [asked.dataset.default, asked.dataset.named, sorted(asked.bind)]
    said = json.dumps([normalise(asked.text), *named], ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=256)
def is_repeatable(text: str) -> bool:
    """Tell whether `text` has the same answer each time over the same release."""
    decoded = decode(text)[0]
    if not any(name in decoded.upper() for name in _BY_CHANCE):
        return True
    words = (match[0].upper() for match in TOKEN.finditer(decoded) if match["word"])
    return not any(any(name in word for name in _BY_CHANCE) for word in words)
