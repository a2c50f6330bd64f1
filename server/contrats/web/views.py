"""Descriptions -> pages: the page of a class where there is one, else the general page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from flask import render_template

from contrats.vocabulary import BASE
from contrats.web import address, schema_org
from contrats.web.actor_page import actor_page
from contrats.web.contract_page import contract_page, eyebrow_of
from contrats.web.description import Description
from contrats.web.media import DOCUMENTS
from contrats.web.parts import Form, Head, Link, kind_of, label_language
from contrats.web.plan_page import plan_page
from contrats.web.priority_page import priority_page
from contrats.web.site import this_site
from contrats.web.source_page import source_page
from contrats.web.subject_page import subject_page
from contrats.web.subject_table import POPULATIONS, THEMES, Kind
from contrats.web.territory_page import territory_page
from contrats.web.thing_page import source_badges, thing_page, type_names
from contrats.web.tongue import ENGLISH, FRENCH, _, is_english, mark
from contrats.web.type_page import type_page
from contrats.web.typography import set_french
from contrats.web.words import capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.web.media import Variant
    from contrats.web.parts import Badge

HOME = mark("Accueil")


def render(template: str, section: str, **data: Any) -> str:  # noqa: ANN401 -- a template takes anything
    """Return the page `template`, French typography set; `section` is marked in the navigation."""
    site = this_site()
    embedded = None if "fault" in data else schema_org.embedded(data.get("head"), section)
    page = render_template(
        template, section=section, release=site.release, base=BASE, embedded=embedded, **data
    )
    return page if is_english() else set_french(page)


def show_thing(iri: str) -> str:
    """Return the page about a thing: that of its class where there is one, else the general one."""
    d = describe_thing(iri)
    for name, show in _OF_CLASS.items():
        if d.is_a(d.iri, name):
            return show(d)
    return _OF_KIND.get(kind_of(d.iri), _show_any)(d)


def describe_thing(iri: str) -> Description:
    """Return what the release says of `iri`, and of all else that a page about it names."""
    return Description(iri, this_site().statements)


def _show_contract(d: Description) -> str:
    page = contract_page(d, this_site().release.issued)
    head = _head(d, eyebrow_of(d, d.iri), None, (), ("/contracts", "Contrats"))
    return render("contract.html", "contracts", head=head, page=page)


def _show_priority(d: Description) -> str:
    page = priority_page(d)
    number = _("Priorité %(number)s", number=page.number) if page.number else _("Priorité")
    head = _head(d, number, None, (), ("/contracts", "Contrats"))
    if page.contract:
        head = replace(head, crumbs=(*head.crumbs, page.contract))
    return render("priority.html", "contracts", head=head, page=page)


def _show_actor(d: Description) -> str:
    shown = ("cv:hasParticipant", "cls:hasSignatory", "cls:leadBody", "cls:hasPilot")
    things = thing_page(d, (*shown, "cls:hasSupport", "dcterms:publisher"))
    page = actor_page(d)
    kind = page.type.text if page.type else None
    above = _("Organisme · %(type)s", type=kind) if kind else _("Organisme")
    head = _head(d, above, page.lede, source_badges(d, d.iri), ("/actors", _("Acteurs")))
    return render("actor.html", "actors", head=head, page=page, thing=things)


def _show_type(d: Description) -> str:
    things = thing_page(d, ("org:classification",))
    head = _head(d, _("Type d’organisme"), None, (), ("/actors", _("Acteurs")))
    return render("actor_type.html", "actors", head=head, page=type_page(d), thing=things)


def _show_theme(d: Description) -> str:
    return _show_subject(d, THEMES, _("Thème, classement éditorial"), ("/themes", _("Thèmes")))


def _show_population(d: Description) -> str:
    above = ("/populations", _("Populations"))
    return _show_subject(d, POPULATIONS, _("Population, classement éditorial"), above)


def _show_subject(d: Description, kind: Kind, eyebrow: str, above: tuple[str, str]) -> str:
    shown = ("cls:assignsTheme", "cls:assignsPopulation", "cls:principalTheme", "skos:broader")
    things = thing_page(d, (kind.property, "owl:annotatedSource", "skos:narrower", *shown))
    head = _head(d, eyebrow, d.text(d.iri, "skos:definition"), (), above)
    page = subject_page(d, kind)
    return render("subject.html", "themes", head=head, page=page, thing=things, facet=kind.facet)


def _show_territory(d: Description) -> str:
    shown = ("cls:coversCommune", "cls:inDepartement", "cls:inRegion", "dcterms:hasPart")
    things = thing_page(d, shown)
    page = territory_page(d)
    head = _head(d, page.scale or _types(d), None, source_badges(d, d.iri))
    return render("territory.html", "", head=head, page=page, thing=things)


def _show_source(d: Description) -> str:
    page = source_page(d)
    shown = ("prov:hadPrimarySource", "oa:hasSource", "prov:wasDerivedFrom")
    head = _head(d, _types(d), None, (), ("/sources", _("Sources")))
    return render("source.html", "", head=head, page=page, thing=thing_page(d, shown))


def _show_plan(d: Description) -> str:
    shown = ("cls:refersToPlan", "cls:implementsPlan", "dcterms:isPartOf", "cls:countOf")
    things = thing_page(d, (*shown, "owl:annotatedTarget"))
    above = ("/plans", _("Projets régionaux"))
    head = _head(d, _types(d), None, source_badges(d, d.iri), above)
    return render("plan.html", "plans", head=head, page=plan_page(d), thing=things)


def _show_any(d: Description) -> str:
    head = _head(d, _types(d), None, source_badges(d, d.iri))
    return render("thing.html", "", head=head, thing=thing_page(d))


_OF_CLASS: Final = {
    "cls:LocalHealthContract": _show_contract,
    "cls:Priority": _show_priority,
    "org:FormalOrganization": _show_actor,
}
_OF_KIND: Final = {
    "territory": _show_territory,
    "source": _show_source,
    "plan": _show_plan,
    "actor-type": _show_type,
    "theme": _show_theme,
    "population": _show_population,
}


def forms_of(path: str, variants: Sequence[Variant]) -> tuple[Form, ...]:
    """Return the formats bar of the document at `path`."""
    return tuple(Form(v.name, f"{address.data(path)}.{v.suffix}", v.media_type) for v in variants)


def _types(d: Description) -> str:
    """Return the names of the types of the thing, for the line above the title."""
    names = [link.text for link in type_names(d, d.iri)]
    return capital(" · ".join(names) or _("Chose"))


def _head(
    d: Description,
    eyebrow: str,
    lede: str | None,
    badges: tuple[Badge, ...],
    above: tuple[str, str] | None = None,
) -> Head:
    """Return the banner of the page about the thing that `d` describes.

    `above` is the list that it is in: its path and its French name.
    """
    step = d.iri.removeprefix(BASE).replace("id/", "/doc/", 1)
    crumbs = [Link(_(HOME), address.local("/"))]
    if above:
        crumbs.append(Link(_(above[1]), address.local(above[0])))
    return Head(
        d.label(d.iri),
        eyebrow,
        lede,
        d.iri,
        forms_of(step, DOCUMENTS),
        tuple(crumbs),
        d.label_in(d.iri, ENGLISH),
        badges,
        d.label_in(d.iri, FRENCH),
        label_language(d, d.iri),
    )
