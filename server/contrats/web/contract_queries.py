"""The saved questions that stand behind the blocks of a contract's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.parameter import short_name
from contrats.web.behind import Behind, saved

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Queries:
    """What stands behind each block; `known` holds the length of every list of the contract."""

    brief: Behind
    signatories: Behind
    participants: Behind
    turnover: Behind
    priorities: Behind
    plan_items: Behind
    elements: Behind
    frame: Behind
    known: Behind
    disagreements: Behind
    read: Behind

    def named(self) -> Iterable[tuple[str, Behind]]:
        """Yield each with its name in the address of the question."""
        return ((name, getattr(self, name)) for name in self.__slots__)


def queries_of(contract: str) -> Queries:
    """Return what stands behind the page of `contract`."""

    def about(name: str) -> Behind:
        return saved(name, contract=short_name(contract))

    return Queries(
        about("contract-in-brief"),
        about("signatories"),
        about("participants"),
        about("signatory-turnover"),
        about("priorities"),
        about("priorities-and-plan-items"),
        about("elements"),
        about("contract-frame"),
        about("completeness"),
        about("disagreements"),
        about("where-it-was-read"),
    )


def actions_of(contract: str) -> Behind:
    """Return what stands behind the actions of `contract`."""
    return saved("actions", contract=short_name(contract))


def evaluations_of(contract: str) -> Behind:
    """Return what stands behind the evaluations of `contract`."""
    return saved("results", contract=short_name(contract))


def turnover_of(contract: str) -> Behind:
    """Return how many signatories of `contract` and of the one before stay, enter and leave."""
    return saved("signatory-turnover-in-figures", contract=short_name(contract))


def known_of(contract: str) -> Behind:
    """Return how many of each list of `contract` are known."""
    return saved("completeness", contract=short_name(contract))


def contracts_of(actor: str) -> Behind:
    """Return which contracts `actor` signs."""
    return saved("contracts-of-an-actor", actor=short_name(actor))
