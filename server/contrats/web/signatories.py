"""Who takes part in a contract, and how that changed from one contract to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from contrats.web.contract_queries import contracts_of, turnover_of
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Link, link_to
from contrats.web.stages import is_contract
from contrats.web.succession import (
    SIGNING,
    Change,
    Since,
    change_of,
    earlier_contracts,
    gone_since,
    later_contracts,
    since_of,
    start_year,
)
from contrats.web.words import capital, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.web.behind import Behind
    from contrats.web.description import Description

_FIGURES: Final = {"same": "stay", "successor": "succeed", "new": "enter", "out": "leave"}
"""The column of the turnover where the number of each kind of change stands."""


@dataclass(frozen=True, slots=True)
class Member:
    """One body in one role."""

    actor: Link
    type: Link | None
    role: str
    role_name: str
    name_in_source: str | None
    basis: str | None
    """How the body was identified, None when its name in the source is enough."""
    evidence: Evidence
    signs: int
    """How many contracts it signs, as far as they are known."""
    signs_behind: Behind
    also: tuple[Member, ...] = ()
    """The other roles of the same body in the same contract."""
    change: Change | None = None
    since: Since | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """How many signatories changed in one way; `of` is the column that holds the number."""

    kind: str
    count: int
    words: str
    of: str


@dataclass(frozen=True, slots=True)
class Signatories:
    """The signatories of a contract and the others who take part."""

    members: tuple[Member, ...]
    others: tuple[tuple[str, tuple[Member, ...]], ...]
    """Those who take part without signing, by the name of their role."""
    complete: bool
    declared: int | None
    other: Link | None
    """The contract to which these are compared: the one before, else the one after."""
    earlier: bool
    year: int | None
    """In which the other contract begins."""
    turns: tuple[Turn, ...]
    incomparable: bool
    """Whether some cannot be compared, since the other list is partial."""
    turnover: Behind | None
    gone: tuple[Link, ...]


def signatories_of(d: Description, contract: str) -> Signatories:
    """Return who takes part in `contract`, compared with the contract before it, else after it."""
    before = earlier_contracts(d, contract)
    other = next(iter(before or later_contracts(d, contract)), None)
    members, others = [], []
    for roles in _by_body(d, contract):
        signing = [m for m in roles if m.role in SIGNING]
        if not signing:
            others += roles
            continue
        actor = signing[0].actor.iri
        members.append(
            replace(
                signing[0],
                also=tuple(m for m in roles if m.role not in SIGNING),
                change=change_of(d, actor, contract, other) if other else None,
                since=since_of(d, actor, contract, before),
            )
        )
    return Signatories(
        tuple(members),
        _by_role(others),
        d.true(contract, "cls:signatoryListComplete"),
        d.number(contract, "cls:declaredSignatoryCount"),
        link_to(d, other) if other else None,
        bool(before),
        start_year(d, other) if other else None,
        _turns(members, earlier=bool(before)),
        any(m.change and m.change.kind == "unknown" for m in members),
        turnover_of(contract if before else other) if other else None,
        gone_since(d, contract, other) if other else (),
    )


def _by_body(d: Description, contract: str) -> Iterable[list[Member]]:
    """Return who takes part, by body, in the order of the source."""
    found: dict[str, list[Member]] = {}
    for node in d.iris(contract, "cv:hasParticipation"):
        member = _member(d, node)
        if member is not None:
            found.setdefault(member.actor.iri, []).append(member)
    return found.values()


def _by_role(members: Iterable[Member]) -> tuple[tuple[str, tuple[Member, ...]], ...]:
    """Return `members` by the name of their role, in the order in which the roles occur."""
    found: dict[str, list[Member]] = {}
    for member in members:
        found.setdefault(member.role_name, []).append(member)
    return tuple((name, tuple(each)) for name, each in found.items())


def _member(d: Description, node: str) -> Member | None:
    """Return the participation `node`, None when it names no body or no role."""
    actor, role = d.iri_of(node, "cv:hasParticipant"), d.iri_of(node, "cv:role")
    if actor is None or role is None:
        return None
    kind, basis = d.iri_of(actor, "org:classification"), d.iri_of(node, "cls:identificationBasis")
    written = d.text(node, "cls:nameInSource")
    return Member(
        link_to(d, actor),
        link_to(d, kind) if kind else None,
        role.rpartition("/")[2],
        d.label(role),
        written if written != d.label(actor) else None,
        d.label(basis) if basis and not basis.endswith("/stated") else None,
        evidence_of(d, node),
        sum(is_contract(d, signed.value) for signed in d.values(actor, "cls:signs")),
        contracts_of(actor),
    )


def _turns(members: Iterable[Member], *, earlier: bool) -> tuple[Turn, ...]:
    """Return how many changed in each way that can be told, in words that begin a sentence."""
    counts = dict.fromkeys(_FIGURES, 0)
    for member in members:
        if member.change and member.change.kind in counts:
            counts[member.change.kind] += 1
    found = [(kind, count) for kind, count in counts.items() if count]
    return tuple(
        Turn(
            kind,
            count,
            capital(number(count)) if place == 0 else number(count),
            "replaced" if kind == "successor" and not earlier else _FIGURES[kind],
        )
        for place, (kind, count) in enumerate(found)
    )


def acts_of(d: Description, participation: str) -> tuple[str, ...]:
    """Return the contracts and evaluations that `participation` is part of."""
    return d.leading_to(participation, "cv:hasParticipation")
