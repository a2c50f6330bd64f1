"""The page of a source: everything that was read there, contract by contract."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from contrats.web import address
from contrats.web.parts import Link
from contrats.web.site import this_site


@dataclass(frozen=True, slots=True)
class Read:
    """Things of one kind that were read; those without a name are only counted."""

    kind: str
    count: int
    things: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ReadFor:
    """What was read for one contract."""

    contract: Link
    count: int
    kinds: tuple[Read, ...]


def readings_of(iri: str) -> tuple[ReadFor, ...]:
    """Return what was read in the document `iri`, by the title of the contract, then by kind."""
    site = this_site()
    contracts: dict[str, Link] = {}
    found: dict[str, dict[str, dict[str, Link | None]]] = {}
    for row in site.queries.rows(site.store, "source-readings", {"iri": ox.NamedNode(iri)}):
        contract, thing, name = row["contract"].value, row["thing"].value, row["name"]
        title = row["title"].value
        contracts.setdefault(contract, Link(title, address.path_of(contract), iri=contract))
        kinds = found.setdefault(contract, {})
        link = Link(name.value, address.path_of(thing), iri=thing) if name is not None else None
        kinds.setdefault(row["kind"].value, {}).setdefault(thing, link)
    return tuple(
        ReadFor(
            contracts[contract],
            sum(len(things) for things in kinds.values()),
            tuple(_read(kind, things) for kind, things in kinds.items()),
        )
        for contract, kinds in found.items()
    )


def _read(kind: str, things: dict[str, Link | None]) -> Read:
    return Read(kind, len(things), tuple(link for link in things.values() if link is not None))
