"""The list of bodies, by type, with how many contracts each signed, at least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.search import stem
from contrats.vocabulary import expand
from contrats.web.backing import question
from contrats.web.description import Description
from contrats.web.parts import Link, link_to
from contrats.web.site import this_site
from contrats.web.stages import is_contract

if TYPE_CHECKING:
    from contrats.web.behind import Behind

_CLASS: Final = "org:FormalOrganization"


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One body: how many signed contracts bear its signature; whether preparatory acts do."""

    link: Link
    contracts: int
    acts: bool
    behind: Behind


@dataclass(frozen=True, slots=True)
class Group:
    """The bodies of one type; the anchor is for links within the page."""

    type: Link
    anchor: str
    rows: tuple[ActorRow, ...]
    contracts: int
    """Signed contracts that one of them signs."""
    bodies_behind: Behind
    contracts_behind: Behind


def actor_groups() -> tuple[Group, ...]:
    """Return every body under its type, by name, accents not counting."""
    d = Description("", this_site().statements)
    bodies: dict[str, list[str]] = {}
    for actor in d.statements.leading(expand(_CLASS), expand("rdf:type")):
        bodies.setdefault(d.iri_of(actor, "org:classification") or "", []).append(actor)
    found = [_group(d, kind, each) for kind, each in bodies.items() if kind]
    return tuple(sorted(found, key=lambda group: stem(group.type.text)))


def actor_rows(d: Description, actors: list[str]) -> tuple[ActorRow, ...]:
    """Return a row for each of `actors`, by name, accents not counting."""
    rows = (_row(d, actor) for actor in actors)
    return tuple(sorted(rows, key=lambda each: (stem(each.link.text), each.link.iri)))


def signed_by(d: Description, actor: str) -> tuple[str, ...]:
    """Return the signed contracts that `actor` is known to sign."""
    return tuple(act for act in d.iris(actor, "cls:signs") if is_contract(d, act))


def _group(d: Description, kind: str, actors: list[str]) -> Group:
    contracts = {contract for actor in actors for contract in signed_by(d, actor)}
    return Group(
        link_to(d, kind),
        kind.rpartition("/")[2],
        actor_rows(d, actors),
        len(contracts),
        question("bodies", type=kind),
        question("contracts-by-signatory-type", type=kind),
    )


def _row(d: Description, actor: str) -> ActorRow:
    acts, contracts = d.iris(actor, "cls:signs"), signed_by(d, actor)
    return ActorRow(
        link_to(d, actor),
        len(contracts),
        len(acts) > len(contracts),
        question("contracts-of-an-actor", actor=actor),
    )
