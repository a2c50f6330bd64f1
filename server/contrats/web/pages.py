"""The pages that are lists: home, contracts, bodies, search, queries; and the health check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, request

from contrats import search
from contrats.vocabulary import BASE
from contrats.web import address, negotiation, views
from contrats.web.dates import in_words, span
from contrats.web.description import expand
from contrats.web.media import HTML, TEXT
from contrats.web.parts import Head, Link
from contrats.web.site import this_site

if TYPE_CHECKING:
    from contrats.library import SavedQuery

routes = Blueprint("pages", __name__)

_LIMIT = 100
_KINDS = {
    "contract": "Contrats",
    "actor": "Organismes",
    "priority": "Priorités",
    "plan": "Projets régionaux",
    "territory": "Territoires",
    "theme": "Thèmes",
    "population": "Populations",
}


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract of the list; what is None is not stated."""

    link: Link
    place: str | None
    generation: int | None
    period: str | None
    signature: str | None
    stage: str | None
    signatories: int
    signatories_complete: bool
    priorities: int
    priorities_complete: bool


@routes.get("/")
def home() -> Response:
    """Answer with the home page."""
    site = this_site()
    figures = next(iter(site.queries.rows(site.store, "figures")))
    counts = {name.value: int(figures[name].value) for name in figures_variables(figures)}
    return _page(
        "home.html", "home", counts=counts, contracts=contract_rows(), queries=_questions()[:4]
    )


@routes.get("/contracts")
def contracts() -> Response:
    """Answer with every contract."""
    head = _head("Contrats", "Lire", "contracts")
    return _page("contracts.html", "contracts", head=head, contracts=contract_rows())


@routes.get("/actors")
def actors() -> Response:
    """Answer with every body."""
    head = _head("Organismes", "Lire", "actors")
    found = _things("org:FormalOrganization")
    return _page("list.html", "actors", head=head, things=found, column="Type")


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
        groups.setdefault(title, []).append(Link(hit.name, address.path_of(hit.iri), iri=hit.iri))
    head = _head("Recherche", "Chercher", "search")
    return _page(
        "search.html", "search", head=head, words=words, groups=groups,
        count=min(len(hits), _LIMIT), more=len(hits) > _LIMIT, whole=whole,
    )  # fmt: skip


@routes.get("/queries")
def queries() -> Response:
    """Answer with the saved queries, each with a link that runs it."""
    head = _head("Requêtes", "Interroger", "queries")
    return _page("queries.html", "queries", head=head, queries=_questions())


@routes.get("/healthz")
def health() -> Response:
    """Answer that the server lives, and with which release; nothing is counted."""
    response = negotiation.reply(f"{this_site().release.identifier}\n", TEXT)
    response.headers["Cache-Control"] = "no-store"
    return response


def contract_rows() -> list[ContractRow]:
    """Return every contract, as the page query gives it."""
    site = this_site()
    return [_contract(row) for row in site.queries.rows(site.store, "contracts")]


def figures_variables(row: ox.QuerySolution) -> list[ox.Variable]:
    """Return the variables of the one row of figures."""
    names = ("contracts", "actors", "priorities", "sources", "quoted")
    return [ox.Variable(name) for name in names if row[name] is not None]


def _contract(row: ox.QuerySolution) -> ContractRow:
    def text(name: str) -> str | None:
        term = row[name]
        return term.value if isinstance(term, ox.Literal | ox.NamedNode) else None

    signature, generation, iri = text("signature"), text("generation"), text("contract") or ""
    return ContractRow(
        Link(text("title") or iri, address.path_of(iri), iri=iri),
        text("place"),
        int(generation) if generation else None,
        span(text("start"), text("end")),
        in_words(signature) if signature else None,
        text("stage"),
        int(text("signatories") or 0),
        text("signatoriesComplete") == "true",
        int(text("priorities") or 0),
        text("prioritiesComplete") == "true",
    )


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


def _questions() -> list[tuple[SavedQuery, str]]:
    """Return the saved queries and the address that runs each."""
    return [
        (query, f"{address.local('/sparql')}?{urlencode({'query': query.text})}")
        for query in this_site().library
    ]


def _page(template: str, section: str, **data: object) -> Response:
    """Answer with a page that exists as HTML only."""
    variant = negotiation.choose((HTML,))
    return negotiation.reply(views.render(template, section, **data), variant)


def _head(title: str, eyebrow: str, step: str) -> Head:
    iri = f"{BASE}{step}"
    return Head(title, eyebrow, None, "", iri, (), (Link(views.HOME, address.local("/")),))
