"""Who takes part in a contract, and how that changed from one contract to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contrats.web.dates import year_of
from contrats.web.evidence import Evidence, evidence_of
from contrats.web.parts import Link, link_to
from contrats.web.stages import is_signed
from contrats.web.succession import SIGNING, Change, change_of, gone_since, neighbour
from contrats.web.words import capital, number, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from contrats.web.description import Description


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
    also: tuple[Member, ...] = ()
    """The other roles of the same body in the same contract."""
    change: Change | None = None


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
            members.append(replace(signing[0], also=also, change=change))
        else:
            others += roles
    gone = gone_since(d, contract, other) if other else ()
    year = start_year(d, other) if other else None
    return Signatories(
        tuple(members),
        _by_role(others),
        d.true(contract, "cls:signatoryListComplete"),
        d.number(contract, "cls:declaredSignatoryCount"),
        link_to(d, other) if other else None,
        f"Dans le contrat {'précédent' if earlier else 'suivant'}" + (f" ({year})" if year else ""),
        _summary(d, contract, members, earlier=earlier) if members else None,
        gone,
    )


def start_year(d: Description, contract: str) -> int | None:
    """Return the year in which the period of `contract` begins."""
    return year_of(d.literal(d.iri_of(contract, "dcterms:temporal") or "", "dcat:startDate"))


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
    )


def _summary(d: Description, contract: str, members: Sequence[Member], *, earlier: bool) -> str:
    """Return the sentence that a mayor can read aloud."""
    counts: dict[str, int] = {}
    for member in members:
        if member.change:
            counts[member.change.kind] = counts.get(member.change.kind, 0) + 1
    total = len(members)
    floor = "" if d.true(contract, "cls:signatoryListComplete") else "au moins "
    if is_signed(d, contract):
        verb = plural(total, "organisme a signé", "organismes ont signé")
    else:
        verb = plural(
            total,
            "organisme est nommé, qui devait signer",
            "organismes sont nommés, qui devaient signer",
        )
    said = [f"{capital(floor + number(total))} {verb}."]
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
    return d.leading_to(participation, "cv:hasParticipation")
