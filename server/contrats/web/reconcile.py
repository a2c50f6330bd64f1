"""The reconciliation service `/reconcile`: names in, things of ours out; a page for people.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import RequestEntityTooLarge

from contrats import hits
from contrats.reconciliation.folding import plain
from contrats.reconciliation.query import own_id
from contrats.vocabulary import BASE
from contrats.web import address, negotiation
from contrats.web.headers import POLICY
from contrats.web.media import HTML, JSON
from contrats.web.operation import MAX_BODY
from contrats.web.reconcile_answers import (
    candidates_of,
    described,
    name_of,
    this_index,
    type_name,
    types_of,
    written,
    written_type,
)
from contrats.web.reconcile_input import (
    Extension,
    read_batch,
    read_extension,
    read_json,
    read_single,
)
from contrats.web.reconcile_page import page_of, preview_of
from contrats.web.reconcile_properties import PROPERTIES, find_property, properties_of, values_of
from contrats.web.reconcile_service import manifest
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contrats.reconciliation.index import Thing
    from contrats.web.reconcile_properties import Property

routes = Blueprint("reconcile", __name__)

_OFFERS: Final = (JSON, HTML)
"""JSON first: OpenRefine accepts anything."""
_ASKING: Final = ("queries", "query", "extend")
_SHOWN: Final = 20
"""Suggestions of one answer."""
_SEARCHED: Final = 300
_KINDS: Final = frozenset(
    {"contract", "actor", "plan", "theme", "population", "territory", "commune"}
)
_FRAMED: Final = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")


@routes.get("/reconcile", defaults={"suffix": ""})
@routes.get("/reconcile.<suffix>")
def service(suffix: str) -> Response:
    """Answer with the manifest, the page for people, or what the address asks."""
    if any(name in request.args for name in _ASKING):
        variant = negotiation.pick((JSON,), suffix or None)
        return negotiation.reply(_json(_answer(request.args)), variant)
    _refuse_callback(request.args)
    variant = negotiation.pick(_OFFERS, suffix or None)
    location = negotiation.location_of("/reconcile", suffix, variant)
    if variant is HTML:
        return negotiation.reply(page_of(request.args), variant, location)
    return negotiation.reply(_json(manifest()), variant, location)


@routes.post("/reconcile")
def posted() -> Response:
    """Answer what a form or a JSON body asks; no cache keeps it."""
    variant = negotiation.choose((JSON,))
    response = Response(_json(_answer(_fields())), content_type=variant.content_type)
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "no-store"
    return response


@routes.get("/reconcile/suggest/<what>")
def suggest(what: str) -> Response:
    """Answer with the things, types or properties that begin as `prefix` (section 6)."""
    _refuse_callback(request.args)
    if what not in _SUGGESTED:
        raise RefusalError(
            404,
            f"Rien à suggérer sous « {what[:50]} ». Connus : {', '.join(sorted(_SUGGESTED))}.",
            f'Nothing to suggest under "{what[:50]}". Known: {", ".join(sorted(_SUGGESTED))}.',
        )
    prefix, cursor = request.args.get("prefix", ""), _cursor(request.args.get("cursor", "0"))
    found = _SUGGESTED[what](prefix[:200].strip())
    result = {"result": found[cursor : cursor + _SHOWN]}
    return negotiation.reply(_json(result), negotiation.choose((JSON,)))


@routes.get("/reconcile/properties")
def properties() -> Response:
    """Answer with the properties of a type, or of all (section 7.2)."""
    _refuse_callback(request.args)
    type_id, limit = request.args.get("type", ""), request.args.get("limit", "")
    spans = this_index().spans
    if type_id and type_id not in spans:
        listed = ", ".join(spans)
        raise RefusalError(
            400,
            f"Le type « {type_id[:100]} » est inconnu. Connus : {listed}.",
            f'The type "{type_id[:100]}" is unknown. Known: {listed}.',
        )
    families = (type_id, spans[type_id].type.broader) if type_id else ()
    found = properties_of(type_id, [each for each in families if each])
    most = _cursor(limit or "0", "limit") or len(found)
    proposed: dict[str, Any] = {"properties": [_named(each) for each in found[:most]]}
    proposed |= {"type": type_id} if type_id else {}
    proposed |= {"limit": int(limit)} if limit else {}
    return negotiation.reply(_json(proposed), negotiation.choose((JSON,)))


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
    _refuse_callback(fields)
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
        return {"result": [written(each) for each in candidates_of(read_single(text, spans))]}
    batch = read_batch(text, spans)
    return {
        key: {"result": [written(each) for each in candidates_of(query)]}
        for key, query in batch.items()
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


def _suggest_entities(prefix: str) -> list[dict[str, Any]]:
    """Return the thing of that code or identifier, then those whose names begin so."""
    if not prefix:
        return []
    found = hits.find(this_site().release.folder, prefix, _SEARCHED)
    ids = [hit.iri.removeprefix(f"{BASE}id/") for hit in found if hit.kind in _KINDS]
    with this_index().reading() as reader:
        first = reader.things(reader.with_code(own_id(prefix)))
        numbers = {n for each in ids for n in reader.with_code(each)}
        known = {each.id: each for each in (*first, *reader.things(numbers))}
    ids.sort(key=lambda each: _nearness(known.get(each), plain(prefix)))
    order = dict.fromkeys([each.id for each in first] + [each for each in ids if each in known])
    return [
        {
            "id": each,
            "name": name_of(known[each]),
            "description": described(known[each]),
            "notable": [written_type(found) for found in types_of(known[each])],
        }
        for each in order
    ]


def _nearness(thing: Thing | None, prefix: str) -> int:
    """Return the rank of a suggestion: a name that is the prefix, that begins so, or another."""
    name = plain(thing.name) if thing else ""
    return 0 if name == prefix else 1 if name.startswith(prefix) else 2


def _suggest_types(prefix: str) -> list[dict[str, Any]]:
    types = [span.type for span in this_index().spans.values() if span.past > span.first]
    return [written_type(t) for t in types if _begins((t.id, t.fr, t.en), prefix)]


def _suggest_properties(prefix: str) -> list[dict[str, Any]]:
    return [_named(p) for p in PROPERTIES if _begins((p.id, p.fr, p.name), prefix)]


_SUGGESTED: Final = {
    "entity": _suggest_entities,
    "type": _suggest_types,
    "property": _suggest_properties,
}


def _begins(names: Sequence[str], prefix: str) -> bool:
    """Tell whether a word of one of `names` begins by `prefix`, accents aside; all do by none."""
    wanted = plain(prefix)
    return any(name == prefix or f" {wanted}" in f" {plain(name)}" for name in names)


def _named(found: Property) -> dict[str, str]:
    return {"id": found.id, "name": found.name}


def _cursor(text: str, name: str = "cursor") -> int:
    """Return a number that counts things."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(_SEARCHED)) + 1:
        raise RefusalError(
            400,
            f"« {name} » : attendu un entier positif ou nul, pas « {text[:50]} ».",
            f'"{name}": expected a positive integer or zero, not "{text[:50]}".',
        )
    return int(text)


def _refuse_callback(fields: Mapping[str, str]) -> None:
    """Refuse JSONP, which section 3.2 leaves free: it is a script that anyone may have us write."""
    if "callback" in fields:
        raise RefusalError(
            400,
            "JSONP (« callback ») n’est pas servi : toute réponse porte "
            "Access-Control-Allow-Origin, ce qu’OpenRefine essaie en premier.",
            'JSONP ("callback") is not served: every answer bears Access-Control-Allow-Origin, '
            "which OpenRefine tries first.",
        )


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
