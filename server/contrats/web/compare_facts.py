"""The rest of a comparison, fact by fact: each contract's value with its source, or its silence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from contrats.web.evidence import evidence_of
from contrats.web.parts import Value, fact, node_value
from contrats.web.texts import Text
from contrats.web.tongue import _, mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.comparison.acts import Act
    from contrats.web.description import Description

_FACTS: Final = (
    ("cls:stage", mark("État de l’acte")),
    ("cls:signatureDate", mark("Signature")),
    ("cls:leadBody", mark("Porteur")),
    ("cls:hasCentralObjective", mark("Objectif central")),
    ("cls:hasDiagnosis", mark("Diagnostic")),
    ("cls:hasEvaluation", mark("Évaluation")),
    ("cls:hasRelatedFramework", mark("Plans et cadres locaux")),
    ("cls:legalBasis", mark("Droit en vigueur à la signature")),
)


@dataclass(frozen=True, slots=True)
class FactRow:
    """One property across the contracts; a contract without value states nothing of it."""

    name: str
    cells: tuple[tuple[Value, ...], ...]

    @property
    def differs(self) -> bool:
        """Tell whether the contracts do not all say the same."""
        return len({tuple(v.text for v in values) for values in self.cells}) > 1


def facts_of(d: Description, acts: Sequence[Act], *, gaps: bool) -> tuple[FactRow, ...]:
    """Return the rows of which at least one contract says something; with `gaps`, those apart."""
    rows = [
        *(
            FactRow(_(title), tuple(fact(d, act.iri, name, title).values for act in acts))
            for name, title in _FACTS
        ),
        FactRow(_("Projet régional"), tuple(_plans(d, act) for act in acts)),
    ]
    return tuple(row for row in rows if any(row.cells) and (row.differs or not gaps))


def _plans(d: Description, act: Act) -> tuple[Value, ...]:
    """Return the regional plans that the contract speaks of, and how."""
    found = []
    for node in d.iris(act.iri, "cls:hasPlanReference"):
        plan, kind = d.iri_of(node, "cls:refersToPlan"), d.iri_of(node, "cls:planLinkKind")
        notes = (Text(d.label(kind)),) if kind else ()
        written = d.text(node, "cls:nameInSource") or _("projet régional de santé")
        shown = node_value(d, plan, *notes) if plan else Value(written, notes=notes)
        found.append(replace(shown, evidence=evidence_of(d, node)))
    return tuple(found)
