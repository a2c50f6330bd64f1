"""What a publication changed, in a sentence of the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contrats.web.dates import in_words
from contrats.web.tongue import _, ngettext
from contrats.web.words import capital, figure

if TYPE_CHECKING:
    from contrats.entry import Entry

_CONTRACT: Final = "contract"


def sentence(entry: Entry) -> str:
    """Return what `entry` changed, in contracts first, then in all else that has an address."""
    if not entry.differs:
        return _first(entry)
    own = entry.kinds.get(_CONTRACT, (0, 0, 0))
    every = [sum(counts[place] for counts in entry.kinds.values()) for place in range(3)]
    rest = [whole - part for whole, part in zip(every, own, strict=True)]
    told = zip((_added, _changed, _removed, _more, _touched, _fewer), (*own, *rest), strict=True)
    said = [tell(count) for tell, count in told if count]
    if said:
        return f"{capital(', '.join(said))}."
    if entry.added or entry.removed:
        return _("Rien n’a changé aux choses décrites, seulement au vocabulaire ou aux questions.")
    return _("Rien n’a changé aux données.")


def moment(since: str) -> str:
    """Return a moment, xsd:dateTime in UTC, in words."""
    return _("%(day)s à %(time)s UTC", day=in_words(since[:10]), time=since[11:16])


def _first(entry: Entry) -> str:
    """Return what is to be said of a publication that no difference leads to."""
    count = entry.kinds.get(_CONTRACT, (0, 0, 0))[0]
    if not count:
        return _("Sans différence connue avec une publication précédente.")
    return ngettext(
        "Première publication connue, avec %(num)s contrat.",
        "Première publication connue, avec %(num)s contrats.",
        count,
    )


def _added(count: int) -> str:
    return ngettext("%(num)s contrat ajouté", "%(num)s contrats ajoutés", count)


def _changed(count: int) -> str:
    return ngettext("%(num)s contrat modifié", "%(num)s contrats modifiés", count)


def _removed(count: int) -> str:
    return ngettext("%(num)s contrat retiré", "%(num)s contrats retirés", count)


def _more(count: int) -> str:
    return ngettext(
        "%(fig)s autre chose ajoutée", "%(fig)s autres choses ajoutées", count, fig=figure(count)
    )


def _touched(count: int) -> str:
    return ngettext(
        "%(fig)s autre chose modifiée", "%(fig)s autres choses modifiées", count, fig=figure(count)
    )


def _fewer(count: int) -> str:
    return ngettext(
        "%(fig)s autre chose retirée", "%(fig)s autres choses retirées", count, fig=figure(count)
    )
