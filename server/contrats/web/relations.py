"""What an answer is related to, in the header Link: https://www.rfc-editor.org/rfc/rfc8288."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import g, request

from contrats.vocabulary import BASE, LICENCE
from contrats.web import address
from contrats.web.media import HTML, TURTLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contrats.web.media import Variant

LONGEST: Final = 400
"""Bytes of the fields of an address that are repeated for each other form: proxies cut headers."""


def relate(variant: Variant, *, negotiates: bool) -> str:
    """Return the value of Link for an answer in the form `variant`, empty when nothing is offered.

    `negotiates` tells that each form has an address of its own beside the one asked for.
    """
    offers: Sequence[Variant] = g.get("offers", ())
    if variant not in offers:
        return ""
    by_suffix = request.path.endswith(f".{variant.suffix}") and g.get("variant") is variant
    path = request.path.removesuffix(f".{variant.suffix}") if by_suffix else request.path
    linked = [*_alternates(offers, variant, path)] if negotiates or by_suffix else []
    whole = path if HTML in offers else request.path
    if not request.query_string:
        linked.append(f'<{address.public(address.shown(whole))}>; rel="canonical"')
    if path.startswith("/doc/"):
        iri = path.replace("/doc/", f"{BASE}id/", 1)
        linked.append(f'<{iri}>; rel="describes"')
    about = address.public(f"/catalog.{TURTLE.suffix}")
    linked.append(f'<{about}>; rel="describedby"; type="{TURTLE.media_type}"')
    linked.append(f'<{LICENCE}>; rel="license"')
    return ", ".join(linked)


def canonical() -> dict[str, Any]:
    """Return what templates may ask: the address of the page for the world, None with fields.

    Pages with fields are as many as anyone cares to write: none of them is the one to be found.
    """
    path = address.shown(request.path.removesuffix(f".{HTML.suffix}"))
    return {"canonical": None if request.query_string else address.public(path)}


def _alternates(offers: Sequence[Variant], variant: Variant, path: str) -> Iterator[str]:
    """Yield the link to each other form of the document at `path`, with the fields asked for."""
    fields = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    if len(fields) > LONGEST:
        return
    for other in offers:
        if other is not variant:
            place = address.local(path) if other is HTML else address.data(path)
            target = f"{address.quoted(place)}.{other.suffix}{address.quoted(fields)}"
            yield f'<{target}>; rel="alternate"; type="{other.media_type}"'
