"""Who takes part in a contract, and how that changed from one contract to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.web.description import expand
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Link, link_to
from contrats.web.succession import SIGNING, Change, change_of, gone_since, neighbour
from contrats.web.words import capital, number, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contrats.web.description import Description


@dataclass(frozen=True, slots=True)
class Member:
    """One body in one role."""

    actor: Link
    type: Link | None
    role: str
    name_in_source: str | None
    basis: str | None
    """How the body was identified, None when its name in the source is enough."""
    evidence: Evidence
    also: tuple[Member, ...] = ()
    """The other roles of the same body in the same contract."""
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Signatories:
    """The signatories of a contract and the others who take part."""

    members: tuple[Member, ...]
    others: tuple[Member, ...]
    complete: bool
    declared: int | None
    other: Link | None
    """The contract to which these are compared: the one before, else the one after."""
    heading: str
    summary: str | None
    gone: tuple[Change, ...]


def signatories_of(d: Description, contract: str) -> Signatories:
    """Return who takes part in `contract`, compared with the contract before it, else after it."""
    by_role: dict[str, list[Member]] = {}
    for node in d.iris(contract, "cv:hasParticipation"):
        member = _member(d, node)
        if member is not None:
            by_role.setdefault(member.actor.iri, []).append(member)
    earlier, other = neighbour(d, contract)
    members, others = [], []
    for roles in by_role.values():
        signing = [m for m in roles if m.role in SIGNING]
        if signing:
            also = tuple(m for m in roles if m.role not in SIGNING)
            change = change_of(d, signing[0].actor.iri, contract, other) if other else None
            members.append(_with(signing[0], also, change))
        else:
            others += roles
    gone = gone_since(d, contract, other) if other else ()
    year = d.text(d.iri_of(other, "dcterms:temporal") or "", "dcat:startDate") if other else None
    return Signatories(
        tuple(members),
        tuple(others),
        d.true(contract, "cls:signatoryListComplete"),
        d.number(contract, "cls:declaredSignatoryCount"),
        link_to(d, other) if other else None,
        f"Dans le contrat {'précédent' if earlier else 'suivant'}" + (f" ({year})" if year else ""),
        _summary(members, earlier=earlier) if other else None,
        gone,
    )


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
        written if written != d.label(actor) else None,
        d.label(basis) if basis and not basis.endswith("/stated") else None,
        evidence_of(d, node),
    )


def _with(member: Member, also: tuple[Member, ...], change: Change | None) -> Member:
    return Member(
        member.actor,
        member.type,
        member.role,
        member.name_in_source,
        member.basis,
        member.evidence,
        also,
        change,
    )


def _summary(members: Iterable[Member], *, earlier: bool) -> str:
    """Return the sentence that a mayor can read aloud."""
    counts: dict[str, int] = {}
    total = 0
    for member in members:
        total += 1
        if member.change:
            counts[member.change.kind] = counts.get(member.change.kind, 0) + 1
    said = [f"{capital(number(total))} {plural(total, 'organisme a', 'organismes ont')} signé."]
    clauses = list(_clauses(counts, earlier=earlier))
    if clauses:
        said.append(f"{capital(', '.join(clauses))}.")
    return " ".join(said)


def _clauses(counts: Mapping[str, int], *, earlier: bool) -> Iterable[str]:
    """Yield one clause for each kind of change that occurs."""
    past, still = ("avait déjà signé", "avaient déjà signé"), ("signe encore", "signent encore")
    tense = past if earlier else still
    where = "le contrat précédent" if earlier else "le contrat suivant"
    for kind, one, many in (
        ("same", f"{tense[0]} {where}", f"{tense[1]} {where}"),
        ("successor", "vient d’un signataire par fusion", "viennent de signataires par fusion")
        if earlier
        else ("successor", "a été remplacé par fusion", "ont été remplacés par fusion"),
        ("new", "est nouveau", "sont nouveaux"),
        ("out", "ne signe plus", "ne signent plus"),
        ("unknown", "n’est pas comparable : la liste est partielle",
         "ne sont pas comparables : la liste est partielle"),
    ):  # fmt: skip
        if counts.get(kind):
            yield f"{number(counts[kind])} {plural(counts[kind], one, many)}"


def acts_of(d: Description, participation: str) -> tuple[str, ...]:
    """Return the contracts and evaluations that `participation` is part of."""
    return d.in_order(d.backward.get((participation, expand("cv:hasParticipation")), ()))
