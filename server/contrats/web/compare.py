"""The addresses of comparisons: `/compare` and its forms, a few contracts or a set of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, g, request

from contrats.comparison.comparison import compare
from contrats.comparison.questions import FEW
from contrats.web import address, negotiation, views
from contrats.web.compare_cells import short_name
from contrats.web.compare_choice import Choice, ChoiceError, read_choice
from contrats.web.compare_form import examples, options
from contrats.web.compare_kept import questions
from contrats.web.compare_page import compare_page, title_of
from contrats.web.compare_set import set_page, set_title
from contrats.web.compare_written import FORMS, write
from contrats.web.description import Description
from contrats.web.media import HTML
from contrats.web.parts import Form, Head, Link
from contrats.web.site import this_site
from contrats.web.tongue import _, is_english

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState

    from contrats.comparison.comparison import Comparison
    from contrats.web.media import Variant

routes = Blueprint("compare", __name__)
_TEMPLATES: Final = (
    "base.html", "macros.html", "compare_macros.html", "compare.html", "compare_line.html",
    "compare_bars.html", "compare_plans.html", "compare_generations.html", "compare_set.html",
    "compare_empty.html",
)  # fmt: skip
_PATH: Final = "/compare"


@routes.record_once
def _compile_templates(state: BlueprintSetupState) -> None:
    """Read the templates when the server starts: the first reader need not wait for them."""
    for name in _TEMPLATES:
        state.app.jinja_env.get_template(name)


@routes.get("/compare")
def page() -> Response:
    """Answer with a comparison in the form that is accepted."""
    return _answer(negotiation.choose((HTML, *FORMS)), "")


@routes.get("/compare.<suffix>")
def form(suffix: str) -> Response:
    """Answer with a comparison in the form of the suffix."""
    return _answer(negotiation.by_suffix((HTML, *FORMS), suffix), suffix)


def _answer(variant: Variant, suffix: str) -> Response:
    """Answer with what the fields choose; what cannot be compared, with the form to mend it."""
    try:
        choice = read_choice(request.args.to_dict(flat=False))
        if choice is not None and len(choice.contracts) > 1:
            found = compare(questions(), choice.contracts)
            where = None if suffix else f"{address.local(_PATH)}.{variant.suffix}?{choice.query()}"
            if variant is not HTML:
                g.variant = variant
                return negotiation.reply(write(variant, found, choice), variant, where)
            return negotiation.reply(_show(found, choice), HTML, where)
        problem = _too_few(choice)
        if variant is not HTML:
            raise problem
    except ChoiceError as fault:
        if variant is not HTML:
            raise
        return _mend(fault)
    return negotiation.reply(_form(problem.names, problem if choice else None), HTML)


def _too_few(choice: Choice | None) -> ChoiceError:
    """Return the refusal of a choice of one contract, of none, or of a set that is empty."""
    if choice is not None and not choice.contracts:
        return ChoiceError(
            (),
            "Aucun contrat de cette publication ne passe ces filtres. Ôtez-en un.",
            "No contract of this release passes these filters. Take one of them off.",
        )
    names = [iri.rpartition("/")[2] for iri in choice.contracts] if choice else []
    return ChoiceError(
        names,
        "Il faut au moins deux contrats à comparer, comme dans ?c=valence-2012&c=valence-2019.",
        "It takes at least two contracts to compare, as in ?c=valence-2012&c=valence-2019.",
    )


def _mend(fault: ChoiceError) -> Response:
    """Answer with the form, what was chosen kept, and what is wrong with it."""
    response = Response(
        _form(fault.names, fault), status=fault.status, content_type=HTML.content_type
    )
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "no-store"
    return response


def _form(chosen: tuple[str, ...], problem: ChoiceError | None) -> str:
    head = _head(_("Comparer des contrats"), _("Lire"), ())
    said = (problem.en if is_english() else problem.fr) if problem else None
    return views.render(
        "compare_empty.html", "compare", head=head, chosen=chosen, problem=said,
        options=options(), examples=examples(),
    )  # fmt: skip


def _show(found: Comparison, choice: Choice) -> str:
    """Return the page: contracts side by side when they are few, else counted."""
    site = this_site()
    d = Description(found.acts[0].iri, site.statements)
    forms = tuple(
        Form(v.name, f"{address.data(_PATH)}.{v.suffix}?{choice.query()}", v.media_type)
        for v in FORMS
    )
    if choice.few:
        head = _head(title_of(found), _eyebrow(found), forms)
        shown = compare_page(d, found, choice, site.release.issued)
        kept = [(act.name, short_name(act)) for act in found.acts]
        return views.render(
            "compare.html", "compare", head=head, page=shown, found=found, choice=choice,
            forms=forms, kept=kept, options=options(), most=FEW,
        )  # fmt: skip
    head = _head(set_title(d, choice), _("Comparaison · un ensemble"), forms)
    return views.render(
        "compare_set.html", "compare", head=head, page=set_page(d, found, choice),
        forms=forms, options=options(),
    )  # fmt: skip


def _eyebrow(found: Comparison) -> str:
    if found.chain:
        return _("Comparaison · générations d’un même territoire")
    return _("Comparaison")


def _head(title: str, eyebrow: str, forms: tuple[Form, ...]) -> Head:
    crumbs = (
        Link(_("Accueil"), address.local("/")),
        Link(_("Contrats"), address.local("/contracts")),
    )
    return Head(title, eyebrow, None, "", forms, crumbs)
