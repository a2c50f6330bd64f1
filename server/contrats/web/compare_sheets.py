"""A comparison as tables, for a spreadsheet or a script: one a block, the same words as the page.

A cell of a matrix that states nothing is written where contracts stand side by side; of a set it is
left out, as nearly all are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contrats.comparison.matrix import State
from contrats.web.compare_cells import short_name
from contrats.web.evidence import evidence_of
from contrats.web.tongue import _, mark
from contrats.workbook import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.comparison.acts import Act, Size
    from contrats.comparison.comparison import Comparison
    from contrats.comparison.matrix import Matrix, MatrixRow, Mention
    from contrats.web.description import Description
    from contrats.workbook import Value

STATES = {
    State.PRESENT: mark("présent"),
    State.ABSENT: mark("absent"),
    State.UNKNOWN: mark("non précisé"),
}
_MARKS = {
    "": "",
    "deduced": mark("déduit du territoire"),
    "secondary": mark("thème secondaire"),
    "part": mark("sous-priorité"),
}


def sheets_of(d: Description, found: Comparison, *, few: bool) -> tuple[Sheet, ...]:
    """Return the blocks of the comparison."""
    matrices = (
        (_("Signataires"), found.signatures.bodies),
        (_("Types d’organismes"), found.signatures.types),
        (_("Autres rôles"), found.signatures.roles),
        (_("Thèmes"), found.subjects.themes),
        (_("Populations"), found.subjects.populations),
    )
    return (
        _acts(found),
        *(_matrix(d, found, name, matrix, few=few) for name, matrix in matrices),
        _plan(found),
        _generations(found),
    )


def _acts(found: Comparison) -> Sheet:
    header = (
        _("Contrat"), "IRI", _("Titre"), _("État"), _("Territoire"), _("Début"), _("Fin"),
        _("Signature"), _("Signataires connus"), _("Signataires annoncés"),
        _("Liste des signataires complète"), _("Priorités connues"), _("Priorités annoncées"),
        _("Liste des priorités complète"), _("Actions connues"), _("Actions annoncées"),
        _("Population des communes"),
    )  # fmt: skip
    return Sheet(_("Contrats"), header, tuple(_act(act) for act in found.acts))


def _act(act: Act) -> tuple[Value, ...]:
    return (
        short_name(act), act.iri, act.title, act.stage, act.place, act.start, act.end,
        act.signature, *_size(act.signatories), *_size(act.priorities), act.actions.known,
        act.actions.declared, act.population,
    )  # fmt: skip


def _size(size: Size) -> tuple[Value, ...]:
    said = {True: _("oui"), False: _("non"), None: None}[size.complete]
    return (size.known, size.declared, said)


def _matrix(d: Description, found: Comparison, name: str, matrix: Matrix, *, few: bool) -> Sheet:
    header = (
        _("Élément"), "IRI", _("Contrat"), _("IRI du contrat"), _("Connaissance"), _("Numéro"),
        _("Mots de la source"), _("Remarque"), _("Lu dans"),
    )  # fmt: skip
    rows = tuple(line for row in matrix.rows for line in _lines(d, found, row, few=few))
    return Sheet(name, header, rows)


def _lines(
    d: Description, found: Comparison, row: MatrixRow, *, few: bool
) -> Iterable[tuple[Value, ...]]:
    """Yield one line a mention, and one for each contract that has none."""
    name = " → ".join(d.label(thing) for thing in row.things)
    things = " ".join(row.things)
    for act, cell in zip(found.acts, row.cells, strict=True):
        head = (name, things, short_name(act), act.iri, _(STATES[cell.state]))
        for each in cell.mentions:
            remark = _(_MARKS[each.mark]) if each.mark else None
            yield (*head, each.number, each.words, remark, read_in(d, each))
        if not cell.mentions and (few or cell.state is State.ABSENT):
            yield (*head, None, None, None, None)


def read_in(d: Description, mention: Mention) -> str | None:
    """Return where a mention was read: "document, lines" for each place."""
    readings = evidence_of(d, mention.node).readings
    said = (f"{each.document}, {each.lines}" if each.lines else each.document for each in readings)
    return " | ".join(said) or None


def _plan(found: Comparison) -> Sheet:
    header = (
        _("Contrat"), _("IRI du contrat"), _("Numéro"), _("Priorité"), _("IRI de la priorité"),
        _("Relation"), _("Élément"), _("IRI de l’élément"), _("Cherché dans"), _("Confiance"),
        _("Anachronique"),
    )  # fmt: skip
    names = {act.iri: short_name(act) for act in found.acts}
    rows = tuple(
        (
            names[each.contract], each.contract, each.number, each.title, each.priority,
            each.relation, each.item_title, each.item, each.origin, each.confidence,
            _("oui") if each.anachronistic else None,
        )
        for each in found.coverage.alignments
    )  # fmt: skip
    return Sheet(_("Projet régional"), header, rows)


def _generations(found: Comparison) -> Sheet:
    header = (
        _("Ensemble"), _("Contrat précédent"), _("Contrat"), _("Devenir"), _("Avant"), _("Après"),
        _("Relation"), _("Confiance"),
    )  # fmt: skip
    turns = (
        (_("Signataires"), g.earlier, g.later, t.change, t.former, t.actor, None, None)
        for g in found.generations
        for t in g.turns
    )
    links = (
        (
            _("Priorités"), g.earlier, g.later, each.change,
            each.earlier.title if each.earlier else None, each.later.title if each.later else None,
            each.relation, each.confidence,
        )
        for g in found.generations
        for each in g.continuations
    )  # fmt: skip
    return Sheet(_("Suite"), header, (*turns, *links))
