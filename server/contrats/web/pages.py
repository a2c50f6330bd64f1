"""The pages that are lists: home, contracts, bodies, search, queries; and the health check."""

from __future__ import annotations

import pyoxigraph as ox
from flask import Blueprint, Response, request

from contrats.vocabulary import BASE
from contrats.web import address, negotiation, views
from contrats.web.actor_list import actor_groups
from contrats.web.contract_list import contract_list
from contrats.web.coverage import coverage_page
from contrats.web.description import expand
from contrats.web.home_page import home_page
from contrats.web.listing import head_of, page
from contrats.web.media import HTML, TEXT
from contrats.web.parts import Head, Link
from contrats.web.search_page import search_page
from contrats.web.selection import Selection
from contrats.web.site import this_site
from contrats.web.source_list import source_list
from contrats.web.tongue import _

routes = Blueprint("pages", __name__)


@routes.get("/")
def home() -> Response:
    """Answer with the home page."""
    return page("home.html", "home", page=home_page())


@routes.get("/contracts")
def contracts() -> Response:
    """Answer with the contracts that the facets choose, or all."""
    found = contract_list(request.args.to_dict(flat=False))
    lede = _(
        "Contrats signés et actes qui en préparent, retrouvés dans des sources publiques. Ce n’est "
        "pas un recensement : un contrat absent d’ici peut exister."
    )
    head = head_of(_("Tous les contrats"), _("Contrats et actes préparatoires"), "contracts", lede)
    compared = Selection(found.selection.fields).path("/compare")
    return page("contracts.html", "contracts", head=head, found=found, compared=compared)


@routes.get("/actors")
def actors() -> Response:
    """Answer with every body, by type."""
    groups = actor_groups()
    lede = (
        f"Au moins {sum(each.count for each in groups)} organismes, que nomment les sources lues. "
        "Le nombre de contrats est celui des signatures connues ; il peut y en avoir d’autres."
    )
    head = _head("Organismes", "Lire", "actors", lede)
    return _page("actors.html", "actors", head=head, groups=groups)


@routes.get("/coverage")
def coverage() -> Response:
    """Answer with how much is known of the contracts, and what validation found."""
    lede = _(
        "De combien de contrats et d’actes préparatoires chaque sorte de valeur est connue. Ce qui "
        "manque ici manque dans les sources lues, pas forcément dans les contrats."
    )
    title = _("Ce que l’on sait, ce que l’on ne sait pas")
    head = _head(title, _("Couverture"), "coverage", lede)
    return _page("coverage.html", "data", head=head, page=coverage_page())


@routes.get("/sources")
def sources() -> Response:
    """Answer with the documents that were read, or those of a kind and of a publisher."""
    found = source_list(request.args.get("kind", ""), request.args.get("publisher", ""))
    lede = _(
        "Les documents publics où ces données ont été lues. La page de chacun dit tout ce qu’on y "
        "a lu, et ce qui en a été déduit."
    )
    head = _head(_("Sources"), _("Données"), "sources", lede)
    return _page("sources.html", "data", head=head, page=found)


@routes.get("/plans")
def plans() -> Response:
    """Answer with the regional projects and their documents."""
    head = _head("Projets régionaux de santé", "Lire", "plans")
    found = [*_things("cls:RegionalHealthProject"), *_things("cls:PlanDocument")]
    return _page("list.html", "plans", head=head, things=found, column=None)


@routes.get("/search", endpoint="search_page")
def search_results() -> Response:
    """Answer with the things whose names bear the words of `q`."""
    words = request.args.get("q", "")[:200]
    page = search_page(words, request.args.get("kind", ""))
    head = _head(_("Recherche"), _("Chercher"), "search")
    return _page("search.html", "search", head=head, words=words, page=page)


@routes.get("/queries")
def queries() -> Response:
    """Answer with the saved queries, each with a link to its page."""
    head = _head(_("Requêtes"), _("Interroger"), "queries")
    return _page("queries.html", "queries", head=head, queries=this_site().library)


@routes.get("/healthz")
def health() -> Response:
    """Answer that the server lives, and with which release; nothing is counted."""
    response = negotiation.reply(f"{this_site().release.identifier}\n", TEXT)
    response.headers["Cache-Control"] = "no-store"
    return response


def _things(name: str) -> list[tuple[Link, str | None]]:
    """Return the things of the class `name` with their types, by name."""
    site = this_site()
    bind = {"class": ox.NamedNode(expand(name))}
    found: dict[str, tuple[Link, str | None]] = {}
    for row in site.queries.rows(site.store, "things", bind):
        iri, kind = row["thing"].value, row["type"]
        link = Link(row["name"].value, address.path_of(iri), iri=iri)
        found.setdefault(iri, (link, kind.value if kind is not None else None))
    return list(found.values())


def _page(template: str, section: str, **data: object) -> Response:
    """Answer with a page that exists as HTML only."""
    variant = negotiation.choose((HTML,))
    return negotiation.reply(views.render(template, section, **data), variant)


def _head(title: str, eyebrow: str, step: str, lede: str | None = None) -> Head:
    iri = f"{BASE}{step}"
    return Head(title, eyebrow, lede, "", iri, (), (Link(_(views.HOME), address.local("/")),))
