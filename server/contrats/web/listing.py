"""What pages that are lists have in common: a banner below the home page, and one form, HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contrats.web import address, negotiation, views
from contrats.web.media import HTML
from contrats.web.parts import Head, Link
from contrats.web.tongue import _

if TYPE_CHECKING:
    from flask import Response


def page(template: str, section: str, **data: object) -> Response:
    """Answer with a page that exists as HTML only."""
    variant = negotiation.choose((HTML,))
    return negotiation.reply(views.render(template, section, **data), variant)


def head_of(title: str, eyebrow: str, lede: str | None = None) -> Head:
    """Return the banner of a page below the home page."""
    home = Link(_("Accueil"), address.local("/"))
    return Head(title, eyebrow, lede, "", (), (home,))
