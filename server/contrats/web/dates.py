"""Dates of the data in words of the page, as precise as they are stated and no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from contrats.web.tongue import _, is_english, ngettext

if TYPE_CHECKING:
    import pyoxigraph as ox

_MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DURATION: Final = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?")
_DATE: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")


def in_words(date: str) -> str:
    """Return "2019-04-04" as "4 avril 2019", "2018-06" as "juin 2018"; other text as it is.

    In the language of the page.
    """
    found = _DATE.fullmatch(date)
    if not found or not found[2]:
        return date
    year, month, day = found.groups()
    months = _ENGLISH_MONTHS if is_english() else _MONTHS
    words = f"{months[int(month) - 1]} {year}"
    if day is None:
        return words
    if is_english():
        return f"{int(day)} {words}"
    return f"{'1er' if int(day) == 1 else int(day)} {words}"


def year_of(term: ox.Literal | None) -> int | None:
    """Return the year of a date, a month or a year, None when there is none."""
    found = _DATE.fullmatch(term.value) if term is not None else None
    return int(found[1]) if found else None


def as_year(date: str, *, end: bool = False) -> float | None:
    """Return where `date` lies on an axis of years; an end year runs to its 31 December."""
    found = _DATE.fullmatch(date)
    if not found:
        return None
    year, month, day = found.groups()
    if month is None:
        return int(year) + (1.0 if end else 0.0)
    if day is None:
        return int(year) + (int(month) - (0.0 if end else 1.0)) / 12
    return int(year) + (int(month) - 1) / 12 + int(day) / 372


def duration(lasts: str) -> str:
    """Return "P5Y" as "5 ans", "P18M" as "18 mois"; other durations as they are written."""
    found = _DURATION.fullmatch(lasts)
    if not found:
        return lasts
    years, months = found.groups()
    said = [ngettext("%(num)s an", "%(num)s ans", int(years))] if years else []
    if months:
        said.append(ngettext("%(num)s mois", "%(num)s mois", int(months)))
    return _(" et ").join(said)


def span(start: str | None, end: str | None) -> str | None:
    """Return "2019-2023" for two years, words for other dates, None when nothing is known."""
    if start and end:
        short = re.fullmatch(r"\d{4}", start) and re.fullmatch(r"\d{4}", end)
        if short:
            return f"{start}-{end}"
        return _("du %(start)s au %(end)s", start=in_words(start), end=in_words(end))
    if start:
        return _("depuis %(date)s", date=in_words(start))
    return _("jusqu’à %(date)s", date=in_words(end)) if end else None
