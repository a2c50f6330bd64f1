"""The contracts that one may be held against: before and after it, of its département, region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.parameter import short_name
from contrats.vocabulary import expand
from contrats.web import address
from contrats.web.parts import Link, link_to
from contrats.web.stages import is_contract
from contrats.web.succession import later_contracts, start_year
from contrats.web.tongue import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Peer:
    """A contract, as the field of the comparison wants it."""

    value: str
    link: Link


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Contracts that have something in common with the one of the page."""

    name: str
    language: str | None
    peers: tuple[Peer, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """The contract before or after, the year in which it begins, where the two are compared."""

    earlier: bool
    year: int | None
    path: str


@dataclass(frozen=True, slots=True)
class Peers:
    """Whom to compare with: at once, or chosen from a list."""

    this: str
    action: str
    generations: tuple[Generation, ...]
    groups: tuple[PeerGroup, ...]


def peers_of(d: Description, contract: str) -> Peers:
    """Return the contracts that `contract` may be compared with; none stands in two groups."""
    before = d.iris(contract, "cls:succeeds")
    around = (*before, *later_contracts(d, contract))
    done = {contract}
    this, action = short_name(contract), address.local("/compare")
    groups = [_group(d, _("Même territoire"), None, around, done)]
    for name in ("cls:inDepartement", "cls:inRegion"):
        for place in d.iris(contract, name):
            found = d.statements.leading(place, expand(name))
            signed = (each for each in found if is_contract(d, each))
            link = link_to(d, place)
            groups.append(_group(d, link.text, link.language, signed, done))
    pairs = tuple(
        Generation(each in before, start_year(d, each), f"{action}?c={this}&c={short_name(each)}")
        for each in around
    )
    return Peers(this, action, pairs, tuple(group for group in groups if group.peers))


def _group(
    d: Description, name: str, language: str | None, found: Iterable[str], done: set[str]
) -> PeerGroup:
    """Return those of `found` that are not `done`, by name; they are done from now on."""
    fresh = [each for each in found if each not in done]
    done.update(fresh)
    peers = sorted((Peer(short_name(e), link_to(d, e)) for e in fresh), key=lambda p: p.link.text)
    return PeerGroup(name, language, tuple(peers))
