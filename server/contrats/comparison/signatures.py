"""Who signs several contracts, by body and by type of body; who takes part without signing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contrats.comparison.matrix import Matrix, Mention, Named, make_matrix
from contrats.comparison.questions import ROLES, SIGNATORIES, SUCCESSIONS, text, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from contrats.comparison.questions import Questions, Row


@dataclass(frozen=True, slots=True)
class Succession:
    """One body that took the place of another."""

    event: str
    former: str
    actor: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signatories of several contracts; other roles have no list that is known whole."""

    bodies: Matrix
    types: Matrix
    roles: Matrix
    successions: tuple[Succession, ...]


def read_signatures(questions: Questions, contracts: Sequence[str], *, chain: bool) -> Signatures:
    """Return who signs `contracts`; in a `chain` of generations a successor shares its row."""
    rows = questions.rows(SIGNATORIES, contracts)
    successions = _successions(questions, rows) if chain else ()
    return Signatures(
        make_matrix(
            contracts,
            _named(rows, "actor", "name"),
            _whole(contracts, rows, _is_identified),
            _follows(successions),
        ),
        make_matrix(
            contracts,
            [each for each in _named(rows, "type", "typeName") if each.thing],
            _whole(contracts, rows, lambda row: "type" in row),
        ),
        _roles(questions, contracts),
        successions,
    )


def _roles(questions: Questions, contracts: Sequence[str]) -> Matrix:
    named = (
        replace(each, mention=replace(each.mention, words=text(row, "name") or ""))
        for row in questions.rows(ROLES, contracts)
        for each in _named([row], "role", "roleName")
    )
    return make_matrix(contracts, named, dict.fromkeys(contracts, False))


def _named(rows: Iterable[Row], thing: str, name: str) -> Iterable[Named]:
    """Yield the mention of each row under the thing in the column `thing`."""
    for row in rows:
        actor, node = text(row, "actor") or "", text(row, "participation") or ""
        words = text(row, "nameInSource") or text(row, "name") or actor
        deduced = (text(row, "basis") or "/stated").rpartition("/")[2] != "stated"
        contract = text(row, "contract") or ""
        mention = Mention(contract, node, actor, words, None, "deduced" if deduced else "")
        yield Named(text(row, thing) or "", text(row, name) or "", mention)


def _is_identified(row: Row) -> bool:
    return truth(row, "identified") is not False


def _whole(
    contracts: Sequence[str], rows: Iterable[Row], known: Callable[[Row], bool]
) -> Mapping[str, bool]:
    """Tell of each contract whether its list is complete, and each signatory `known`."""
    stated: defaultdict[str, list[bool]] = defaultdict(list)
    for row in rows:
        is_known = truth(row, "complete") is True and known(row)
        stated[text(row, "contract") or ""].append(is_known)
    return {each: bool(stated[each]) and all(stated[each]) for each in contracts}


def _successions(questions: Questions, rows: Iterable[Row]) -> tuple[Succession, ...]:
    """Return the changes between bodies that sign."""
    signing = {text(row, "actor") for row in rows}
    found = (
        Succession(
            text(row, "event") or "",
            text(row, "formerActor") or "",
            text(row, "actor") or "",
            text(row, "date"),
        )
        for row in questions.whole(SUCCESSIONS)
    )
    return tuple(each for each in found if {each.former, each.actor} <= signing)


def _follows(successions: Iterable[Succession]) -> Mapping[str, str]:
    """Return for each former body the last that took its place."""
    steps = {each.former: each.actor for each in successions}
    return {former: _last(former, steps) for former in steps}


def _last(body: str, steps: Mapping[str, str]) -> str:
    seen = {body}
    while (after := steps.get(body)) and after not in seen:
        body = after
        seen.add(body)
    return body
