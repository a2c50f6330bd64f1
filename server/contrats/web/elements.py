"""What a contract says of itself besides its priorities: principles, key elements, objectives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Fact, Link, fact, link_to
from contrats.web.texts import Text, text_of
from contrats.web.tongue import _

if TYPE_CHECKING:
    from contrats.web.description import Description

_DEPTH: Final = 6


@dataclass(frozen=True, slots=True)
class Item:
    """A named item of the source, with its parts."""

    link: Link
    note: Text | None
    evidence: Evidence
    target: bool
    """A group of people rather than a thing to do."""
    parts: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Elements:
    """The lists of a contract that are no priorities."""

    central: Fact
    objectives: tuple[Item, ...]
    principles: tuple[Item, ...]
    key_elements: tuple[Item, ...]

    @property
    def known(self) -> bool:
        """Tell whether any source says anything of them."""
        return bool(self.central.values or self.objectives or self.principles or self.key_elements)


def elements_of(d: Description, contract: str) -> Elements:
    """Return the objectives, principles and key elements of `contract`, in the source's order."""
    return Elements(
        fact(d, contract, "cls:hasCentralObjective", _("Objectif central")),
        tuple(item_of(d, i) for i in d.iris(contract, "cls:hasObjective")),
        tuple(item_of(d, i) for i in d.iris(contract, "cls:hasPrinciple")),
        tuple(item_of(d, i) for i in d.iris(contract, "cls:hasKeyElement")),
    )


def item_of(d: Description, iri: str, depth: int = _DEPTH) -> Item:
    """Return `iri` with its parts, to `depth` levels: data with a loop must not hang a page."""
    parts = d.iris(iri, "skos:narrower") if depth else ()
    return Item(
        link_to(d, iri),
        text_of(d.literal(iri, "skos:scopeNote") or d.literal(iri, "skos:note")),
        evidence_of(d, iri),
        d.is_a(iri, "cls:TargetGroup"),
        tuple(item_of(d, part, depth - 1) for part in parts),
    )
