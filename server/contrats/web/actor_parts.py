"""What a body does in contracts and evaluations: it signs, steers, supports; with bars of years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from contrats.web.backing import question
from contrats.web.dates import as_year, in_words, span
from contrats.web.evidence import Evidence, evidence_for, evidence_of
from contrats.web.parts import Link, link_to
from contrats.web.signatories import acts_of
from contrats.web.stages import is_contract, stage_name
from contrats.web.succession import SIGNING, signing_actors
from contrats.web.tongue import _, mark

if TYPE_CHECKING:
    from contrats.web.behind import Behind
    from contrats.web.description import Description

_VERBS: Final = {
    "signatory": mark("signe un acte préparatoire"),
    "associated-signatory": mark("signe un acte préparatoire"),
    "new-signatory": mark("signe un acte préparatoire"),
    "announced-signatory": mark("est annoncé comme signataire"),
    "pilot": mark("pilote"),
    "co-pilot": mark("copilote"),
    "support": mark("soutient"),
    "partner": mark("est partenaire"),
    "evaluator": mark("évalue"),
    "present": mark("assiste à la signature"),
}
"""What a body does, by its role in an act; a contract that it signs is told apart."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The years of a contract on an axis that all rows share, in percent."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Part:
    """What the body does in one contract or evaluation."""

    act: Link
    stage: str | None
    """The stage of an act that is no signed contract."""
    is_act: bool
    """Told apart from an evaluation, which has neither period nor signature."""
    verb: str
    role: str
    signs: bool
    dates: tuple[str | None, str | None]
    period: str | None
    signature: str | None
    name_in_source: str | None
    basis: str | None
    signatories: int
    complete: bool
    evidence: Evidence
    behind: Behind
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Steered:
    """A contract that the body leads, pilots or co-pilots, and where that was read."""

    act: Link
    stage: str | None
    ways: tuple[tuple[str, Evidence], ...]


def parts_of(d: Description, actor: str) -> tuple[Part, ...]:
    """Return all that is stated of what `actor` does, by the beginning of the contract."""
    found = [
        _part(d, node, act)
        for node in d.leading_to(actor, "cv:hasParticipant")
        for act in acts_of(d, node)
    ]
    return tuple(sorted(found, key=lambda p: (p.dates[0] or "9", p.act.text, p.role)))


def steered_by(d: Description, actor: str) -> tuple[Steered, ...]:
    """Return the contracts that `actor` leads, pilots or co-pilots, by name."""
    ways: dict[str, list[tuple[str, Evidence]]] = {}
    for act in d.leading_to(actor, "cls:leadBody"):
        term = next(v for v in d.values(act, "cls:leadBody") if v.value == actor)
        evidence = evidence_for(d, act, "cls:leadBody", term)
        ways.setdefault(act, []).append((_("porte"), evidence))
    for node in d.leading_to(actor, "cv:hasParticipant"):
        role = (d.iri_of(node, "cv:role") or "").rpartition("/")[2]
        if role in {"pilot", "co-pilot"}:
            for act in acts_of(d, node):
                ways.setdefault(act, []).append((_(_VERBS[role]), evidence_of(d, node)))
    found = [Steered(link_to(d, a), stage_name(d, a), tuple(each)) for a, each in ways.items()]
    return tuple(sorted(found, key=lambda each: (each.act.text, each.act.iri)))


def with_bars(parts: tuple[Part, ...]) -> tuple[tuple[Part, ...], tuple[int, int] | None]:
    """Return `parts` with a bar where both ends are known, and the years that the bars run over."""
    ends = {p: _ends(p) for p in parts}
    known = [each for each in ends.values() if each]
    if not known:
        return parts, None
    first, last = int(min(a for a, _b in known)), int(-(-max(b for _a, b in known) // 1))
    return tuple(replace(p, bar=_bar(ends[p], first, last)) for p in parts), (first, last - 1)


def _ends(part: Part) -> tuple[float, float] | None:
    """Return where the period of `part` begins and ends, None when one of both is not known."""
    start, end = part.dates
    if not start or not end:
        return None
    first, last = as_year(start), as_year(end, end=True)
    return (first, last) if first is not None and last is not None else None


def _bar(ends: tuple[float, float] | None, first: int, last: int) -> Bar | None:
    if ends is None:
        return None
    scale = 100 / (last - first)
    return Bar(round((ends[0] - first) * scale, 1), round((ends[1] - ends[0]) * scale, 1))


def _part(d: Description, node: str, act: str) -> Part:
    role, basis = d.iri_of(node, "cv:role"), d.iri_of(node, "cls:identificationBasis")
    named = (role or "").rpartition("/")[2]
    period = d.iri_of(act, "dcterms:temporal") or ""
    dates = (d.text(period, "dcat:startDate"), d.text(period, "dcat:endDate"))
    signature = d.text(act, "cls:signatureDate")
    return Part(
        link_to(d, act),
        stage_name(d, act),
        d.is_a(act, "cls:LocalHealthContract"),
        _(_VERBS[named]) if named in _VERBS else d.label(role or ""),
        d.label(role) if role else "",
        named in SIGNING and is_contract(d, act),
        dates,
        span(*dates),
        in_words(signature) if signature else None,
        d.text(node, "cls:nameInSource"),
        d.label(basis) if basis and not basis.endswith("/stated") else None,
        len(signing_actors(d, act)),
        d.true(act, "cls:signatoryListComplete"),
        evidence_of(d, node),
        question("signatories", contract=act),
    )
