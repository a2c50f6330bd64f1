"""What stands behind a block that no saved question gives: the query of the page, its terms in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contrats.header import without_header
from contrats.values import bind_within
from contrats.web.behind import written
from contrats.web.site import this_site

if TYPE_CHECKING:
    from contrats.store import Term
    from contrats.web.behind import Behind


def asked(name: str, **terms: Term) -> Behind:
    """Return what stands behind the query `name` of `queries/pages/`, its variables bound."""
    text = without_header(this_site().queries.texts[name])
    return written(bind_within(text, terms))
