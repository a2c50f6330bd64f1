"""What the reconciliation service suggests while one types: things, types and properties.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#suggest-services
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, request

from contrats import hits
from contrats.reconciliation.folding import plain
from contrats.reconciliation.query import own_id
from contrats.vocabulary import BASE
from contrats.web import negotiation
from contrats.web.media import JSON
from contrats.web.reconcile_answers import described, name_of, this_index, types_of, written_type
from contrats.web.reconcile_json import refuse_callback, written_json
from contrats.web.reconcile_properties import PROPERTIES, properties_of
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.reconciliation.things import Thing
    from contrats.web.reconcile_properties import Property

routes = Blueprint("reconcile_suggest", __name__)

_SHOWN: Final = 20
"""Suggestions of one answer."""
_SEARCHED: Final = 300
_KINDS: Final = frozenset(
    {"contract", "actor", "plan", "theme", "population", "territory", "commune"}
)


@routes.get("/reconcile/suggest/<what>")
def suggest(what: str) -> Response:
    """Answer with the things, types or properties that begin as `prefix` (section 6)."""
    refuse_callback(request.args)
    if what not in _SUGGESTED:
        raise RefusalError(
            404,
            f"Rien à suggérer sous « {what[:50]} ». Connus : {', '.join(sorted(_SUGGESTED))}.",
            f'Nothing to suggest under "{what[:50]}". Known: {", ".join(sorted(_SUGGESTED))}.',
        )
    prefix, cursor = request.args.get("prefix", ""), _cursor(request.args.get("cursor", "0"))
    found = _SUGGESTED[what](prefix[:200].strip())
    result = {"result": found[cursor : cursor + _SHOWN]}
    return negotiation.reply(written_json(result), negotiation.choose((JSON,)))


@routes.get("/reconcile/properties")
def properties() -> Response:
    """Answer with the properties of a type, or of all (section 7.2)."""
    refuse_callback(request.args)
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
    return negotiation.reply(written_json(proposed), negotiation.choose((JSON,)))


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
