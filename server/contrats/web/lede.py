"""What a mayor can read aloud of a contract, made only of what is stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.web.brief import pilots_of
from contrats.web.dates import in_words
from contrats.web.evidence import STATED, evidence_for
from contrats.web.parts import Link, link_to
from contrats.web.stages import is_signed
from contrats.web.words import number

if TYPE_CHECKING:
    from contrats.web.description import Description
    from contrats.web.priorities import Priorities
    from contrats.web.signatories import Signatories

_DAY: Final = 2
"""Dashes in a date that is known to the day."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a list are known, in figures and in words, and whether these are all."""

    number: int
    words: str
    complete: bool


@dataclass(frozen=True, slots=True)
class Lede:
    """The sentences of the banner; what is not known has none."""

    signatories: Count | None
    priorities: Count | None
    signed: str | None
    """When, where a source states it; a date that is deduced stands only beside its reason."""
    to_the_day: bool
    pilots: tuple[Link, ...]


def lede_of(
    d: Description, contract: str, signatories: Signatories, priorities: Priorities
) -> Lede:
    """Return the sentences about `contract`."""
    signed = d.text(contract, "cls:signatureDate") if is_signed(d, contract) else None
    stated = evidence_for(d, contract, "cls:signatureDate").status == STATED
    return Lede(
        count_of(len(signatories.members), complete=signatories.complete),
        count_of(priorities.count, complete=priorities.complete, feminine=True),
        in_words(signed) if signed and stated else None,
        (signed or "").count("-") == _DAY,
        tuple(link_to(d, actor) for actor in pilots_of(d, contract)),
    )


def count_of(known: int, *, complete: bool, feminine: bool = False) -> Count | None:
    """Return the count of a list of which `known` are known, None of none."""
    return Count(known, number(known, feminine=feminine), complete) if known else None
