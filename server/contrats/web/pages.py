"""The pages that are lists: home, contracts, bodies, search, queries; and the health check."""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, request

from contrats import search
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
from contrats.web.selection import Selection
from contrats.web.site import this_site
from contrats.web.tongue import _

routes = Blueprint("pages", __name__)

_LIMIT = 100
_CODED: Final = re.compile(r"/territory/commune-(\w+)$")
"""A commune, whose name is often that of others: shown with its code."""
_KINDS = {
    "contract": "Contrats",
    "actor": "Organismes",
    "priority": "Priorités",
    "plan": "Projets régionaux",
    "territory": "Territoires",
    "theme": "Thèmes",
    "population": "Populations",
}


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
    lede = (
        "De combien de contrats et d’actes préparatoires chaque sorte de valeur est connue. Ce qui "
        "manque ici manque dans les sources lues, pas forcément dans les contrats."
    )
    head = _head("Ce que l’on sait, ce que l’on ne sait pas", "Couverture", "coverage", lede)
    return _page("coverage.html", "data", head=head, page=coverage_page())


@routes.get("/plans")
def plans() -> Response:
    """Answer with the regional projects and their documents."""
    head = _head("Projets régionaux de santé", "Lire", "plans")
    found = [*_things("cls:RegionalHealthProject"), *_things("cls:PlanDocument")]
    return _page("list.html", "plans", head=head, things=found, column=None)


@routes.get("/search")
def search_page() -> Response:
    """Answer with the things whose names bear the words of `q`."""
    words = request.args.get("q", "")[:200]
    folder = this_site().release.folder
    hits = search.find(folder, words, _LIMIT + 1)
    whole = bool(hits)
    hits = hits or search.find(folder, words, _LIMIT + 1, some=True)
    groups: dict[str, list[Link]] = {}
    for hit in hits[:_LIMIT]:
        title = _KINDS.get(hit.kind, "Autres")
        code = _CODED.search(hit.iri)
        name = f"{hit.name} ({code[1]})" if code else hit.name
        groups.setdefault(title, []).append(Link(name, address.path_of(hit.iri), iri=hit.iri))
    head = _head("Recherche", "Chercher", "search")
    return _page(
        "search.html", "search", head=head, words=words, groups=groups,
        count=min(len(hits), _LIMIT), more=len(hits) > _LIMIT, whole=whole,
    )  # fmt: skip


@routes.get("/queries")
def queries() -> Response:
    """Answer with the saved queries, each with a link to its page."""
    head = _head("Requêtes", "Interroger", "queries")
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
    return Head(title, eyebrow, lede, "", iri, (), (Link(views.HOME, address.local("/")),))
