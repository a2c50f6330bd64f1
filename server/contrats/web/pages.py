"""The pages that are lists: home, contracts, bodies, search, queries; and the health check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, request

from contrats import search
from contrats.vocabulary import BASE
from contrats.web import address, negotiation, views
from contrats.web.actor_list import actor_groups
from contrats.web.behind import saved
from contrats.web.contract_list import SIGNED, contract_list, region_counts
from contrats.web.contract_row import contract_rows
from contrats.web.coverage import coverage_page
from contrats.web.kept import kept_page
from contrats.web.media import HTML, TEXT
from contrats.web.parts import Head, Link
from contrats.web.plan_list import plan_list
from contrats.web.site import this_site
from contrats.web.tongue import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from contrats.web.contract_row import ContractRow

routes = Blueprint("pages", __name__)

_LIMIT = 100
_CODED: Final = re.compile(r"/territory/commune-(\w+)$")
"""A commune, whose name is often that of others: shown with its code."""
_READ_FIRST: Final = 8
_ASK_FIRST: Final = frozenset(
    {"signatories", "themes-covered", "population-covered", "shared-signatories", "coverage"}
)
"""Saved queries that the home page proposes, when they are there."""
_FIGURES: Final = ("contracts", "preparatory", "actors", "priorities", "quoted")
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
    site = this_site()
    figures = next(iter(site.queries.rows(site.store, "figures")))
    counts = {name: int(figures[name].value) for name in _FIGURES if figures[name] is not None}
    rows = contract_rows()
    return _page(
        "home.html", "home", counts=counts, contracts=_best_known(rows),
        regions=region_counts(rows),
        queries=[each for each in site.library if each.name in _ASK_FIRST],
    )  # fmt: skip


@routes.get("/contracts")
def contracts() -> Response:
    """Answer with every contract, or those of the regions and stages asked for."""
    found = contract_list(request.args.to_dict(flat=False))
    signed, preparatory = (each.count for each in found.stages)
    lede = (
        f"Au moins {signed} contrats signés et {preparatory} actes préparatoires, retrouvés dans "
        "des sources publiques. Ce n’est pas un recensement : un contrat absent d’ici peut exister."
    )
    head = _head("Tous les contrats", "Contrats et actes préparatoires", "contracts", lede)
    return _page("contracts.html", "contracts", head=head, found=found)


@routes.get("/actors")
def actors() -> Response:
    """Answer with every body, by type."""
    return _kept(_actors)


def _actors() -> str:
    lede = _(
        "Ceux que nomment les sources lues. Le nombre de contrats est celui des signatures "
        "connues ; il peut y en avoir d’autres."
    )
    head = _head(_("Organismes"), _("Lire"), "actors", lede)
    shares = saved("signatory-types")
    return views.render("actors.html", "actors", head=head, groups=actor_groups(), shares=shares)


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
    """Answer with the regional projects by region, and the documents of none."""
    return _kept(_plans)


def _plans() -> str:
    lede = _(
        "Chaque page dit, élément par élément, quels contrats y sont alignés, et à quels éléments "
        "aucun contrat connu ne l’est."
    )
    head = _head(_("Projets régionaux de santé"), _("Lire"), "plans", lede)
    return views.render("plans.html", "plans", head=head, page=plan_list())


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


def _best_known(rows: Iterable[ContractRow]) -> list[ContractRow]:
    """Return the signed contracts of which most is known: whole lists first, then long ones."""

    def known(row: ContractRow) -> tuple[int, int]:
        whole = row.signatories_complete + row.priorities_complete
        return (-whole, -min(row.signatories, row.priorities))

    both = [r for r in rows if r.stage == SIGNED and r.signatories and r.priorities]
    return sorted(both, key=known)[:_READ_FIRST]


def _kept(make: Callable[[], str]) -> Response:
    """Answer with the HTML page that `make` makes, once for each language."""
    variant = negotiation.choose((HTML,))
    return negotiation.reply(kept_page(make), variant)


def _page(template: str, section: str, **data: object) -> Response:
    """Answer with a page that exists as HTML only."""
    variant = negotiation.choose((HTML,))
    return negotiation.reply(views.render(template, section, **data), variant)


def _head(title: str, eyebrow: str, step: str, lede: str | None = None) -> Head:
    iri = f"{BASE}{step}"
    return Head(title, eyebrow, lede, "", iri, (), (Link(views.HOME, address.local("/")),))
