"""How the signatories of two contracts that follow each other compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.web.parts import Link, link_to

if TYPE_CHECKING:
    from contrats.web.description import Description

SIGNING: Final = frozenset({"signatory", "associated-signatory", "new-signatory"})
"""Roles whose holder signs; one that is only announced does not."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a body between two contracts: "same", "new", "successor", "unknown", "out"."""

    kind: str
    text: str
    via: Link | None = None


def signing_actors(d: Description, contract: str) -> frozenset[str]:
    """Return the bodies that sign `contract`, as far as they are known."""
    found = set(d.iris(contract, "cls:hasSignatory"))
    for node in d.iris(contract, "cv:hasParticipation"):
        role, actor = d.iri_of(node, "cv:role"), d.iri_of(node, "cv:hasParticipant")
        if role and actor and role.rpartition("/")[2] in SIGNING:
            found.add(actor)
    return frozenset(found)


def neighbour(d: Description, contract: str) -> tuple[bool, str | None]:
    """Return whether a contract comes before, and that contract, else the one after."""
    before = d.iri_of(contract, "cls:succeeds")
    after = d.iri_of(contract, "cls:succeededBy")
    after = after or next(iter(d.leading_to(contract, "cls:succeeds")), None)
    return before is not None, before or after


def change_of(d: Description, actor: str, contract: str, other: str) -> Change:
    """Return how `actor`, which signs `contract`, stands to the contract `other`."""
    signing = signing_actors(d, other)
    earlier = other in d.iris(contract, "cls:succeeds")
    if actor in signing:
        return Change("same", "signe aussi" if earlier else "signe encore")
    linked = _linked(d, actor, signing, backwards=earlier)
    if linked:
        text = "par l’organisme remplacé :" if earlier else "par l’organisme qui le remplace :"
        return Change("successor", text, link_to(d, linked))
    if not _is_whole(d, other):
        return Change("unknown", "non précisé")
    return Change("new", "nouveau") if earlier else Change("out", "ne signe plus")


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


def gone_since(d: Description, contract: str, other: str) -> tuple[Change, ...]:
    """Return who signs `other`, comes before, and does not sign `contract`: both lists complete."""
    if other not in d.iris(contract, "cls:succeeds"):
        return ()
    here = signing_actors(d, contract)
    whole = _is_whole(d, contract) and _is_whole(d, other)
    left = sorted(signing_actors(d, other) - here)
    return tuple(
        Change("out", "ne signe plus", link_to(d, actor))
        for actor in left
        if whole and not _linked(d, actor, here, backwards=False)
    )
