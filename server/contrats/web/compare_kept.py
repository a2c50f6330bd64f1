"""What comparisons of one release share: their questions, asked once, and the list to choose from.

The release never changes, so an application keeps what it found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app

from contrats.comparison.acts import read_acts
from contrats.comparison.questions import CONTRACTS, Questions, open_questions, text
from contrats.search import stem
from contrats.web.site import this_site

if TYPE_CHECKING:
    from contrats.comparison.acts import Act

_QUESTIONS: Final = "contrats.compared"
_OPTIONS: Final = "contrats.compared.options"


def questions() -> Questions:
    """Return the questions of the release that is served."""
    kept: Questions | None = current_app.extensions.get(_QUESTIONS)
    if kept is None:
        site = this_site()
        kept = current_app.extensions[_QUESTIONS] = open_questions(site.store, site.library)
    return kept


def all_acts() -> tuple[Act, ...]:
    """Return every contract and preparatory act by the name of its territory, then its start."""
    kept: tuple[Act, ...] | None = current_app.extensions.get(_OPTIONS)
    if kept is None:
        asked = questions()
        names = sorted({text(row, "contract") or "" for row in asked.whole(CONTRACTS)})
        acts = read_acts(asked, names)
        kept = tuple(sorted(acts, key=lambda a: (stem(a.place or a.title), a.start or "", a.iri)))
        current_app.extensions[_OPTIONS] = kept
    return kept
