"""The releases: their list, and each of them as a page, as its manifest and as RDF."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request

from contrats.manifest import Manifest, read_manifest
from contrats.vocabulary import BASE
from contrats.web import address, negotiation, views
from contrats.web.earlier import KEPT
from contrats.web.media import ATOM, GRAPHS, HTML, JSON
from contrats.web.parts import Head, Link
from contrats.web.refusal import RefusalError
from contrats.web.release_versions import describe, iri_of
from contrats.web.release_words import moment, sentence
from contrats.web.site import this_site
from contrats.web.tongue import _
from contrats.writing import RDF_FORMATS, write_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response as AnyResponse

    from contrats.entry import Entry
    from contrats.history import History

routes = Blueprint("releases", __name__)

OFFERS = (JSON, HTML, *GRAPHS)
"""A program that accepts anything has the manifest, as it always had."""
_LISTED = (HTML, JSON, *GRAPHS)


@dataclass(frozen=True, slots=True)
class Row:
    """One publication as a page shows it."""

    entry: Entry
    since: str
    sentence: str
    there: bool
    current: bool


@routes.get("/releases", defaults={"suffix": ""})
@routes.get("/releases.<suffix>")
def releases(suffix: str) -> Response:
    """Answer with all publications, the newest first."""
    variant = negotiation.pick(_LISTED, suffix or None)
    location = negotiation.location_of("/releases", suffix, variant)
    history = this_site().history
    if variant is HTML:
        return negotiation.reply(_list_page(history), variant, location)
    if variant is JSON:
        listed = [_told(each, history) for each in reversed(history.entries)]
        body = json.dumps({"releases": listed}, ensure_ascii=False, indent=2) + "\n"
        return negotiation.reply(body, variant, location)
    graph = [triple for each in history.entries for triple in describe(each, history)]
    return negotiation.reply(write_graph(graph, RDF_FORMATS[variant.suffix]), variant, location)


@routes.get("/release/<document>")
def release(document: str) -> Response:
    """Answer with a release by its identifier, or by its version: the last one that bears it."""
    name, suffix = document, ""
    history = this_site().history
    entry = history.find(name)
    if entry is None and "." in document:
        name, _dot, suffix = document.rpartition(".")
        entry = history.find(name)
    if entry is None:
        raise unknown(document)
    variant = negotiation.pick(OFFERS, suffix or None)
    location = f"{address.local(f'/release/{entry.identifier}')}.{variant.suffix}"
    content = entry.manifest()
    if variant is JSON:
        return negotiation.reply(content, variant, location)
    if variant is HTML:
        page = _page(entry, read_manifest(content, entry.identifier), history)
        return negotiation.reply(page, variant, location)
    graph = list(describe(entry, history))
    return negotiation.reply(write_graph(graph, RDF_FORMATS[variant.suffix]), variant, location)


@routes.get("/release/<identifier>/<path:rest>")
def elsewhere(identifier: str, rest: str) -> AnyResponse:
    """Send from a release to the page of today: of a release only documents and files are kept."""
    site = this_site()
    entry = site.history.find(identifier)
    if entry is None:
        raise unknown(identifier)
    if rest.removeprefix("en/").partition("/")[0] in KEPT and not site.history.is_there(entry):
        raise RefusalError(
            410,
            f"Les fichiers de la publication {entry.identifier} ne sont plus sur ce serveur ; son "
            f"manifeste et ses changements restent : {address.public(f'/release/{identifier}')}.",
            f"The files of the release {entry.identifier} are no longer on this server; its "
            f"manifest and its changes remain at {address.public(f'/release/{identifier}')}.",
        )
    asked = request.query_string.decode("ascii", "replace")
    return redirect(f"{address.data(f'/{rest}')}{'?' if asked else ''}{asked}", 302)


def unknown(name: str) -> RefusalError:
    """Return the 404 that lists the releases there were."""
    known = list(dict.fromkeys(each.identifier for each in reversed(this_site().history.entries)))
    listed = ", ".join(known[:10]) + (", …" if known[10:] else "")
    return RefusalError(
        404,
        f"Aucune publication « {name[:60]} ». Celles qu’il y a eu : {listed}.",
        f'No release "{name[:60]}". Those there have been: {listed}.',
    )


def row(entry: Entry, history: History) -> Row:
    """Return a publication for a page."""
    there, current = history.is_there(entry), entry is history.current
    return Row(entry, moment(entry.since), sentence(entry), there, current)


def _told(entry: Entry, history: History) -> dict[str, object]:
    """Return a publication for programs."""
    changes = address.public(f"/releases/{entry.number}/changes")
    return {
        "number": entry.number,
        "identifier": entry.identifier,
        "version": entry.version,
        "issued": entry.issued,
        "since": entry.since,
        "manifest": address.public(f"/release/{entry.identifier}.json"),
        "present": history.is_there(entry),
        "added": entry.added if entry.differs else None,
        "removed": entry.removed if entry.differs else None,
        "changes": changes if entry.differs else None,
        "patch": f"{changes}.rdfp" if entry.differs else None,
        "update": f"{changes}.ru" if entry.differs else None,
    }


def _list_page(history: History) -> str:
    """Return the page of all publications."""
    rows = [row(each, history) for each in reversed(history.entries)]
    forms = (*views.forms_of("/releases", (ATOM, JSON)), *views.forms_of("/releases", GRAPHS[:2]))
    head = Head(
        _("Les publications"),
        _("Ce qui change, publication après publication"),
        _(
            "Une publication ne change plus jamais. Chacune garde son adresse, la liste de ses "
            "fichiers avec leurs empreintes, et ce qui la distingue de la précédente."
        ),
        f"{BASE}releases",
        forms,
        crumbs()[:2],
    )
    return views.render("releases.html", "data", head=head, rows=rows)


def _page(entry: Entry, manifest: Manifest, history: History) -> str:
    """Return the page of one release."""
    path = f"/release/{entry.identifier}"
    head = Head(
        _("Publication %(name)s", name=entry.identifier),
        _("Version %(version)s des données", version=entry.version),
        sentence(entry),
        iri_of(entry),
        (*views.forms_of(path, (JSON,)), *views.forms_of(path, GRAPHS[:3])),
        crumbs(),
    )
    times = [row(each, history) for each in history.entries if each.identifier == entry.identifier]
    site = this_site()
    return views.render(
        "release.html",
        "data",
        head=head,
        times=times,
        this=times[-1],
        before=history.before(entry),
        manifest=manifest,
        files=list(_files(manifest)),
        answers=entry.identifier in site.engines.past.identifiers(),
    )


def crumbs() -> tuple[Link, ...]:
    """Return the way to the pages below the list of publications."""
    return (
        Link(_(views.HOME), address.local("/")),
        Link(_("Données"), address.local("/catalog.html")),
        Link(_("Publications"), address.local("/releases")),
    )


def _files(manifest: Manifest) -> Iterator[tuple[str, str, int, str]]:
    """Yield each file of a release: its path, the dump that it is, its length and its SHA-256."""
    for file in manifest.files:
        dump = file.path.removeprefix("dumps/") if file.path.startswith("dumps/") else ""
        yield file.path, dump, file.bytes, file.sha256
