"""Literals that no release may hold: spelt otherwise than a store keeps them, or unwritable."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from contrats.canonical import canonical_literals
from contrats.errors import SourceError
from contrats.lines import line_with
from contrats.writing import NO_XML

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    import pyoxigraph as ox

    Placed = tuple[str, str, ox.Literal]
    """The path of a file, its text, and a literal that it states."""


def refuse_literals(found: Sequence[Placed]) -> None:
    """Raise `SourceError` at the first literal of files that may not be, with its line."""
    _refuse_other_spellings(found)
    _refuse_strange_characters(found)


def _refuse_other_spellings(found: Sequence[Placed]) -> None:
    """Refuse a literal that is not written as a store keeps it, and give the canonical spelling."""
    rewritten = canonical_literals(literal for *_, literal in found if _is_typed(literal))
    if not rewritten:
        return
    for path, text, literal in found:
        if literal in rewritten:
            _refuse_spelling(path, text, literal, rewritten[literal])


def _is_typed(literal: ox.Literal) -> bool:
    """Tell whether a literal is more than text, plain or in a language."""
    return literal.language is None and not literal.datatype.value.endswith("#string")


def _refuse_spelling(path: str, text: str, found: ox.Literal, kept: ox.Literal) -> NoReturn:
    where = f"{path}:{line_with(text, found.value) or 1}"
    raise SourceError(
        f"{where} : {found} s’écrit {kept} sous sa forme canonique ; remplacez-le.",
        f"{where}: {found} is {kept} in canonical form; replace it.",
    )


def _refuse_strange_characters(found: Sequence[Placed]) -> None:
    """Refuse what RDF/XML and workbooks cannot hold: it comes along when a text is copied."""
    for path, text, literal in found:
        if strange := NO_XML.search(literal.value):
            _refuse_character(path, text, strange)


def _refuse_character(path: str, text: str, strange: re.Match[str]) -> NoReturn:
    before, code = strange.string[: strange.start()], f"U+{ord(strange[0]):04X}"
    line = line_with(text, strange.string) or line_with(text, before) or 1
    raise SourceError(
        f"{path}:{line} : le caractère {code}, après « {before[-30:]} », n’existe pas en XML ; "
        "effacez-le.",
        f'{path}:{line}: XML has no character {code}, after "{before[-30:]}"; remove it.',
    )
