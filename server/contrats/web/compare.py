"""The addresses of comparisons: `/compare` and its forms, a few contracts or a set of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, request

from contrats.comparison.comparison import compare
from contrats.vocabulary import BASE
from contrats.web import address, negotiation, views
from contrats.web.compare_cells import short_name
from contrats.web.compare_choice import read_choice
from contrats.web.compare_kept import all_acts, questions
from contrats.web.compare_page import compare_page, title_of
from contrats.web.description import Description
from contrats.web.media import HTML, Variant
from contrats.web.parts import Head, Link
from contrats.web.site import this_site
from contrats.web.tongue import _

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState

routes = Blueprint("compare", __name__)
_TEMPLATES: Final = (
    "base.html",
    "macros.html",
    "compare.html",
    "compare_line.html",
    "compare_bars.html",
    "compare_plans.html",
    "compare_generations.html",
    "compare_macros.html",
)


@routes.record_once
def _compile_templates(state: BlueprintSetupState) -> None:
    """Read the templates when the server starts: the first reader need not wait for them."""
    for name in _TEMPLATES:
        state.app.jinja_env.get_template(name)


@routes.get("/compare")
def page() -> Response:
    """Answer with a comparison in the form that is accepted."""
    return _answer(HTML)


def _answer(variant: Variant) -> Response:
    fields = request.args.to_dict(flat=False)
    choice = read_choice(fields)
    found = compare(questions(), choice.contracts)
    d = Description(choice.contracts[0], this_site().statements)
    shown = compare_page(d, found, choice, this_site().release.issued)
    head = Head(
        title_of(found),
        _("Comparaison"),
        None,
        "",
        f"{BASE}compare?{choice.query()}",
        (),
        (Link(_("Accueil"), address.local("/")), Link(_("Contrats"), address.local("/contracts"))),
    )
    body = views.render(
        "compare.html",
        "compare",
        head=head,
        page=shown,
        found=found,
        choice=choice,
        forms=(),
        kept=[(a.name, short_name(a)) for a in found.acts],
        options=[(a.name, a.title) for a in all_acts()],
    )
    return negotiation.reply(body, variant)
