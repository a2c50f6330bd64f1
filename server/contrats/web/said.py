"""What is said about the values of a contract: disagreements of sources, remarks, notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contrats.vocabulary import expand
from contrats.web.parts import Disagreement, Fact, Value, node_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Said:
    """Disagreements and claims about a contract or its period, by the property concerned."""

    disputed: Mapping[str, tuple[Disagreement, ...]]
    remarked: Mapping[str, tuple[Value, ...]]
    notes: tuple[Value, ...]
    """Claims about the contract as a whole."""

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Return every disagreement, each once."""
        found = (each for several in self.disputed.values() for each in several)
        return tuple(dict.fromkeys(found))

    def disagreements_on(self, *names: str) -> tuple[Disagreement, ...]:
        """Return the disagreements on any of the properties `names`."""
        return tuple(each for name in names for each in self.disputed.get(expand(name), ()))

    def remarks_on(self, *names: str) -> tuple[Value, ...]:
        """Return the claims that concern any of the properties `names`."""
        return tuple(each for name in names for each in self.remarked.get(expand(name), ()))

    def beside(self, fact: Fact, *names: str) -> Fact:
        """Return `fact` with what is said about the properties `names` that it shows."""
        return replace(
            fact, disagreements=self.disagreements_on(*names), remarks=self.remarks_on(*names)
        )


def said_of(d: Description, contract: str) -> Said:
    """Return what is said about `contract` and about its period."""
    subjects = (contract, *d.iris(contract, "dcterms:temporal"))
    disputed: dict[str, tuple[Disagreement, ...]] = {}
    remarked: dict[str, tuple[Value, ...]] = {}
    notes: list[Value] = []
    for node in (each for about in subjects for each in d.leading_to(about, "cls:about")):
        if d.is_a(node, "cls:Disagreement"):
            name = d.iri_of(node, "cls:disagreementOn") or ""
            disputed[name] = (*disputed.get(name, ()), _disagreement(d, node))
        elif d.leading_to(node, "cls:hasClaim"):
            continue
        elif concerned := d.iri_of(node, "cls:concerns"):
            remarked[concerned] = (*remarked.get(concerned, ()), node_value(d, node))
        else:
            notes.append(node_value(d, node))
    return Said(disputed, remarked, tuple(notes))


def _disagreement(d: Description, node: str) -> Disagreement:
    return Disagreement(
        d.label(node),
        d.text(node, "skos:note") or d.text(node, "rdfs:comment"),
        tuple(node_value(d, claim) for claim in d.iris(node, "cls:hasClaim")),
    )
