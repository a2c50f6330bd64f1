"""Where what a release names is served: addresses made absolute, from the public base alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.vocabulary import BASE
from contrats.web import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SERVED: Final = frozenset(
    {BASE, *(f"{BASE}{path}" for path in (
        "sparql", "queries", "openapi.json", "reconcile", "help/contribute",
    ))}
)  # fmt: skip
_BELOW: Final = (f"{BASE}dump/", f"{BASE}doc/")


def reach(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield `triples` with the site's public address where an address of ours is to be fetched."""
    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.NamedNode):
            subject = reached(subject)
        if isinstance(value, ox.NamedNode):
            value = reached(value)
        yield ox.Triple(subject, triple.predicate, value)


def reached(iri: ox.NamedNode) -> ox.NamedNode:
    """Return where the endpoint, a dump or the site is served; other IRIs as they are."""
    if iri.value in _SERVED or iri.value.startswith(_BELOW):
        return ox.NamedNode(address.public(f"/{iri.value.removeprefix(BASE)}"))
    return iri
