"""What a publication changed: a page in words, an RDF Patch, a SPARQL Update."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response

from contrats.patch import write_patch, write_update
from contrats.vocabulary import BASE
from contrats.web import address, negotiation, release_page, views
from contrats.web.change_groups import group_changes
from contrats.web.media import HTML, RDF_PATCH, UPDATE
from contrats.web.parts import Head, Link
from contrats.web.refusal import RefusalError
from contrats.web.release_words import sentence
from contrats.web.site import this_site
from contrats.web.tongue import _

if TYPE_CHECKING:
    from contrats.entry import Entry

routes = Blueprint("changes", __name__)

_OFFERS: Final = (HTML, RDF_PATCH, UPDATE)


@routes.get("/releases/<number>/changes", defaults={"suffix": ""})
@routes.get("/releases/<number>/changes.<suffix>")
def changes(number: str, suffix: str) -> Response:
    """Answer with what the publication of that number changed, in order to apply or to read it."""
    entry = _find(number)
    variant = negotiation.pick(_OFFERS, suffix or None)
    path = f"/releases/{entry.number}/changes"
    location = negotiation.location_of(path, suffix, variant)
    if variant is HTML:
        return negotiation.reply(_page(entry, path), variant, location)
    if variant is RDF_PATCH:
        before = this_site().history.before(entry)
        written = write_patch(entry.changes(), _iri(entry), _iri(before) if before else None)
    else:
        written = write_update(list(entry.changes()))
    return negotiation.reply(b"".join(written), variant, location)


def _find(number: str) -> Entry:
    """Return the publication, of which a difference is kept, or raise the 404 that says why not."""
    history = this_site().history
    known = number.isascii() and number.isdigit() and len(number) < 9  # noqa: PLR2004 -- no number
    entry = history.numbered(int(number)) if known else None
    if entry is None:
        last = history.current.number
        raise RefusalError(
            404,
            f"Aucune publication n’a le numéro « {number[:20]} ». Numéros : de 1 à {last}.",
            f'No publication has the number "{number[:20]}". Numbers: from 1 to {last}.',
        )
    if not entry.differs:
        raise RefusalError(
            404,
            f"La publication {entry.identifier} n’a pas de différence : elle est la première "
            "connue, ou la précédente avait été supprimée. Prenez ses fichiers entiers.",
            f"The release {entry.identifier} has no difference: it is the first that is known, or "
            "the one before had been removed. Take its whole files.",
        )
    return entry


def _iri(entry: Entry) -> str:
    return f"{BASE}releases/{entry.number}/changes#{entry.identifier}"


def _page(entry: Entry, path: str) -> str:
    """Return the page of what changed, in words."""
    history = this_site().history
    before = history.before(entry)
    head = Head(
        _("Ce qui a changé"),
        _("Publication %(name)s", name=entry.identifier),
        sentence(entry),
        "",
        views.forms_of(path, (RDF_PATCH, UPDATE)),
        (
            *release_page.crumbs(),
            Link(entry.identifier, address.local(f"/release/{entry.identifier}")),
        ),
    )
    return views.render(
        "changes.html",
        "data",
        head=head,
        this=release_page.row(entry, history),
        before=before,
        after=history.numbered(entry.number + 1),
        groups=group_changes(entry, history.moved(entry)),
        path=path,
    )
