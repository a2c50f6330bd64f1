"""All that leads to a thing by one property; its own page shows only the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, request

from contrats.search import stem
from contrats.vocabulary import BASE, PREFIXES, compact, expand
from contrats.web import address, negotiation, views
from contrats.web.documents import find_thing
from contrats.web.media import HTML
from contrats.web.page_query import asked
from contrats.web.parts import Head, Link, data_language
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site
from contrats.web.thing_page import inverse_name
from contrats.web.tongue import ENGLISH, _, is_english, ngettext
from contrats.web.words import capital, figure

if TYPE_CHECKING:
    from contrats.store import Term
    from contrats.web.description import Description

routes = Blueprint("links", __name__)

_PAGE: Final = 500
"""Links of one page: some 50 kB."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one page of links stands among all."""

    number: int
    last: int
    total: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class _Row:
    """One thing that leads here; what bears no name is told by its kind and what it is about."""

    thing: str | None
    name: str | None
    kind: str | None
    about: str | None


def address_of(iri: str, predicate: str) -> str:
    """Return the address of the list of all that leads to `iri` by `predicate`."""
    asked = {"to": iri.removeprefix(f"{BASE}id/"), "by": compact(predicate)}
    return f"{address.local('/links')}?{urlencode(asked)}"


@routes.get("/links")
def links() -> Response:
    """Answer with the things that lead to `to` by the property `by`, 500 a page."""
    iri, predicate = _thing(request.args.get("to", "")), _property(request.args.get("by", ""))
    found = _links(iri, predicate)
    last = max(1, -(-len(found) // _PAGE))
    number = _number(request.args.get("page", "1"), last)
    d = views.describe_thing(iri)
    here = address_of(iri, predicate)
    pager = Pager(
        number,
        last,
        len(found),
        f"{here}&page={number - 1}" if number > 1 else None,
        f"{here}&page={number + 1}" if number < last else None,
    )
    shown = [_link(d, row) for row in found[(number - 1) * _PAGE : number * _PAGE]]
    behind = asked("incoming", iri=ox.NamedNode(iri), predicate=ox.NamedNode(predicate))
    head = _head(d, predicate, len(found))
    page = views.render("links.html", "", head=head, links=shown, pager=pager, behind=behind)
    return negotiation.reply(page, negotiation.choose((HTML,)))


def _links(iri: str, predicate: str) -> list[_Row]:
    """Return what leads to `iri` by `predicate`, by name, accents not counting; unnamed last."""
    site = this_site()
    bind = {"iri": ox.NamedNode(iri), "by": ox.NamedNode(predicate)}
    found = [
        _Row(*(_value(row[name]) for name in ("thing", "name", "kind", "about")))
        for row in site.queries.rows(site.store, "links", bind)
    ]
    return sorted(found, key=lambda row: (row.name is None, stem(row.name or ""), row.thing))


def _value(term: Term | None) -> str | None:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else None


def _link(d: Description, row: _Row) -> Link:
    """Return the link of one row: its name, else its class and what it is about."""
    thing = row.thing or ""
    path = address.path_of(thing)
    if row.name:
        english = d.label_in(thing, ENGLISH) if is_english() else None
        return Link(english or row.name, path, iri=thing, language=data_language(english))
    if not row.about:
        return Link(capital(row.kind or "") or compact(thing), path, iri=thing)
    kinds = [k for k in d.iris(thing, "rdf:type") if k != expand("owl:Axiom")]
    kind = capital(d.label(kinds[0])) if kinds else compact(thing)
    return Link(_("%(kind)s : %(name)s", kind=kind, name=d.label(row.about)), path, iri=thing)


def _head(d: Description, predicate: str, total: int) -> Head:
    name, english = inverse_name(d, predicate)
    crumbs = (
        Link(_(views.HOME), address.local("/")),
        Link(d.label(d.iri), address.path_of(d.iri)),
    )
    title = _("%(kind)s : %(name)s", kind=d.label(d.iri), name=name)
    said = ngettext("%(shown)s lien", "%(shown)s liens", total, shown=figure(total))
    return Head(title, said, None, "", (), crumbs, english)


def _thing(name: str) -> str:
    """Return the IRI of the thing called `<kind>/<name>`, of which something is said."""
    kind, rest = (*name.split("/", 1), "")[:2]
    return find_thing(kind, rest)


def _property(name: str) -> str:
    """Return the IRI of the prefixed name `name`, whose prefix must be one of ours."""
    prefix, colon, rest = name.partition(":")
    if colon and prefix in PREFIXES and rest.replace("-", "").isalnum() and rest.isascii():
        return f"{PREFIXES[prefix]}{rest}"
    raise RefusalError(
        400,
        f"« by={name[:100]} » n’est pas une propriété : écrivez-la avec son préfixe, par exemple "
        "by=igeo:subdivisionDe.",
        f'"by={name[:100]}" is no property: write it with its prefix, such as '
        "by=igeo:subdivisionDe.",
    )


def _number(text: str, last: int) -> int:
    """Return the number of the page asked for."""
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= last:  # noqa: PLR2004 -- more digits than pages
        return int(text)
    raise RefusalError(
        404,
        f"Aucune page « {text[:20]} » ici : les pages vont de 1 à {last}.",
        f'No page "{text[:20]}" here: pages go from 1 to {last}.',
    )
