"""How the signatories of contracts that follow each other compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.web.dates import year_of
from contrats.web.parts import Link, link_to
from contrats.web.words import ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.web.description import Description

SIGNING: Final = frozenset({"signatory", "associated-signatory", "new-signatory"})
"""Roles whose holder signs; one that is only announced does not."""
_GENERATIONS: Final = 20
"""Contracts of one territory that are walked through: data with a loop must not hang a page."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a body between two contracts: "same", "new", "successor", "unknown", "out".

    `via` is the body that it replaces, or that replaces it.
    """

    kind: str
    via: Link | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """The contract from which on a body has signed every one of the territory, up to this one.

    `name` is that of its rank. `sure` when the one before is known not to bear it; `via` is the
    body that signed before it.
    """

    contract: Link
    name: str
    year: int | None
    sure: bool
    via: Link | None


def signing_actors(d: Description, contract: str) -> frozenset[str]:
    """Return the bodies that sign `contract`, as far as they are known."""
    found = set(d.iris(contract, "cls:hasSignatory"))
    for node in d.iris(contract, "cv:hasParticipation"):
        role, actor = d.iri_of(node, "cv:role"), d.iri_of(node, "cv:hasParticipant")
        if role and actor and role.rpartition("/")[2] in SIGNING:
            found.add(actor)
    return frozenset(found)


def earlier_contracts(d: Description, contract: str) -> tuple[str, ...]:
    """Return the contracts before `contract` on its territory, the nearest first."""
    found: list[str] = []
    each = d.iri_of(contract, "cls:succeeds")
    while each and each not in {contract, *found} and len(found) < _GENERATIONS:
        found.append(each)
        each = d.iri_of(each, "cls:succeeds")
    return tuple(found)


def later_contracts(d: Description, contract: str) -> tuple[str, ...]:
    """Return the contracts that come just after `contract`."""
    after = {*d.iris(contract, "cls:succeededBy"), *d.leading_to(contract, "cls:succeeds")}
    return d.in_order(after)


def start_year(d: Description, contract: str) -> int | None:
    """Return the year in which the period of `contract` begins."""
    return year_of(d.literal(d.iri_of(contract, "dcterms:temporal") or "", "dcat:startDate"))


def change_of(d: Description, actor: str, contract: str, other: str) -> Change:
    """Return how `actor`, which signs `contract`, stands to the contract `other`."""
    signing = signing_actors(d, other)
    earlier = other in d.iris(contract, "cls:succeeds")
    if actor in signing:
        return Change("same")
    linked = _linked(d, actor, signing, backwards=earlier)
    if linked:
        return Change("successor", link_to(d, linked))
    if not _is_whole(d, other):
        return Change("unknown")
    return Change("new" if earlier else "out")


def since_of(d: Description, actor: str, contract: str, before: Sequence[str]) -> Since | None:
    """Return since when `actor`, which signs `contract`, has signed; None: not the one before."""
    first, body, missing = contract, actor, None
    for earlier in before:
        signing = signing_actors(d, earlier)
        found = body if body in signing else _linked(d, body, signing, backwards=True)
        if found is None:
            missing = earlier
            break
        first, body = earlier, found
    if first == contract:
        return None
    rank = d.number(first, "cls:generation")
    return Since(
        link_to(d, first),
        ordinal(rank),
        start_year(d, first),
        _is_whole(d, missing) if missing else rank == 1,
        link_to(d, body) if body != actor else None,
    )


def _linked(d: Description, actor: str, signing: frozenset[str], *, backwards: bool) -> str | None:
    """Return the body of `signing` that a change event links to `actor`."""
    here, there = "org:resultingOrganization", "org:originalOrganization"
    if not backwards:
        here, there = there, here
    for event in d.leading_to(actor, here):
        for found in d.iris(event, there):
            if found in signing:
                return found
    return None


def _is_whole(d: Description, contract: str) -> bool:
    """Tell whether all signatories of `contract` are known by name: only then is absence a fact."""
    named = all(
        d.text(actor, "cls:identityKnown") not in {"false", "0"}
        for actor in signing_actors(d, contract)
    )
    return named and d.true(contract, "cls:signatoryListComplete")


def gone_since(d: Description, contract: str, other: str) -> tuple[Link, ...]:
    """Return who signs `other`, comes before, and does not sign `contract`, whose list is whole."""
    if other not in d.iris(contract, "cls:succeeds") or not _is_whole(d, contract):
        return ()
    here = signing_actors(d, contract)
    left = sorted(signing_actors(d, other) - here)
    return tuple(link_to(d, a) for a in left if not _linked(d, a, here, backwards=False))
