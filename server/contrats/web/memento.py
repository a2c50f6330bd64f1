"""Documents as they were: Memento, https://www.rfc-editor.org/rfc/rfc7089.

A document is its own TimeGate: with Accept-Datetime it sends to what it was then, below the release
of the time. What is there of it, and when, is in its TimeMap.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, redirect, request

from contrats.vocabulary import BASE
from contrats.web import address, negotiation
from contrats.web.documents import OFFERS, unknown
from contrats.web.earlier import RELEASE
from contrats.web.media import LINKS
from contrats.web.refusal import RefusalError
from contrats.web.release_words import moment as moment_in_words
from contrats.web.site import this_site

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response as AnyResponse

    from contrats.entry import Entry

routes = Blueprint("memento", __name__)

_DOCUMENT: Final = "documents.document"
_ASKED: Final = "Accept-Datetime"
_VARY: Final = f"Accept, {_ASKED}"
_LINKED: Final = frozenset({HTTPStatus.OK, HTTPStatus.NOT_MODIFIED})


def register(app: Flask) -> None:
    """Have the documents of `app` tell of their earlier versions, and send to them."""
    app.before_request(_negotiate)
    app.after_request(_add_links)
    app.context_processor(_tell_earlier)


@routes.get("/timemap/doc/<kind>/<document>")
def timemap(kind: str, document: str) -> Response:
    """Answer with all versions of a document: https://www.rfc-editor.org/rfc/rfc7089#section-5."""
    iri = _thing(kind, document)
    found = mementos(iri) if iri else []
    if not found:
        raise unknown(f"{BASE}id/{kind}/{document}")
    path = f"/doc/{kind}/{document}"
    first, last = found[0].since, found[-1].since
    about = f'rel="self"; type="{LINKS.media_type}"; from="{_http(first)}"; until="{_http(last)}"'
    links = [
        f'<{_seen(path)}>; rel="original timegate"',
        f"<{_seen(f'/timemap{path}')}>; {about}",
        *(_link(each, path, _place(each, found)) for each in found),
    ]
    return negotiation.reply(",\n".join(links) + "\n", negotiation.by_suffix((LINKS,), "link"))


def mementos(iri: str) -> list[Entry]:
    """Return the releases that describe `iri` and are still on disk, each once, oldest first."""
    history = this_site().history
    held = history.holding(iri) if history.recorded else ()
    if not held and this_site().statements.knows(iri):
        held = (history.current,)
    last = {each.identifier: each for each in held if history.is_there(each)}
    return sorted(last.values(), key=lambda each: each.number)


def _tell_earlier() -> dict[str, object]:
    """Return what a page of an earlier release says of that: since when, and where today's is."""
    history, identifier = this_site().history, request.environ.get(RELEASE)
    entry = history.find(identifier) if identifier else None
    if entry is None or entry.identifier == history.current.identifier:
        return {"earlier": None}
    root = address.data("").removesuffix(f"/release/{identifier}")
    return {
        "earlier": {
            "since": moment_in_words(entry.since),
            "today": f"{root}{address.shown(request.path)}",
            "release": f"{root}{address.shown(f'/release/{identifier}')}",
        }
    }


def _negotiate() -> AnyResponse | None:
    """Send to the version of the moment that is asked for, if one is."""
    asked = request.headers.get(_ASKED)
    if asked is None or request.endpoint != _DOCUMENT or RELEASE in request.environ:
        return None
    moment = _read(asked)
    arguments = request.view_args or {}
    iri = _thing(arguments["kind"], arguments["document"])
    found = mementos(iri) if iri else []
    if not found:
        return None
    before = [each for each in found if datetime.fromisoformat(each.since) <= moment]
    chosen = before[-1] if before else found[0]
    response = redirect(_local(chosen, request.path), 302)
    response.headers["Vary"] = _VARY
    response.headers["Cache-Control"] = "no-cache"
    links = [*_about(request.path), _link(chosen, request.path, _place(chosen, found))]
    response.headers["Link"] = ", ".join(links)
    return response


def _add_links(response: Response) -> Response:
    """Say of a document where its versions are; of a version, which it is and what is beside it."""
    if request.endpoint != _DOCUMENT or response.status_code not in _LINKED:
        return response
    links = _about(request.path)
    identifier = request.environ.get(RELEASE)
    if identifier is None:
        response.headers["Vary"] = _VARY
    else:
        arguments = request.view_args or {}
        found = mementos(_thing(arguments["kind"], arguments["document"]) or "")
        this = next((each for each in found if each.identifier == identifier), None)
        if this is not None:
            response.headers["Memento-Datetime"] = _http(this.since)
            links += _beside(this, found, request.path)
    response.headers.add("Link", ", ".join(links))
    return response


def _beside(this: Entry, found: list[Entry], path: str) -> list[str]:
    """Return the links to the first, the last, and the two next to `this`."""
    place = found.index(this)
    near = {0, len(found) - 1, place - 1, place, place + 1} & set(range(len(found)))
    links = []
    for number in sorted(near):
        words = {place - 1: "prev ", place + 1: "next "}.get(number, "")
        links.append(_link(found[number], path, f"{words}{_place(found[number], found)}"))
    return links


def _place(entry: Entry, found: list[Entry]) -> str:
    """Return the relation of a version among all: `first memento`, `last memento`."""
    first = "first " if entry is found[0] else ""
    last = "last " if entry is found[-1] else ""
    return f"{first}{last}memento"


def _about(path: str) -> list[str]:
    return [
        f'<{_seen(path)}>; rel="original timegate"',
        f'<{_seen(f"/timemap{path}")}>; rel="timemap"; type="{LINKS.media_type}"',
    ]


def _link(entry: Entry, path: str, relation: str) -> str:
    seen = f"{address.public('')}{_below(entry, path)}"
    return f'<{seen}>; rel="{relation}"; datetime="{_http(entry.since)}"'


def _seen(path: str) -> str:
    """Return the absolute address of today's document at `path`, in the language of the page."""
    return address.public(address.shown(path))


def _local(entry: Entry, path: str) -> str:
    return f"{address.data('')}{_below(entry, path)}"


def _below(entry: Entry, path: str) -> str:
    return f"/release/{entry.identifier}{address.shown(path)}"


def _thing(kind: str, document: str) -> str | None:
    """Return the thing that a document is about, None when its suffix is none of ours."""
    name, dot, suffix = document.partition(".")
    if dot and suffix not in {variant.suffix for variant in OFFERS}:
        return None
    return address.thing(kind, name)


def _http(since: str) -> str:
    """Return a moment as HTTP writes it."""
    return format_datetime(datetime.fromisoformat(since), usegmt=True)


def _read(asked: str) -> datetime:
    """Return the moment in an Accept-Datetime, or raise the 400 that says how to write one."""
    try:
        moment = parsedate_to_datetime(asked)
    except ValueError:
        moment = None
    if moment is None or not asked.rstrip().endswith("GMT"):
        raise RefusalError(
            400,
            f"Accept-Datetime : « {asked[:60]} » n’est pas une date de HTTP. Exemple : "
            "Accept-Datetime: Sun, 22 Nov 2026 08:00:00 GMT.",
            f'Accept-Datetime: "{asked[:60]}" is no HTTP date. Example: '
            "Accept-Datetime: Sun, 22 Nov 2026 08:00:00 GMT.",
            {"Vary": _VARY},
        )
    return moment.replace(tzinfo=UTC)
