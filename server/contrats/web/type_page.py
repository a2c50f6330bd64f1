"""The page of a type of bodies: who is of it, how many contracts they sign, in which regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.search import stem
from contrats.web.actor_list import ActorRow, actor_rows, signed_by
from contrats.web.backing import about, question, region_question
from contrats.web.parts import Link, link_to

if TYPE_CHECKING:
    from contrats.web.behind import Behind
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region: contracts there that a body of the type signs, and those bodies, at least."""

    link: Link
    contracts: int
    bodies: int
    percent: float
    behind: Behind


@dataclass(frozen=True, slots=True)
class TypePage:
    """What the template shows of a type of bodies."""

    definition: str | None
    bodies: tuple[ActorRow, ...]
    contracts: int
    regions: tuple[RegionRow, ...]
    bodies_behind: Behind
    contracts_behind: Behind
    shares: Behind
    about: Behind


def type_page(d: Description) -> TypePage:
    """Return the page of the type that `d` describes."""
    kind = d.iri
    actors = list(d.leading_to(kind, "org:classification"))
    signed = {actor: signed_by(d, actor) for actor in actors}
    contracts = {contract for each in signed.values() for contract in each}
    return TypePage(
        d.text(kind, "skos:definition"),
        actor_rows(d, actors),
        len(contracts),
        _regions(d, kind, signed),
        question("bodies", type=kind),
        question("contracts-by-signatory-type", type=kind),
        question("signatory-types"),
        about(kind),
    )


def _regions(
    d: Description, kind: str, signed: dict[str, tuple[str, ...]]
) -> tuple[RegionRow, ...]:
    """Return the regions where bodies of the type sign, by name."""
    contracts: dict[str, set[str]] = {}
    bodies: dict[str, set[str]] = {}
    for actor, acts in signed.items():
        for act in acts:
            for region in d.iris(act, "cls:inRegion"):
                contracts.setdefault(region, set()).add(act)
                bodies.setdefault(region, set()).add(actor)
    most = max((len(each) for each in contracts.values()), default=1)
    rows = (
        RegionRow(
            link_to(d, region),
            len(acts),
            len(bodies[region]),
            round(100 * len(acts) / most, 1),
            region_question("contracts-by-signatory-type", region, type=kind),
        )
        for region, acts in contracts.items()
    )
    return tuple(sorted(rows, key=lambda each: stem(each.link.text)))
