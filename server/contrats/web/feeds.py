"""The publications as an Atom feed, for people: https://www.rfc-editor.org/rfc/rfc4287."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from flask import Blueprint, Response

from contrats.vocabulary import BASE
from contrats.web import address, negotiation
from contrats.web.media import ATOM, HTML
from contrats.web.release_words import moment, sentence
from contrats.web.site import this_site
from contrats.web.tongue import _, language

if TYPE_CHECKING:
    from contrats.entry import Entry

routes = Blueprint("feeds", __name__)

_ATOM: Final = "http://www.w3.org/2005/Atom"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST: Final = 50
"""Entries in the feed: the list of all of them is on the page."""


@routes.get("/releases.atom")
def atom() -> Response:
    """Answer with the last publications, the newest first."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: language()})
    entries = this_site().history.entries[::-1]
    page = _seen("/releases")
    _add(feed, "id", f"{BASE}releases.atom#{language()}")
    _add(feed, "title", _("Contrats locaux de santé : les publications"))
    _add(feed, "subtitle", _("Ce qui change dans les données, publication après publication."))
    _add(feed, "updated", entries[0].since)
    _link(feed, "self", _seen("/releases.atom"), ATOM.media_type)
    _link(feed, "alternate", page, HTML.media_type)
    author = _add(feed, "author")
    _add(author, "name", _("La rédaction des Contrats locaux de santé"))
    _add(feed, "rights", "Licence Ouverte 2.0")
    for entry in entries[:_MOST]:
        _add_entry(feed, entry)
    body = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return negotiation.reply(body, negotiation.by_suffix((ATOM,), ATOM.suffix))


def _add_entry(feed: ET.Element, publication: Entry) -> None:
    """Add a publication; one that is published again is another entry."""
    entry = _add(feed, "entry")
    _add(entry, "id", f"{BASE}release/{publication.identifier}#v{publication.number}")
    _add(entry, "title", _("Publication %(name)s", name=publication.identifier))
    _add(entry, "updated", publication.since)
    _add(entry, "published", publication.since)
    path = f"/release/{publication.identifier}"
    if publication.differs:
        path = f"/releases/{publication.number}/changes"
    _link(entry, "alternate", _seen(path), HTML.media_type)
    since = _("En service le %(moment)s.", moment=moment(publication.since))
    _add(entry, "summary", f"{sentence(publication)} {since}")


def _seen(path: str) -> str:
    """Return the absolute address of a page in the language of the feed."""
    return address.public(address.shown(path))


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = text
    return child


def _link(parent: ET.Element, relation: str, href: str, media_type: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"rel": relation, "href": href, "type": media_type})
