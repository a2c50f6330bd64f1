"""Who was in force on a day: `?at=` of the list of contracts, and what it cannot tell."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.store import select
from contrats.values import bind_within
from contrats.vocabulary import EXTERNAL
from contrats.web.behind import Behind, written
from contrats.web.dates import in_words
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contrats.facets import Chosen, Facets

FIELD: Final = "at"
FACET: Final = "inforce"
_WRITTEN: Final = re.compile(r"\d{4}(?:-\d{2}){0,2}", re.ASCII)
_DATE: Final = ox.NamedNode(f"{EXTERNAL['xsd']}date")
_YEAR, _MONTH = len("2019"), len("2019-05")


@dataclass(frozen=True, slots=True)
class Left:
    """Contracts that a date leaves out for want of dates, and the query of them."""

    number: int
    behind: Behind


@dataclass(frozen=True, slots=True)
class InForce:
    """The date that a list is about, in words; `precision` is "day", "month" or "year"."""

    words: str
    precision: str
    to_come: bool
    """Whether it is after the day of the data: then periods are what was planned."""
    undated: Left
    perhaps: Left


def with_day(fields: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Return `fields` with `at`, where it is given, as the facet that it is; refuse what is none.

    It is strict where facets pass over what is empty: who asks for a date wants no other list.
    """
    if FIELD not in fields:
        return fields
    given = list(fields[FIELD])
    if any(fields.get(FACET, ())):
        raise _refuse(
            given,
            f"« {FACET} » dit déjà une date : gardez l’un des deux",
            f'"{FACET}" tells a date already: keep one of both',
        )
    if len(given) != 1:
        raise _refuse(given, "une seule date à la fois", "one date at a time")
    _check(given)
    return {name: values for name, values in fields.items() if name != FIELD} | {FACET: given}


def _check(given: list[str]) -> None:
    """Refuse what is not written as a date, or is none in the calendar."""
    if not given[0]:
        raise _refuse(given, "aucune date n’est donnée", "no date is given")
    if not _WRITTEN.fullmatch(given[0]):
        raise _refuse(given, "ce n’est pas écrit comme une date", "it is not written as a date")
    try:
        date.fromisoformat(f"{given[0]}-01-01"[: len("2019-05-01")])
    except ValueError:
        why = "cette date n’existe pas au calendrier", "there is no such date in the calendar"
        raise _refuse(given, *why) from None


def _refuse(given: Sequence[str], fr: str, en: str) -> RefusalError:
    shown = "&".join(f"{FIELD}={value[:40]}" for value in given[:3])
    return RefusalError(
        400,
        f"« {shown} » : {fr}. Écrivez un jour, un mois ou une année, comme at=2019-05-01, "
        "at=2019-05 ou at=2019.",
        f'"{shown}": {en}. Write a day, a month or a year, such as at=2019-05-01, at=2019-05 or '
        "at=2019.",
    )


def in_force(known: Facets, chosen: Chosen) -> InForce | None:
    """Return what a list of one date says of it; None when it is about no date, or several."""
    terms = chosen.get(FACET, ())
    if len(terms) != 1 or not _WRITTEN.fullmatch(terms[0].value):
        return None
    text = terms[0].value
    site, queries = this_site(), this_site().queries.texts
    others = {name: values for name, values in chosen.items() if name != FACET}
    first, last = _bounds(text)
    days = {
        name: ox.Literal(day, datatype=_DATE) for name, day in (("first", first), ("last", last))
    }
    return InForce(
        in_words(text),
        {_YEAR: "year", _MONTH: "month"}.get(len(text), "day"),
        first > site.release.issued,
        _left(known, known.text(others, queries["undated"])),
        _left(known, known.text(others, bind_within(queries["perhaps"], days))),
    )


def _bounds(text: str) -> tuple[str, str]:
    """Return the first and the last day of a day, a month or a year."""
    if len(text) == _YEAR:
        return f"{text}-01-01", f"{text}-12-31"
    if len(text) == _MONTH:
        return f"{text}-01", f"{text}-{monthrange(int(text[:4]), int(text[5:]))[1]}"
    return text, text


def _left(known: Facets, query: str) -> Left:
    found = select(known.store, query, "queries/pages/")
    return Left(sum(1 for _ in found), written(query))
