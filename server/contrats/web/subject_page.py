"""The page of a theme or a population: contracts, priorities, where, when, what goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.parameter import short_name
from contrats.search import stem
from contrats.web.alignment import Pair, pairs_of, to_plans
from contrats.web.backing import about, listed, question
from contrats.web.behind import saved
from contrats.web.dates import span
from contrats.web.parts import Fact, Link, fact, link_to
from contrats.web.stages import is_contract, stage_name
from contrats.web.subject_counts import Count, by_region, by_year, with_others
from contrats.web.subject_table import THEMES, Kind, contracts_with
from contrats.web.tongue import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contrats.web.behind import Behind
    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Wording:
    """One priority in the contract's own words, and what else the editors find in it."""

    link: Link
    tags: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One contract or preparatory act, and its priorities on the subject."""

    link: Link
    stage: str | None
    period: str | None
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class PlanLink:
    """An item of a regional plan to which the subject, or a priority on it, is aligned."""

    source: Link | None
    pair: Pair


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """What the template shows of a theme or of a population."""

    facts: tuple[Fact, ...]
    mapped: tuple[Pair, ...]
    contracts: int
    priorities: int
    listed: str
    groups: tuple[tuple[Link, tuple[Act, ...]], ...]
    """The signed contracts by region."""
    preparatory: tuple[Act, ...]
    regions: tuple[Count, ...]
    years: tuple[Count, ...]
    others: tuple[Count, ...]
    """Populations of a theme, themes of a population: how many priorities are on both."""
    plans: tuple[PlanLink, ...]
    behind: Mapping[str, Behind]


def subject_page(d: Description, kind: Kind) -> SubjectPage:
    """Return the page of the subject of `kind` that `d` describes."""
    subject = d.iri
    priorities = d.leading_to(subject, kind.property)
    by_act: dict[str, list[str]] = {}
    for priority in priorities:
        for act in contracts_with(d, priority):
            by_act.setdefault(act, []).append(priority)
    acts = {act: _act(d, act, each, kind) for act, each in by_act.items()}
    signed = {act: each for act, each in acts.items() if is_contract(d, act)}
    pairs = pairs_of(d, subject)
    return SubjectPage(
        _facts(d, subject),
        tuple(p for p in pairs if p.other is None or p.other.external),
        len(signed),
        len({w.link.iri for act in signed.values() for w in act.wordings}),
        listed(**{kind.facet: short_name(subject)}),
        _by_region(d, signed),
        _in_order(act for iri, act in acts.items() if iri not in signed),
        by_region(d, kind, subject),
        by_year(d, subject),
        with_others(d, kind, subject, priorities),
        _plans(d, pairs, priorities),
        {
            "about": about(subject),
            "all": question("contracts-on-a-subject", subject=subject),
            "years": question("contracts-on-a-subject-by-year", subject=subject),
            "both": question("priorities-on-a-theme-for-a-population", **{kind.facet: subject}),
            "plans": saved("plan-items-and-contracts"),
            "pairs": question("theme-pairs", **({"theme": subject} if kind is THEMES else {})),
        },
    )


def _facts(d: Description, subject: str) -> tuple[Fact, ...]:
    """Return what the subject means, where it stands among others."""
    rows = [
        ("skos:definition", _("Définition")),
        ("skos:scopeNote", _("Portée")),
        ("skos:broader", _("Partie de")),
        ("skos:narrower", _("Comprend")),
        ("skos:altLabel", _("Mots des contrats")),
        ("cls:legalField", _("Champ de la loi")),
    ]
    return tuple(fact(d, subject, name, title) for name, title in rows if d.values(subject, name))


def _act(d: Description, act: str, priorities: list[str], kind: Kind) -> Act:
    period = d.iri_of(act, "dcterms:temporal") or ""
    return Act(
        link_to(d, act),
        stage_name(d, act),
        span(d.text(period, "dcat:startDate"), d.text(period, "dcat:endDate")),
        tuple(
            Wording(link_to(d, p), tuple(link_to(d, each) for each in d.iris(p, kind.other)))
            for p in d.in_order(priorities)
        ),
    )


def _by_region(d: Description, acts: Mapping[str, Act]) -> tuple[tuple[Link, tuple[Act, ...]], ...]:
    """Return `acts` under each region where they lie, by name."""
    found: dict[str, list[Act]] = {}
    for iri, act in acts.items():
        for region in d.iris(iri, "cls:inRegion"):
            found.setdefault(region, []).append(act)
    groups = ((link_to(d, region), _in_order(each)) for region, each in found.items())
    return tuple(sorted(groups, key=lambda group: stem(group[0].text)))


def _in_order(acts: Iterable[Act]) -> tuple[Act, ...]:
    return tuple(sorted(acts, key=lambda act: (stem(act.link.text), act.link.iri)))


def _plans(
    d: Description, pairs: tuple[Pair, ...], priorities: tuple[str, ...]
) -> tuple[PlanLink, ...]:
    """Return the items of regional plans that the subject or its priorities are aligned to."""
    found = [PlanLink(None, pair) for pair in to_plans(pairs) if pair.other]
    for priority in priorities:
        source = link_to(d, priority)
        found += [PlanLink(source, p) for p in to_plans(pairs_of(d, priority)) if p.other]
    return tuple(found)
