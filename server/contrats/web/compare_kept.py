"""What comparisons of one release share: their questions, asked once, and the list to choose from.

The release never changes, so an application keeps what it found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contrats.comparison.acts import read_acts
from contrats.comparison.questions import CONTRACTS, Questions, open_questions, text
from contrats.search import stem
from contrats.web.kept import keep_for_all
from contrats.web.site import this_site

if TYPE_CHECKING:
    from contrats.comparison.acts import Act


def questions() -> Questions:
    """Return the questions of the release that is served."""
    site = this_site()
    return keep_for_all("questions", lambda: open_questions(site.store, site.library))


def all_acts() -> tuple[Act, ...]:
    """Return every contract and preparatory act by the name of its territory, then its start."""
    return keep_for_all("acts", _read_acts)


def _read_acts() -> tuple[Act, ...]:
    asked = questions()
    names = sorted({text(row, "contract") or "" for row in asked.whole(CONTRACTS)})
    acts = read_acts(asked, names)
    return tuple(sorted(acts, key=lambda a: (stem(a.place or a.title), a.start or "", a.iri)))
