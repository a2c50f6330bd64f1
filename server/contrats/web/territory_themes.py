"""What the contracts of a département or a region are about: contracts by theme, at least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.parameter import short_name
from contrats.web.backing import listed
from contrats.web.page_query import asked
from contrats.web.parts import Link, link_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.web.behind import Behind
    from contrats.web.description import Description

_NAMED: Final = 8
"""Contracts of a theme that are named in its row; more are only counted."""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme, and the signed contracts of the territory that have a priority on it."""

    theme: Link
    contracts: tuple[Link, ...]
    named: bool
    path: str | None
    behind: Behind


def themes_of(d: Description, place: str, contracts: Sequence[str]) -> tuple[ThemeRow, ...]:
    """Return the themes of `contracts`, the most frequent first; none for smaller territories."""
    facet = _facet(d, place)
    if facet is None:
        return ()
    found: dict[str, set[str]] = {}
    for contract in contracts:
        for priority in d.iris(contract, "cls:hasPriority"):
            for theme in d.iris(priority, "cls:hasTheme"):
                found.setdefault(theme, set()).add(contract)
    code = d.text(place, "igeo:codeINSEE") or short_name(place)
    ranked = sorted(found, key=lambda theme: (-len(found[theme]), d.label(theme)))
    return tuple(
        ThemeRow(
            link_to(d, theme),
            tuple(sorted((link_to(d, c) for c in found[theme]), key=lambda link: link.text)),
            len(found[theme]) <= _NAMED,
            listed(**{"theme": short_name(theme), facet: code}),
            asked("territory-themes", iri=ox.NamedNode(place), theme=ox.NamedNode(theme)),
        )
        for theme in ranked
    )


def _facet(d: Description, place: str) -> str | None:
    """Return what the list of contracts calls the scale of `place`."""
    if d.is_a(place, "igeo:Departement"):
        return "departement"
    return "region" if d.is_a(place, "igeo:Region") else None
