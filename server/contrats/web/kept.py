"""What is the same for a whole release: made when first asked for, kept by the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar, cast

from flask import current_app, request

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Made = TypeVar("Made")
_KEPT: Final = "contrats.kept"


def keep(name: Hashable, make: Callable[[], Made]) -> Made:
    """Return what `make` gave for the release and the language of the page, `name` being its own.

    Two requests at once may both make it: the same, since nothing else goes into it.
    """
    return keep_for_all((name, request.script_root), make)


def keep_for_all(name: Hashable, make: Callable[[], Made]) -> Made:
    """Return what `make` gave for the release, the same in each language."""
    kept: dict[Hashable, object] = current_app.extensions.setdefault(_KEPT, {})
    if name not in kept:
        kept[name] = make()
    return cast("Made", kept[name])


def kept_page(make: Callable[[], str]) -> str:
    """Return the page at the address asked for, which `make` makes when it is not there yet.

    One with fields is made anew: its links to the other language repeat them, and anyone may write
    as many as they like.
    """
    return make() if request.query_string else keep(request.path, make)
