"""Choose the form of an answer, and send it so that caches and harvesters can rely on it."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response, g, request
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import PreconditionFailed
from werkzeug.http import parse_accept_header, parse_options_header

from contrats.web import address, relations
from contrats.web.media import ALL
from contrats.web.refusal import RefusalError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contrats.web.media import Variant

_CHARSETS = frozenset({"utf-8", "utf8", "*"})


def choose(offers: Sequence[Variant]) -> Variant:
    """Return the offer that the request's Accept likes best, the first of equals, or raise 406."""
    g.offers = offers
    best = find_best(request.headers.get("Accept", ""), tuple(offers))
    if best is None:
        raise not_acceptable(offers)
    return best


@lru_cache(maxsize=1024)
def find_best(accept: str, offers: tuple[Variant, ...]) -> Variant | None:
    """Return the offer that the header `accept` likes best, the first of equals, None for a 406.

    https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1: no header means that all will do, and
    the most precise range that names a type decides, so that `text/html;q=0, */*` is no HTML.
    """
    liked = _ranges(accept)
    if liked is None:
        return offers[0]
    best = max(offers, key=lambda offer: _quality(offer, liked))
    return best if _quality(best, liked) > 0 else None


@lru_cache(maxsize=1024)
def profile(accept: str) -> tuple[float, ...]:
    """Return how much the header `accept` likes each form that we offer anywhere.

    Two headers of one profile get the same answer everywhere.
    """
    liked = _ranges(accept)
    if liked is None:
        return ()
    return tuple(_quality(variant, liked) for variant in ALL)


def accepts(offers: Sequence[Variant]) -> bool:
    """Tell whether the request accepts one of `offers`."""
    return find_best(request.headers.get("Accept", ""), tuple(offers)) is not None


def pick(offers: Sequence[Variant], suffix: str | None) -> Variant:
    """Return the offer that `suffix` names, else, without one, the offer that the Accept likes."""
    return choose(offers) if suffix is None else by_suffix(offers, suffix)


def by_suffix(offers: Sequence[Variant], suffix: str) -> Variant:
    """Return the offer that an address ends with, and speak in it from now on; or raise 404."""
    g.offers = offers
    for offer in offers:
        if offer.suffix == suffix:
            g.variant = offer
            return offer
    listed = ", ".join(f".{offer.suffix}" for offer in offers)
    raise RefusalError(
        404,
        f"Aucune forme « .{suffix} » ici. Formes offertes : {listed}.",
        f'No form ".{suffix}" here. Forms on offer: {listed}.',
    )


def not_acceptable(offers: Sequence[Variant]) -> RefusalError:
    """Return the 406 that lists `offers`."""
    listed = ", ".join(offer.media_type for offer in offers)
    return RefusalError(
        406,
        f"Aucun des types demandés (Accept : {request.headers.get('Accept', '')}) n’est offert "
        f"ici. Types offerts : {listed}.",
        f"None of the types asked for (Accept: {request.headers.get('Accept', '')}) is on offer "
        f"here. Types on offer: {listed}.",
    )


def reply(body: bytes | str, variant: Variant, location: str | None = None) -> Response:
    """Return `body` in the form `variant`, with what a cache needs; 304 when it is known already.

    `location` is the address of this variant where the one asked for negotiates.
    """
    response = Response(body, content_type=variant.content_type)
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "no-cache"
    if location is not None:
        response.headers["Content-Location"] = location
    if linked := relations.relate(variant, negotiates=location is not None):
        response.headers["Link"] = linked
    response.set_etag(entity_tag(response))
    response.make_conditional(request)
    if response.status_code == HTTPStatus.PRECONDITION_FAILED:
        raise PreconditionFailed
    return response


def location_of(path: str, suffix: str, variant: Variant) -> str | None:
    """Return the address of `variant` of the document at `path`, None when its suffix was asked."""
    return None if suffix else f"{address.local(path)}.{variant.suffix}"


def entity_tag(response: Response) -> str:
    """Return the strong tag of what is sent: its bytes, their type and their address.

    Nothing but the bytes tells all that they are made of: release, queries, shapes, code, public
    address, and what a query draws by chance. https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
    """
    location = response.headers.get("Content-Location", "")
    return tag_of(response.content_type or "", location, response.get_data())


def tag_of(content_type: str, location: str, body: bytes) -> str:
    """Return the tag of `body` of that type, sent from `location` where the address negotiates."""
    digest = hashlib.sha256(f"{content_type}\n{location}\n".encode())
    digest.update(body)
    return digest.hexdigest()[:24]


def _quality(offer: Variant, liked: Mapping[str, float]) -> float:
    """Return how much `offer` is liked, from 0 to 1: under its name, or another it bears.

    A range with `*` speaks of media types as they are registered, never of another name.
    """
    kind = offer.media_type.partition("/")[0]
    by_name = [liked[each] for each in (offer.media_type, f"{kind}/*", "*/*") if each in liked]
    by_alias = [liked[each] for each in offer.also if each in liked]
    return max([*by_name[:1], *by_alias], default=0)


def _ranges(accept: str) -> dict[str, float] | None:
    """Return the ranges of `accept` without their parameters, each with its quality; None of none.

    A profile, a version or `header=present` takes nothing away; a charset other than UTF-8 does.
    """
    accepted = parse_accept_header(accept, MIMEAccept)
    if not accepted:
        return None
    liked: dict[str, float] = {}
    for named, quality in accepted:
        media_type, parameters = parse_options_header(named)
        if parameters.get("charset", "utf-8").lower() not in _CHARSETS:
            continue
        media_type = "*/*" if media_type == "*" else media_type.lower()
        liked[media_type] = max(quality, liked.get(media_type, 0))
    return liked
