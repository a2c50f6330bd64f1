"""The reconciliation service `/reconcile`: names in, things of ours out; a page for people.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import RequestEntityTooLarge

from contrats.reconciliation.query import own_id
from contrats.web import address, negotiation
from contrats.web.headers import POLICY
from contrats.web.media import HTML, JSON
from contrats.web.operation import MAX_BODY
from contrats.web.reconcile_answers import (
    candidates_of,
    this_index,
    type_name,
    written,
)
from contrats.web.reconcile_input import Extension, read_batch, read_extension, read_single
from contrats.web.reconcile_json import read_json, refuse_callback, written_json
from contrats.web.reconcile_page import page_of, preview_of
from contrats.web.reconcile_properties import find_property
from contrats.web.reconcile_service import manifest
from contrats.web.reconcile_values import values_of
from contrats.web.refusal import RefusalError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contrats.reconciliation.things import Thing

routes = Blueprint("reconcile", __name__)

_OFFERS: Final = (JSON, HTML)
"""JSON first: OpenRefine accepts anything."""
_ASKING: Final = ("queries", "query", "extend")
_FRAMED: Final = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")


@routes.get("/reconcile", defaults={"suffix": ""})
@routes.get("/reconcile.<suffix>")
def service(suffix: str) -> Response:
    """Answer with the manifest, the page for people, or what the address asks."""
    if any(name in request.args for name in _ASKING):
        variant = negotiation.pick((JSON,), suffix or None)
        return negotiation.reply(written_json(_answer(request.args)), variant)
    refuse_callback(request.args)
    variant = negotiation.pick(_OFFERS, suffix or None)
    location = negotiation.location_of("/reconcile", suffix, variant)
    if variant is HTML:
        return negotiation.reply(page_of(request.args), variant, location)
    return negotiation.reply(written_json(manifest()), variant, location)


@routes.post("/reconcile")
def posted() -> Response:
    """Answer what a form or a JSON body asks; no cache keeps it."""
    variant = negotiation.choose((JSON,))
    response = Response(written_json(_answer(_fields())), content_type=variant.content_type)
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "no-store"
    return response


@routes.get("/reconcile/preview")
def preview() -> Response:
    """Answer with a small page about one thing, which other sites may frame (section 5)."""
    response = negotiation.reply(preview_of(_thing(request.args.get("id", ""))), HTML)
    response.headers["Content-Security-Policy"] = _FRAMED
    return response


@routes.get("/reconcile/view")
def view() -> Response:
    """Send to the document about a thing."""
    thing = _thing(request.args.get("id", ""))
    return redirect(address.local(f"/doc/{thing.id}"), 303)  # type: ignore[return-value]


def _answer(fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the answer to the one question that `fields` hold."""
    refuse_callback(fields)
    asked = [name for name in _ASKING if name in fields]
    if len(asked) != 1:
        raise RefusalError(
            400,
            "Donnez l’un des champs « queries », « query » ou « extend », et un seul.",
            'Give one of the fields "queries", "query" or "extend", and only one.',
        )
    text = fields[asked[0]]
    if asked == ["extend"]:
        return _extended(read_extension(text))
    spans = this_index().spans
    if asked == ["query"]:
        [found] = candidates_of([read_single(text, spans)])
        return {"result": [written(each) for each in found]}
    batch = read_batch(text, spans)
    return {
        key: {"result": [written(each) for each in found]}
        for key, found in zip(batch, candidates_of(batch.values()), strict=True)
    }


def _extended(asked: Extension) -> dict[str, Any]:
    """Return the values asked for (section 7.5); an identifier that is no one's is refused."""
    wanted = [(find_property(name, "extend"), limit) for name, limit in asked.properties]
    things = _things(asked.ids, 400)
    rows = {
        given: {
            each.id: values_of(things[given].id, each)[: limit or None] for each, limit in wanted
        }
        for given in asked.ids
    }
    spans = this_index().spans
    meta = [
        {"id": each.id, "name": each.name}
        | ({"type": _plain_type(each.type)} if each.type in spans else {})
        for each, _ in wanted
    ]
    return {"meta": meta, "rows": rows}


def _plain_type(type_id: str) -> dict[str, str]:
    return {"id": type_id, "name": type_name(this_index().spans[type_id].type)}


def _fields() -> Mapping[str, str]:
    """Return the fields of the body: a form, or JSON with the same fields or a batch of its own."""
    if (request.content_length or 0) > MAX_BODY:
        raise RequestEntityTooLarge
    if request.mimetype in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return request.form
    if request.mimetype != "application/json":
        raise RefusalError(
            415,
            "Envoyez un formulaire (application/x-www-form-urlencoded) avec le champ « queries » "
            "ou « extend », ou du JSON.",
            'Send a form (application/x-www-form-urlencoded) with the field "queries" or "extend", '
            "or JSON.",
        )
    given = read_json(request.get_data().decode("utf-8", "replace"), "body")
    if isinstance(given, dict) and len(given) == 1 and next(iter(given)) in _ASKING:
        [(name, value)] = given.items()
        return {name: value if isinstance(value, str) else json.dumps(value)}
    return {"queries": json.dumps(given)}


def _things(ids: Sequence[str], status: int) -> dict[str, Thing]:
    """Return the things of `ids`, or refuse with `status` the first that is none."""
    with this_index().reading() as reader:
        numbers = {given: reader.with_code(own_id(given)) for given in ids}
        found = {each.n: each for each in reader.things(n for s in numbers.values() for n in s)}
    things: dict[str, Thing] = {}
    for given in ids:
        named = [found[n] for n in numbers[given] if found[n].id == own_id(given)]
        if not named:
            raise RefusalError(
                status,
                f"« {given[:100]} » n’est l’identifiant de rien ici. Forme attendue : "
                "actor/ch-valence, ou l’IRI entière.",
                f'"{given[:100]}" identifies nothing here. Expected: actor/ch-valence, or the '
                "whole IRI.",
            )
        things[given] = named[0]
    return things


def _thing(given: str) -> Thing:
    return _things([given], 404)[given]
