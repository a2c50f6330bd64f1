"""The editor of the endpoint: whether it is there, and what it asks of this site alone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox
from flask import Blueprint, Response, current_app, request

from contrats.vocabulary import PREFIXES, compact
from contrats.web import address, negotiation
from contrats.web.description import read_description
from contrats.web.kept import keep_for_all
from contrats.web.media import HTML, JSON
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site
from contrats.web.wording import summary_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

routes = Blueprint("editor", __name__)

MOST: Final = 100
"""Things that may be named in one request."""
BUNDLE: Final = ("vendor/yasgui/yasgui.min.js", "vendor/yasgui/yasgui.min.css")
"""What `server/bundles.py` brings into the static files when a wheel is built."""
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""That of every page, and beside it scripts and requests of this host; no inline style or script.

https://www.w3.org/TR/CSP3/
"""
_SIMPLE: Final = re.compile(r"[a-z]+(?:-[a-z]+)*:[A-Za-z][A-Za-z0-9_-]*")
"""A prefixed name that SPARQL reads as it stands."""


@dataclass(frozen=True, slots=True)
class Editor:
    """What a page with the editor needs: its files, and the questions on offer by name."""

    bundle: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]


@routes.app_context_processor
def _offer() -> dict[str, Callable[[], Editor | None]]:
    """Let the templates ask whether the editor is there."""
    return {"editor": find_editor}


def find_editor() -> Editor | None:
    """Return the editor, None where its bundle was not brought: a page then has its plain form."""
    folder = Path(current_app.static_folder or "")
    if not all((folder / name).is_file() for name in BUNDLE):
        return None
    return Editor(BUNDLE, tuple((each.name, summary_of(each)) for each in this_site().library))


@routes.after_app_request
def allow_scripts(response: Response) -> Response:
    """Let the pages of the endpoint run the editor; every other page runs nothing."""
    if request.blueprint == "protocol" and response.mimetype == HTML.media_type and find_editor():
        response.headers["Content-Security-Policy"] = POLICY
    return response


@routes.get("/sparql/terms.json")
def terms() -> Response:
    """Answer with the prefixes, and the classes, properties and values that a query may name."""
    site = this_site()
    found = [
        {
            "kind": row["kind"].value,
            "name": compact(row["term"].value),
            "fr": row["french"].value,
            "en": row["english"].value if row["english"] else None,
        }
        for row in site.queries.rows(site.store, "vocabulary")
    ]
    simple = [term for term in found if _SIMPLE.fullmatch(term["name"])]
    simple.sort(key=lambda term: (not term["name"].startswith("cls:"), term["name"]))
    return _reply({"prefixes": dict(PREFIXES), "terms": simple})


@routes.get("/sparql/examples.json")
def examples() -> Response:
    """Answer with the text of each saved query, by its name."""
    return _reply({each.name: each.text for each in this_site().library})


@routes.get("/sparql/labels.json")
def labels() -> Response:
    """Answer with the name of each thing in `iri`; what bears no name is left out."""
    asked = list(dict.fromkeys(request.args.getlist("iri")))
    if len(asked) > MOST:
        raise RefusalError(
            400,
            f"{len(asked)} choses à nommer, pour {MOST} au plus. Demandez-les en plusieurs fois.",
            f"{len(asked)} things to name, for {MOST} at most. Ask for them in several requests.",
        )
    return _reply({iri: name for iri in asked if (name := name_of(iri))})


def name_of(iri: str) -> str | None:
    """Return the name of `iri` in the language of the page, else another; None when it has none."""
    site = this_site()
    if not (address.is_ours(iri) or address.is_web(iri)):
        return None
    try:
        bind = {"iri": ox.NamedNode(iri)}
    except ValueError:
        return None
    quads = site.queries.quads(site.store, "label", bind)
    name = read_description(iri, quads).label(iri)
    return None if name == compact(iri) else name


def english_words() -> Mapping[str, str]:
    """Return the English name of each value of a vocabulary by its French one, found once.

    A French name that two values bear, with two English ones, is left out.
    """
    return keep_for_all("english words", _read_english_words)


def _read_english_words() -> Mapping[str, str]:
    site = this_site()
    said: dict[str, set[str]] = {}
    for row in site.queries.rows(site.store, "english-words"):
        said.setdefault(row["french"].value, set()).add(row["english"].value)
    return {french: min(english) for french, english in said.items() if len(english) == 1}


def _reply(found: Any) -> Response:  # noqa: ANN401 -- JSON holds anything
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return negotiation.reply(f"{body}\n", JSON)
