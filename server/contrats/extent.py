"""Refuse a query that is too long to be read at all: bytes, words, path signs, triple terms."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from contrats.errors import QueryRefusedError
from contrats.tokens import TOKEN, path_signs, place

if TYPE_CHECKING:
    from contrats.limits import Limits


_SHORT: Final = 4_000
"""Characters of a text that is read in less time than a thread takes to start."""


def is_short(text: str) -> bool:
    """Tell whether `text` is short enough to be read where nothing else goes on meanwhile."""
    return len(text) <= _SHORT


def refuse_extent(text: str, limits: Limits, *, at_length: bool = False) -> None:
    """Raise `QueryRefusedError` when `text` is over a limit; `at_length` lets it have any length.

    Flat chains (`1+1+…`) of 14 kB end the engine's process, paths of 1,000 steps hold it for half
    a minute, and nested triple terms take its parser a cube of their number.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > limits.query_bytes and not at_length:
        raise _over(size, limits.query_bytes, "octets", "bytes", None)
    if len(text) > limits.tokens and not at_length:  # a word has a character at least
        _refuse_words(text, limits.tokens)
    signs = path_signs(text) if _count_signs(text) > limits.path_signs else []
    if len(signs) > limits.path_signs:
        where = place(text, signs[limits.path_signs])
        fr, en = "signes de chemin (« / », « | », « ^ »)", "path signs (`/`, `|`, `^`)"
        raise _over(len(signs), limits.path_signs, fr, en, where)
    if text.count("<<") > limits.nesting:
        where = place(text, text.index("<<"))
        raise _over(text.count("<<"), limits.nesting, "« << »", "`<<`", where)


def _count_signs(text: str) -> int:
    """Return how many characters of `text` may be path signs: counted in no time."""
    return sum(text.count(sign) for sign in "/|^")


def _refuse_words(text: str, most: int) -> None:
    """Raise when `text` has more than `most` tokens."""
    words = (match for match in TOKEN.finditer(text) if match.lastgroup != "space")
    beyond = next(islice(words, most, None), None)
    if beyond is not None:
        found = most + 1 + sum(1 for _ in words)
        where = place(text, beyond.start())
        raise _over(found, most, "mots et signes", "words and signs", where)


def _over(
    found: int, most: int, fr: str, en: str, where: tuple[int, int] | None
) -> QueryRefusedError:
    line, column = where or (None, None)
    at_fr = f", dépassée ligne {line}, colonne {column}" if where else ""
    at_en = f", passed at line {line}, column {column}" if where else ""
    return QueryRefusedError(
        f"Requête refusée : {found} {fr}, la limite est de {most}{at_fr}. Raccourcissez-la, posez "
        "plusieurs requêtes, ou posez-la chez vous avec « contrats query ».",
        f"Query refused: {found} {en}, the limit is {most}{at_en}. Make it shorter, ask several "
        "queries, or ask it on your own machine with `contrats query`.",
        line,
        column,
    )
