"""Choose the form of an answer, and send it so that caches and harvesters can rely on it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import Response, g, request

from contrats.web.media import HTML
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.web.media import Variant


def choose(offers: Sequence[Variant]) -> Variant:
    """Return the offer that the request's Accept likes best, the first of equals, or raise 406.

    https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1: no header means that all will do, and
    the most precise range that names a type decides, so that `text/html;q=0, */*` is no HTML.
    """
    if not request.accept_mimetypes:
        return offers[0]
    best = max(offers, key=_quality)
    if _quality(best) > 0:
        return best
    raise not_acceptable(offers)


def accepts(offers: Sequence[Variant]) -> bool:
    """Tell whether the request accepts one of `offers`."""
    return not request.accept_mimetypes or any(_quality(offer) > 0 for offer in offers)


def by_suffix(offers: Sequence[Variant], suffix: str) -> Variant:
    """Return the offer that an address ends with, and speak in it from now on; or raise 404."""
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
    response.set_etag(entity_tag(variant.suffix))
    response.make_conditional(request)
    return response


def entity_tag(variant: str) -> str:
    """Return the strong tag of what the request asks for: release, address, form; code for pages.

    https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
    """
    site = this_site()
    parts = [site.release.identifier, request.full_path, request.method, variant]
    if request.method == "HEAD":
        parts[2] = "GET"
    parts.append(site.code)
    if request.method == "POST":
        parts.append(hashlib.sha256(request.get_data()).hexdigest())
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def is_page(variant: Variant) -> bool:
    """Tell whether `variant` is for people."""
    return variant is HTML


def _quality(offer: Variant) -> float:
    """Return how much the request likes `offer` under any of its names, from 0 to 1.

    A parameter makes another range: `text/turtle;charset=utf-8` is ours when it is named so.
    """
    accepted = request.accept_mimetypes
    named = {value.lower().replace(" ", "") for value in accepted.values()}
    names = [offer.media_type, *offer.also]
    names += [full for each in names if (full := f"{each};charset=utf-8") in named]
    return max(accepted.quality(name) for name in names)
