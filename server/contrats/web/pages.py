"""The pages that are lists: home, contracts, bodies, search, queries; and the health check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from contrats.web import address, negotiation, views
from contrats.web.actor_list import actor_groups
from contrats.web.behind import saved
from contrats.web.contract_list import contract_list
from contrats.web.contract_table import rows_in
from contrats.web.coverage import coverage_page
from contrats.web.home_page import home_page
from contrats.web.kept import kept_page
from contrats.web.listing import head_of, page
from contrats.web.media import HTML, RESULTS, TEXT
from contrats.web.plan_list import plan_list
from contrats.web.search_page import search_page
from contrats.web.selection import Selection
from contrats.web.site import this_site
from contrats.web.source_list import source_list
from contrats.web.tongue import _

if TYPE_CHECKING:
    from collections.abc import Callable

routes = Blueprint("pages", __name__)


@routes.get("/")
def home() -> Response:
    """Answer with the home page."""
    return page("home.html", "home", page=home_page())


@routes.get("/contracts", defaults={"suffix": ""})
@routes.get("/contracts.<suffix>")
def contracts(suffix: str) -> Response:
    """Answer with the contracts that the facets choose, or all: a page, or a row each as data."""
    variant = negotiation.pick((HTML, *RESULTS), suffix or None)
    location = negotiation.location_of("/contracts", suffix, variant)
    if location and request.query_string:
        location = f"{location}?{address.quoted(request.query_string.decode('latin-1'))}"
    if variant is not HTML:
        return rows_in(variant, location)
    return negotiation.reply(_contracts(), variant, location)


def _contracts() -> str:
    found = contract_list(request.args.to_dict(flat=False))
    lede = _(
        "Contrats signés et actes qui en préparent, retrouvés dans des sources publiques. Ce n’est "
        "pas un recensement : un contrat absent d’ici peut exister."
    )
    head = head_of(_("Tous les contrats"), _("Contrats et actes préparatoires"), lede)
    compared = Selection(found.selection.fields).path("/compare")
    return views.render("contracts.html", "contracts", head=head, found=found, compared=compared)


@routes.get("/actors")
def actors() -> Response:
    """Answer with every body, by type."""
    return _kept(_actors)


def _actors() -> str:
    lede = _(
        "Ceux que nomment les sources lues. Le nombre de contrats est celui des signatures "
        "connues ; il peut y en avoir d’autres."
    )
    head = head_of(_("Organismes"), _("Lire"), lede)
    shares = saved("signatory-types")
    return views.render("actors.html", "actors", head=head, groups=actor_groups(), shares=shares)


@routes.get("/coverage")
def coverage() -> Response:
    """Answer with how much is known of the contracts, and what validation found."""
    lede = _(
        "De combien de contrats et d’actes préparatoires chaque sorte de valeur est connue. Ce qui "
        "manque ici manque dans les sources lues, pas forcément dans les contrats."
    )
    title = _("Ce que l’on sait, ce que l’on ne sait pas")
    head = head_of(title, _("Couverture"), lede)
    return page("coverage.html", "data", head=head, page=coverage_page())


@routes.get("/sources")
def sources() -> Response:
    """Answer with the documents that were read, or those of a kind and of a publisher."""
    found = source_list(request.args.get("kind", ""), request.args.get("publisher", ""))
    lede = _(
        "Les documents publics où ces données ont été lues. La page de chacun dit tout ce qu’on y "
        "a lu, et ce qui en a été déduit."
    )
    head = head_of(_("Sources"), _("Données"), lede)
    return page("sources.html", "data", head=head, page=found)


@routes.get("/plans")
def plans() -> Response:
    """Answer with the regional projects by region, and the documents of none."""
    return _kept(_plans)


def _plans() -> str:
    lede = _(
        "Chaque page dit, élément par élément, quels contrats y sont alignés, et à quels éléments "
        "aucun contrat connu ne l’est."
    )
    head = head_of(_("Projets régionaux de santé"), _("Lire"), lede)
    return views.render("plans.html", "plans", head=head, page=plan_list())


@routes.get("/search", endpoint="search_page")
def search_results() -> Response:
    """Answer with the things whose names bear the words of `q`."""
    words = request.args.get("q", "")[:200]
    found = search_page(words, request.args.get("kind", ""))
    head = head_of(_("Recherche"), _("Chercher"))
    return page("search.html", "search", head=head, words=words, page=found)


@routes.get("/queries")
def queries() -> Response:
    """Answer with the saved queries, each with a link to its page."""
    head = head_of(_("Requêtes"), _("Interroger"))
    return page("queries.html", "queries", head=head, queries=this_site().library)


@routes.get("/healthz")
def health() -> Response:
    """Answer that the server lives, and with which release; nothing is counted."""
    response = negotiation.reply(f"{this_site().release.identifier}\n", TEXT)
    response.headers["Cache-Control"] = "no-store"
    return response


def _kept(make: Callable[[], str]) -> Response:
    """Answer with the HTML page that `make` makes, once for each language."""
    variant = negotiation.choose((HTML,))
    return negotiation.reply(kept_page(make), variant)
