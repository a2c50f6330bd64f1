"""What may be asked of the endpoint: every limit, its value, and what to do past it."""

from __future__ import annotations

from flask import Blueprint, Response

from contrats.limits import Told, told_limits
from contrats.web import address, negotiation, views
from contrats.web.media import HTML
from contrats.web.parts import Head, Link
from contrats.web.site import this_site
from contrats.web.tongue import _, mark
from contrats.web.words import decimal, figure

routes = Blueprint("limits", __name__)

_BYTES = "octets"
_NAMES = (
    mark("connexions"), mark("mots"), mark("niveaux"), mark("octets"), mark("pages"),
    mark("par minute"), mark("processus"), mark("publications"), mark("requêtes"), mark("s"),
    mark("s par minute"), mark("signes"),
)  # fmt: skip
"""The other units of the limits."""
_UNITS = ((1024**3, mark("Gio")), (1024**2, mark("Mio")), (1024, mark("Kio")))


@routes.get("/limits")
def limits() -> Response:
    """Answer with the page of the limits; the service description says the same to programs."""
    site = this_site()
    rows = [(each, amount(each)) for each in told_limits(site.engine.limits)]
    head = Head(
        _("Ce que l’on peut demander"),
        _("Point d’accès SPARQL"),
        _(
            "Une réponse est entière, ou c’est une erreur qui nomme la limite atteinte : aucune "
            "réponse n’est coupée en silence. Qui a besoin de plus prend les fichiers entiers, ou "
            "pose ses questions chez soi."
        ),
        "",
        (),
        (Link(_(views.HOME), address.local("/")), Link(_("Requêtes"), address.local("/queries"))),
        "What may be asked",
    )
    past = site.engines.past.identifiers()
    return negotiation.reply(
        views.render("limits.html", "queries", head=head, rows=rows, releases=past),
        negotiation.choose((HTML,)),
    )


def amount(limit: Told) -> str:
    """Return a limit with its unit, as a person writes it."""
    if limit.unit == _BYTES:
        for size, name in _UNITS:
            if limit.value >= size:
                return f"{_number(limit.value / size)} {_(name)}"
    return f"{_number(limit.value)} {_(limit.unit)}"


def _number(value: float) -> str:
    """Return a number in figures, with a comma where it has decimals."""
    return figure(int(value)) if value == int(value) else decimal(f"{value:.2f}".rstrip("0"))
