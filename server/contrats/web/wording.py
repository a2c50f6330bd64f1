"""What a saved query says of itself, in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contrats.web.tongue import is_english

if TYPE_CHECKING:
    from contrats.library import Column, SavedQuery


def summary_of(query: SavedQuery) -> str:
    """Return the question."""
    return query.summary if is_english() else query.summary_fr


def description_of(query: SavedQuery) -> str:
    """Return what the answer holds, empty when the query does not say."""
    return query.description if is_english() else query.description_fr


def limit_of(query: SavedQuery) -> str:
    """Return what the answer does not say, empty when the query says none."""
    return query.limit if is_english() else query.limit_fr


def heading_of(query: SavedQuery, name: str) -> str:
    """Return how a table and a form call the variable `name`."""
    return query.heading(name, english=is_english())


def title_of(column: Column) -> str:
    """Return how a table heads `column`."""
    return column.en if is_english() else column.fr
