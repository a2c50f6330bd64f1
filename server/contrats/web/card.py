"""A contract on a card: what another site may show of it, as an image that needs nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.web.dates import in_words, span
from contrats.web.evidence import STATED, evidence_for
from contrats.web.site import this_site
from contrats.web.stages import is_contract, stage_name
from contrats.web.tongue import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contrats.web.description import Description
    from contrats.web.lede import Lede

_LETTERS: Final = 40
"""Of the title in one line, in the widest of the fonts that a reader may have."""
_LINES: Final = 3
_FACTS: Final = 56
"""Letters of a line below the title."""
_HEAD: Final = 92
_STEP: Final = 26
_FACT: Final = 22
_FOOT: Final = 34
_UNSHOWN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
"""What an XML document cannot hold, or what would turn the text that follows."""


@dataclass(frozen=True, slots=True)
class Card:
    """The lines of the card, what stands for it where it is not seen, and its height."""

    title: tuple[str, ...]
    facts: tuple[str, ...]
    foot: str
    alt: str
    height: int


def card_of(d: Description, contract: str, lede: Lede) -> Card:
    """Return the card of `contract`; counts are "at least" where a list is not whole."""
    name = _UNSHOWN.sub("", d.label(contract))
    title = wrap(name)
    facts = tuple(_UNSHOWN.sub("", fact)[:_FACTS] for fact in _facts(d, contract, lede))
    foot = _(
        "Lu dans des sources publiques ; données du %(date)s",
        date=in_words(this_site().release.issued),
    )
    height = _HEAD + _STEP * len(title) + _FACT * len(facts) + _FOOT
    return Card(title, facts, foot, f"{name}. {'. '.join([*facts, foot])}.", height)


def wrap(text: str) -> tuple[str, ...]:
    """Return `text` in at most three lines; a word that is longer than one is cut."""
    lines: list[str] = []
    for word in text.split():
        piece = word if len(word) <= _LETTERS else f"{word[: _LETTERS - 1]}…"
        if lines and len(lines[-1]) + 1 + len(piece) <= _LETTERS:
            lines[-1] = f"{lines[-1]} {piece}"
        elif len(lines) == _LINES:
            lines[-1] = f"{lines[-1][: _LETTERS - 1]}…"
            break
        else:
            lines.append(piece)
    return tuple(lines)


def _facts(d: Description, contract: str, lede: Lede) -> Iterator[str]:
    """Yield the lines below the title, each only where a source states it."""
    if not is_contract(d, contract):
        yield _("Ce n’est pas un contrat signé : %(stage)s", stage=stage_name(d, contract))
    period = d.iri_of(contract, "dcterms:temporal") or ""
    dates = span(*(_stated(d, period, name) for name in ("dcat:startDate", "dcat:endDate")))
    if dates:
        yield _("Période : %(dates)s", dates=dates)
    if lede.signed:
        yield _("Signature : %(date)s", date=lede.signed)
    if lede.signatories and is_contract(d, contract):
        yield _bounded(
            ngettext("%(num)s signataire", "%(num)s signataires", lede.signatories.number),
            complete=lede.signatories.complete,
        )
    if lede.priorities:
        yield _bounded(
            ngettext("%(num)s priorité", "%(num)s priorités", lede.priorities.number),
            complete=lede.priorities.complete,
        )


def _stated(d: Description, period: str, name: str) -> str | None:
    """Return the date `name` of `period` where a source states it: a card has room for no mark."""
    return d.text(period, name) if evidence_for(d, period, name).status == STATED else None


def _bounded(counted: str, *, complete: bool) -> str:
    """Return `counted`, with "at least" where the list is not known to be whole."""
    return counted if complete else _("Au moins %(counted)s", counted=counted)
