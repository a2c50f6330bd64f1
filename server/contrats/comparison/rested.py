"""The statements that a comparison rests on: enough to ask its questions again elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.comparison.plans import NO_TERM
from contrats.vocabulary import BASE, DEF, EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from contrats.comparison.comparison import Comparison
    from contrats.statements import Statements

_PLACES: Final = f"{EXTERNAL['prov']}hadPrimarySource"
_CONTRACT: Final = f"{BASE}id/contract/"
_LEADING: Final = (
    f"{EXTERNAL['owl']}annotatedSource",
    f"{DEF}classifies",
    f"{EXTERNAL['org']}originalOrganization",
)
"""By these a node speaks of a thing without the thing leading to it."""
_DEPTH: Final = 3
"""Steps from a contract: to a participation, its body, its type."""


def rests_on(found: Comparison, statements: Statements) -> Iterator[ox.Triple]:
    """Yield what is said of the contracts, and of all that their comparison names.

    From each contract: its parts, what these lead to and what speaks of them; of a place in a
    source, the source too. Another contract is named, not described.
    """
    compared = {act.iri for act in found.acts}
    seen: set[str] = set()
    edge = sorted(compared)
    for step in range(_DEPTH + 1):
        fresh = [iri for iri in dict.fromkeys(edge) if iri not in seen]
        seen.update(fresh)
        edge = []
        for iri in fresh:
            yield from _own(iri, statements)
            if step < _DEPTH:
                edge += [each for each in _next(iri, statements) if _belongs(each, compared)]


def _own(iri: str, statements: Statements) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(iri)
    for name, values in statements.own(iri).values.items():
        predicate = ox.NamedNode(name)
        for value in values:
            yield ox.Triple(subject, predicate, value)


def _next(iri: str, statements: Statements) -> Iterable[str]:
    """Yield what `iri` leads to, and what speaks of it."""
    for values in statements.own(iri).values.values():
        yield from (value.value for value in values if isinstance(value, ox.NamedNode))
    for name in _LEADING:
        yield from statements.leading(iri, name)


def _belongs(iri: str, compared: set[str]) -> bool:
    """Tell whether `iri` is described: a thing of ours, and no contract but those compared."""
    if iri == NO_TERM:
        return True
    if not iri.startswith(f"{BASE}id/"):
        return False
    return not iri.startswith(_CONTRACT) or iri in compared
