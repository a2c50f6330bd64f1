"""The priorities for which a contract passes the facets of themes and populations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contrats.facets import UNSTATED
from contrats.web.description import Description
from contrats.web.parts import link_to
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from contrats.facets import Chosen
    from contrats.web.parts import Link

_PROPERTIES: Final = {"theme": "cls:hasTheme", "population": "cls:targetsPopulation"}
"""What of a priority each facet looks at."""


def matching_in(chosen: Chosen) -> Callable[[str], tuple[Link, ...]]:
    """Return what gives the priorities of a contract that have a theme or population of `chosen`.

    None of any contract when `chosen` has none of both.
    """
    wanted = {
        name: {term.value for term in chosen.get(facet, ()) if term.value != UNSTATED}
        for facet, name in _PROPERTIES.items()
    }
    asked = {name: things for name, things in wanted.items() if things}
    return lambda contract: tuple(_matching(contract, asked)) if asked else ()


def _matching(contract: str, asked: dict[str, set[str]]) -> Iterator[Link]:
    d = Description(contract, this_site().statements)
    for priority in d.iris(contract, "cls:hasPriority"):
        if any(things & set(_broader(d, priority, name)) for name, things in asked.items()):
            yield link_to(d, priority)


def _broader(d: Description, priority: str, name: str) -> Iterator[str]:
    """Yield what `priority` leads to by `name`, and all that is broader than it."""
    waiting, seen = list(d.iris(priority, name)), set[str]()
    while waiting:
        thing = waiting.pop()
        if thing not in seen:
            seen.add(thing)
            yield thing
            waiting += d.iris(thing, "skos:broader")
