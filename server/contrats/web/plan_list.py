"""The regional plans by region, with what no known contract answers and who refers to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.search import stem
from contrats.vocabulary import expand
from contrats.web.backing import question
from contrats.web.dates import in_words, span
from contrats.web.description import Description
from contrats.web.parts import Link, link_to
from contrats.web.plan_items import items_within, unmet
from contrats.web.plan_page import mentions_of
from contrats.web.site import this_site

if TYPE_CHECKING:
    from contrats.web.behind import Behind


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One regional project."""

    link: Link
    publisher: Link | None
    period: str | None
    adopted: str | None
    items: int
    """Items known by their title."""
    unmet: int
    contracts: int
    unmet_behind: Behind
    contracts_behind: Behind


@dataclass(frozen=True, slots=True)
class PlanList:
    """The projects under their region, None where it is not known; documents of no project."""

    groups: tuple[tuple[Link | None, tuple[PlanRow, ...]], ...]
    documents: tuple[Link, ...]
    unmet: Behind


def plan_list() -> PlanList:
    """Return all regional projects."""
    d = Description("", this_site().statements)
    groups: dict[str, list[PlanRow]] = {}
    for plan in d.statements.leading(expand("cls:RegionalHealthProject"), expand("rdf:type")):
        groups.setdefault(_region(d, plan) or "", []).append(_row(d, plan))
    named = [(link_to(d, r) if r else None, tuple(each)) for r, each in groups.items()]
    named.sort(key=lambda group: (group[0] is None, stem(group[0].text) if group[0] else []))
    documents = d.statements.leading(expand("cls:PlanDocument"), expand("rdf:type"))
    return PlanList(
        tuple(named),
        tuple(link_to(d, each) for each in documents if not d.iris(each, "dcterms:isPartOf")),
        question("plan-items-without-contract"),
    )


def _row(d: Description, plan: str) -> PlanRow:
    publisher, issued = d.iri_of(plan, "dcterms:publisher"), d.text(plan, "dcterms:issued")
    period = d.iri_of(plan, "dcterms:temporal") or ""
    items = items_within(d, plan)
    return PlanRow(
        link_to(d, plan),
        link_to(d, publisher) if publisher else None,
        span(d.text(period, "dcat:startDate"), d.text(period, "dcat:endDate")),
        in_words(issued) if issued else None,
        len(items),
        len(unmet(items)),
        len(mentions_of(d, plan)),
        question("plan-items-without-contract", plan=plan),
        question("contracts-of-a-plan", plan=plan),
    )


def _region(d: Description, plan: str) -> str | None:
    """Return the region of the agency that adopted `plan`, or of the one that it became."""
    for publisher in d.iris(plan, "dcterms:publisher"):
        agencies = [publisher]
        for event in d.leading_to(publisher, "org:originalOrganization"):
            agencies += d.iris(event, "org:resultingOrganization")
        found = next((place for a in agencies if (place := d.iri_of(a, "dcterms:spatial"))), None)
        if found:
            return found
    return None
