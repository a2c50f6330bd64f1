"""Words of the data and the language they are in, which a page in another one must say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.tongue import FRENCH, is_english, language

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Text:
    """Words; `language` is theirs where it is not that of the page."""

    words: str
    language: str | None = None


def text_of(term: ox.Literal | None) -> Text | None:
    """Return the words of `term`, None of none."""
    if term is None:
        return None
    return Text(term.value, term.language if term.language not in {None, language()} else None)


def in_french(words: str) -> Text:
    """Return `words`, which are French whatever the page."""
    return Text(words, FRENCH if is_english() else None)
