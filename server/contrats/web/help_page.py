"""The help: how to read the pages, a tour for each reader, the model, the words, how to cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response

from contrats.citation import write_data_set
from contrats.web import address, negotiation, views
from contrats.web.behind import saved
from contrats.web.edition import this_data_set
from contrats.web.media import BIBTEX, HTML, NOTEBOOK
from contrats.web.model_drawing import draw_model
from contrats.web.notebook import notebook_bytes, read_notebook
from contrats.web.parts import Head, Link
from contrats.web.site import this_site
from contrats.web.tongue import _, language, mark

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = Blueprint("help", __name__)

_TITLES: Final[Mapping[str, str]] = {
    "": mark("Comment lire ces pages"),
    "model": mark("Le modèle en une page"),
    "words": mark("Définitions et limites"),
    "cite": mark("Comment citer"),
    "contribute": mark("Comment contribuer"),
    "notebook": mark("Trois questions de recherche"),
}
"""The pages of the help, by the last step of their address."""


@routes.get("/help")
def reading() -> Response:
    """Answer with the marks of the pages, and a tour for each of three readers."""
    lede = _(
        "Ce que veulent dire les marques, et trois visites guidées selon ce que vous cherchez."
    )
    return _page("help.html", "", lede)


@routes.get("/help/model")
def model() -> Response:
    """Answer with the model: a drawing, and the same in a table."""
    lede = _(
        "Un contrat, ceux qui y prennent part, ce qu’il veut faire, à quoi cela répond, et où cela "
        "a été lu."
    )
    return _page("help_model.html", "model", lede, drawing=draw_model())


@routes.get("/help/words")
def words() -> Response:
    """Answer with what the words of the pages mean, and what the data cannot tell."""
    lede = _("Ce que veulent dire les mots de ces pages, et ce que ces données ne savent pas.")
    return _page(
        "help_words.html", "words", lede, known=_first_of("coverage"), behind=saved("coverage")
    )


@routes.get("/help/cite")
def cite() -> Response:
    """Answer with how the data set and a result are cited."""
    lede = _("Le jeu de données par sa publication, un résultat par la requête qui le donne.")
    cited = this_data_set()
    return _page("help_cite.html", "cite", lede, cited=cited, bibtex=write_data_set(cited))


@routes.get("/help/cite.bib")
def cite_bibtex() -> Response:
    """Answer with the citation of the data set, for a bibliography."""
    return negotiation.reply(write_data_set(this_data_set()), BIBTEX)


@routes.get("/help/contribute")
def contribute() -> Response:
    """Answer with how a contract is added, or a mistake told."""
    lede = _("Ajouter un contrat, compléter une liste, corriger une erreur.")
    return _page("help_contribute.html", "contribute", lede)


@routes.get("/help/notebook")
def notebook() -> Response:
    """Answer with the notebook as it was executed, in the language of the page."""
    lede = _(
        "Un carnet Jupyter qui interroge le point d’accès : ses cellules, leurs résultats, et ce "
        "que chacun ne permet pas de dire."
    )
    return _page(
        "help_notebook.html",
        "notebook",
        lede,
        sections=read_notebook(language()),
        backed=lambda section: saved(section.questions[0]) if section.questions else None,
    )


@routes.get("/help/notebook.ipynb")
def notebook_file() -> Response:
    """Answer with the notebook itself, to be run elsewhere."""
    return negotiation.reply(notebook_bytes(), NOTEBOOK)


def _first_of(question: str) -> dict[str, int]:
    """Return the numbers of the first row that answers the saved question, by column."""
    found = this_site().answers(question)
    names = [each.value for each in found.variables]
    row = next(found)
    values = {name: row[name] for name in names}
    return {name: int(v.value) for name, v in values.items() if v and v.value.isdigit()}


def _page(template: str, step: str, lede: str, **data: object) -> Response:
    """Answer with a page of the help, which exists as HTML only."""
    crumbs = [Link(_("Accueil"), address.local("/"))]
    if step:
        crumbs.append(Link(_("Aide"), _address("")))
    head = Head(_(_TITLES[step]), _("Aide"), lede, "", (), tuple(crumbs))
    pages = [(_address(each), _(title), each == step) for each, title in _TITLES.items()]
    page = views.render(template, "help", head=head, help_pages=pages, **data)
    return negotiation.reply(page, negotiation.choose((HTML,)))


def _address(step: str) -> str:
    return address.local(_path(step))


def _path(step: str) -> str:
    return f"/help/{step}" if step else "/help"
