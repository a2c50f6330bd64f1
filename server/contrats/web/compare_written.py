"""A comparison in the forms for programs: CSV, XLSX, JSON and Turtle."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.comparison.matrix import State
from contrats.comparison.rested import rests_on
from contrats.web import address
from contrats.web.compare_sheets import sheets_of
from contrats.web.description import Description
from contrats.web.evidence import evidence_of
from contrats.web.media import CSV, TABLES, TURTLE, XLSX
from contrats.web.site import this_site
from contrats.web.spreadsheet import write_csv
from contrats.workbook import write_workbook
from contrats.writing import write_graph

if TYPE_CHECKING:
    from contrats.comparison.acts import Act, Size
    from contrats.comparison.comparison import Comparison
    from contrats.comparison.generations import Generation, PriorityRef
    from contrats.comparison.matrix import Cell, Matrix, Mention
    from contrats.comparison.plans import Alignment
    from contrats.web.compare_choice import Choice
    from contrats.web.media import Variant

FORMS = TABLES
Json = dict[str, object]


def write(variant: Variant, found: Comparison, choice: Choice) -> bytes | str:
    """Return the comparison in the form `variant`."""
    site = this_site()
    d = Description(found.acts[0].iri, site.statements)
    if variant is TURTLE:
        return write_graph(rests_on(found, site.statements), ox.RdfFormat.TURTLE)
    if variant in {CSV, XLSX}:
        sheets = sheets_of(d, found, few=choice.few)
        if variant is CSV:
            return write_csv(sheets)
        made = datetime.fromisoformat(site.release.issued).replace(tzinfo=UTC)
        return write_workbook(sheets, "Comparaison de contrats locaux de santé", made)
    return json.dumps(_described(d, found, choice), ensure_ascii=False, indent=1) + "\n"


def _described(d: Description, found: Comparison, choice: Choice) -> Json:
    """Return the comparison as JSON; `docs/decisions/0014-comparison.md` says what each part is."""
    return {
        "comparison": address.public(f"/compare?{choice.query()}"),
        "release": this_site().release.identifier,
        "data": this_site().release.issued,
        "contracts": [_act(act) for act in found.acts],
        "signatories": _matrix(d, found, found.signatures.bodies),
        "signatoryTypes": _matrix(d, found, found.signatures.types),
        "otherRoles": _matrix(d, found, found.signatures.roles),
        "themes": _matrix(d, found, found.subjects.themes),
        "populations": _matrix(d, found, found.subjects.populations),
        "plan": {
            "examined": [
                act.iri
                for act, known in zip(found.acts, found.coverage.examined, strict=True)
                if known
            ],
            "alignments": [_alignment(each) for each in found.coverage.alignments],
        },
        "generations": [_generation(each) for each in found.generations],
    }


def _act(act: Act) -> Json:
    return {
        "iri": act.iri,
        "name": act.name,
        "title": act.title,
        "stage": act.stage,
        "territory": act.territory,
        "place": act.place,
        "start": act.start,
        "end": act.end,
        "signature": act.signature,
        "generation": act.generation,
        "succeeds": act.previous,
        "signatories": _size(act.signatories),
        "priorities": _size(act.priorities),
        "actions": _size(act.actions),
        "population": act.population,
        "wording": act.wording,
    }


def _size(size: Size) -> Json:
    return {"known": size.known, "declared": size.declared, "complete": size.complete}


def _matrix(d: Description, found: Comparison, matrix: Matrix) -> Json:
    acts = found.acts
    return {
        "whole": {act.iri: whole for act, whole in zip(acts, matrix.whole, strict=True)},
        "rows": [
            {
                "things": [
                    {"iri": iri, "name": name}
                    for iri, name in zip(row.things, row.names, strict=True)
                ],
                "cells": [
                    _cell(d, act.iri, cell)
                    for act, cell in zip(acts, row.cells, strict=True)
                    if cell.state is not State.UNKNOWN
                ],
            }
            for row in matrix.rows
        ],
    }


def _cell(d: Description, contract: str, cell: Cell) -> Json:
    mentions = [_mention(d, each) for each in cell.mentions]
    return {"contract": contract, "state": cell.state.value} | (
        {"mentions": mentions} if mentions else {}
    )


def _mention(d: Description, each: Mention) -> Json:
    said: Json = {
        "words": each.words,
        "thing": each.thing,
        "node": each.node,
        "number": each.number,
        "mark": each.mark or None,
    }
    readings = evidence_of(d, each.node).readings
    sources = [{"document": r.document, "lines": r.lines, "url": r.url} for r in readings]
    return {name: value for name, value in said.items() if value is not None} | {"sources": sources}


def _alignment(each: Alignment) -> Json:
    return {
        "contract": each.contract,
        "priority": each.priority,
        "relation": each.relation,
        "item": each.item,
        "lookedForIn": each.origin,
        "plan": each.plan,
        "confidence": float(each.confidence) if each.confidence else None,
        "anachronistic": each.anachronistic,
        "node": each.node,
    }


def _generation(each: Generation) -> Json:
    return {
        "earlier": each.earlier,
        "later": each.later,
        "signatories": [
            {"change": turn.change, "body": turn.actor, "former": turn.former}
            for turn in each.turns
        ],
        "priorities": [
            {
                "change": step.change,
                "earlier": _ref(step.earlier),
                "later": _ref(step.later),
                "relation": step.relation,
                "confidence": float(step.confidence) if step.confidence else None,
            }
            for step in each.continuations
        ],
    }


def _ref(ref: PriorityRef | None) -> str | None:
    return ref.iri if ref else None
