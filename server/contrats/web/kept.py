"""Pages that are the same for all who ask: made once for a release and a language, then kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app, request

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT: Final = "contrats.pages"
"""Where an application keeps them: its release never changes."""


def kept_page(make: Callable[[], str]) -> str:
    """Return the page at the address asked for, which `make` makes when it is not there yet.

    One with fields is made anew: its links to the other language repeat them, and anyone may write
    as many as they like.
    """
    if request.query_string:
        return make()
    pages: dict[tuple[str, str], str] = current_app.extensions.setdefault(_KEPT, {})
    key = (request.script_root, request.path)
    if key not in pages:
        pages[key] = make()
    return pages[key]
