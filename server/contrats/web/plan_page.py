"""The page of a regional plan, document or item: which contracts answer it, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.backing import about, question, text_question
from contrats.web.behind import saved
from contrats.web.evidence import Evidence, evidence_for, evidence_of
from contrats.web.frame import PlanReference, reference_of
from contrats.web.parts import Fact, Link, fact, link_to
from contrats.web.plan_items import Item, item_of, items_within, parts_of_plan, unmet
from contrats.web.stages import stage_name
from contrats.web.tongue import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.web.behind import Behind
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Announced:
    """How many items of a kind a source announces, and how many are known by their title."""

    kind: str
    document: Link
    declared: str | None
    known: int
    missing: int | None
    note: str | None
    evidence: Evidence
    behind: Behind


@dataclass(frozen=True, slots=True)
class Mention:
    """A contract that speaks of the plan: in which ways, and whether it is said to implement it."""

    contract: Link
    stage: str | None
    references: tuple[PlanReference, ...]
    implements: Evidence | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What the template shows of a plan, a document or an item."""

    this: Item
    kind: str
    """"project", "document" or "item"."""
    identity: tuple[Fact, ...]
    above: tuple[Link, ...]
    items: tuple[Item, ...]
    unmet: tuple[Item, ...]
    documents: tuple[Item, ...]
    announced: tuple[Announced, ...]
    mentions: tuple[Mention, ...]
    counted: bool
    """Whether a query gives the number of items without contract: those of a project."""
    behind: Mapping[str, Behind]


def plan_page(d: Description) -> PlanPage:
    """Return the page of the plan, document or item that `d` describes."""
    plan = d.iri
    items = items_within(d, plan)
    documents = tuple(p for p in parts_of_plan(d, plan) if not d.is_a(p, "cls:PlanItem"))
    projects = d.iris(plan, "dcterms:isPartOf")
    kind = _kind(d, plan)
    return PlanPage(
        item_of(d, plan),
        kind,
        _identity(d, plan),
        tuple(link_to(d, p) for p in projects),
        items,
        unmet(items),
        tuple(item_of(d, p) for p in documents),
        tuple(each for part in (plan, *documents) for each in _announced(d, part)),
        mentions_of(d, plan),
        kind == "project" or bool(projects),
        _behind(plan, kind),
    )


def mentions_of(d: Description, plan: str) -> tuple[Mention, ...]:
    """Return the contracts that refer to `plan` or implement it, by name."""
    found: dict[str, list[PlanReference]] = {
        c: [] for c in d.leading_to(plan, "cls:implementsPlan")
    }
    for node in d.leading_to(plan, "cls:refersToPlan"):
        for contract in d.leading_to(node, "cls:hasPlanReference"):
            found.setdefault(contract, []).append(reference_of(d, node))
    rows = [
        Mention(link_to(d, c), stage_name(d, c), tuple(each), _implementing(d, c, plan))
        for c, each in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.contract.text, row.contract.iri)))


def _kind(d: Description, plan: str) -> str:
    if d.is_a(plan, "cls:PlanItem"):
        return "item"
    return "project" if d.is_a(plan, "cls:RegionalHealthProject") else "document"


def _behind(plan: str, kind: str) -> dict[str, Behind]:
    """Return what stands behind each block: saved questions are about projects."""
    if kind == "project":
        without = question("plan-items-without-contract", plan=plan)
        aligned = question("plan-items-and-contracts", plan=plan)
        contracts = question("contracts-of-a-plan", plan=plan)
    else:
        name = "document" if kind == "document" else "item"
        without = text_question("plan-items-without-contract", **{name: plan})
        aligned = text_question("plan-items-and-contracts", item=plan)
        contracts = text_question("contracts-of-a-plan", plan=plan)
    titles = saved("plan-items-without-title")
    return {
        "about": about(plan), "without": without, "aligned": aligned, "contracts": contracts,
        "titles": titles,
    }  # fmt: skip


def _identity(d: Description, plan: str) -> tuple[Fact, ...]:
    """Return what is known of the plan itself; items have neither period nor publisher."""
    rows = [
        ("cls:itemKind", _("Nature")),
        ("dcterms:temporal", _("Période")),
        ("dcterms:issued", _("Adoption")),
        ("dcterms:publisher", _("Adopté par")),
        ("cls:labelIsOfficial", _("Intitulé officiel")),
        ("cls:confidenceLevel", _("Confiance dans le libellé")),
        ("skos:note", _("Note")),
    ]
    needed = set() if d.is_a(plan, "cls:PlanItem") else {"dcterms:temporal", "dcterms:issued"}
    return tuple(
        fact(d, plan, name, title) for name, title in rows if name in needed or d.values(plan, name)
    )


def _announced(d: Description, thing: str) -> tuple[Announced, ...]:
    """Return the counts that a source gives of the parts of `thing`, those with all titles too."""
    return tuple(_count(d, thing, node) for node in d.leading_to(thing, "cls:countOf"))


def _count(d: Description, thing: str, node: str) -> Announced:
    kind = d.iri_of(node, "cls:itemKind") or ""
    parts = d.leading_to(thing, "dcterms:isPartOf")
    if kind.endswith("/document"):
        known = sum(d.is_a(p, "cls:PlanDocument") for p in parts)
    else:
        known = sum(d.iri_of(p, "cls:itemKind") == kind for p in parts)
    declared = d.text(node, "cls:declaredItemCount")
    return Announced(
        d.label(kind) if kind else "",
        link_to(d, thing),
        declared,
        known,
        int(declared) - known if declared else None,
        d.text(node, "skos:note"),
        evidence_of(d, node),
        question("plan-items-without-title", document=thing, itemKind=kind),
    )


def _implementing(d: Description, contract: str, plan: str) -> Evidence | None:
    """Return where it was read that `contract` implements `plan`, None when no source says it."""
    values = d.values(contract, "cls:implementsPlan")
    term = next((v for v in values if v.value == plan), None)
    return evidence_for(d, contract, "cls:implementsPlan", term) if term is not None else None
