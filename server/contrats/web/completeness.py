"""How much of each list of a contract is known: at least so many, all of them, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.evidence import Evidence, evidence_for
from contrats.web.tongue import _

if TYPE_CHECKING:
    from contrats.web.description import Description
    from contrats.web.priorities import Priorities
    from contrats.web.signatories import Signatories


@dataclass(frozen=True, slots=True)
class Known:
    """One list: how many are known, of how many, whether that is all; `of` names the number."""

    name: str
    of: str
    count: int | None
    declared: int | None = None
    complete: bool | None = None
    """None where nothing tells whether the list is whole."""
    evidence: Evidence | None = None


def known_of(
    d: Description, contract: str, signatories: Signatories, priorities: Priorities
) -> tuple[Known, ...]:
    """Return how much of each list of `contract` is known."""

    def counted(name: str, title: str, of: str, declared: int | None = None) -> Known:
        return Known(title, of, len(d.values(contract, name)) or None, declared)

    return (
        Known(
            _("Signataires"), "signatories", len(signatories.members) or None,
            signatories.declared, signatories.complete,
            evidence_for(d, contract, "cls:signatoryListComplete"),
        ),
        Known(
            _("Priorités"), "priorities", priorities.count or None,
            priorities.declared, priorities.complete,
            evidence_for(d, contract, "cls:priorityListComplete"),
        ),
        counted(
            "cls:hasAction", _("Actions"), "actions", d.number(contract, "cls:declaredActionCount")
        ),
        counted("cls:hasObjective", _("Objectifs"), "objectives"),
        counted("cls:hasPrinciple", _("Principes"), "principles"),
        counted("cls:hasKeyElement", _("Éléments clés"), "keyElements"),
        counted("cls:hasEvaluation", _("Évaluations"), "evaluations"),
    )  # fmt: skip
