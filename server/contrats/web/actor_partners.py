"""The bodies that sign with a body: by type, and each with how many contracts they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.backing import question
from contrats.web.parts import Link, link_to
from contrats.web.succession import signing_actors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.web.behind import Behind
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Partner:
    """One body that signs the same contracts, and how many, at least."""

    link: Link
    contracts: int
    behind: Behind


@dataclass(frozen=True, slots=True)
class PartnerType:
    """One type: contracts that a body of it signs too, and how many bodies; percent of all."""

    link: Link
    contracts: int
    bodies: int
    percent: float
    behind: Behind


@dataclass(frozen=True, slots=True)
class Partners:
    """All bodies that sign with one body: those of most contracts first, and their types."""

    bodies: tuple[Partner, ...]
    types: tuple[PartnerType, ...]


def partners_of(d: Description, actor: str, contracts: tuple[str, ...]) -> Partners:
    """Return who signs `contracts`, those that `actor` signs, with it."""
    shared: dict[str, set[str]] = {}
    for contract in contracts:
        for other in signing_actors(d, contract) - {actor}:
            shared.setdefault(other, set()).add(contract)
    ranked = sorted(shared, key=lambda other: (-len(shared[other]), d.label(other), other))
    bodies = tuple(
        Partner(
            link_to(d, other),
            len(shared[other]),
            question("signing-together", actor=actor, other=other),
        )
        for other in ranked
    )
    return Partners(bodies, _types(d, actor, shared, len(set(contracts))))


def _types(
    d: Description, actor: str, shared: Mapping[str, set[str]], total: int
) -> tuple[PartnerType, ...]:
    """Return the types of the bodies of `shared`, those of most contracts first."""
    bodies: dict[str, list[str]] = {}
    for other in shared:
        kind = d.iri_of(other, "org:classification")
        if kind:
            bodies.setdefault(kind, []).append(other)
    found = []
    for kind, others in bodies.items():
        contracts = len(set().union(*(shared[other] for other in others)))
        behind = question("signing-together", actor=actor, type=kind)
        percent = round(100 * contracts / total, 1)
        found.append(PartnerType(link_to(d, kind), contracts, len(others), percent, behind))
    return tuple(sorted(found, key=lambda each: (-each.contracts, each.link.text)))
