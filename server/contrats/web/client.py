"""Who asks: the address of the client, told by a proxy only where that proxy is trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

GONE = "contrats.gone"
"""The key of the environment under which the server says whether the client went away."""
_LONGEST = 64
"""Characters of an address; what is longer is none."""


def client_address() -> str:
    """Return the address that the request comes from."""
    said = request.headers.get("X-Forwarded-For", "")
    return find_client(request.remote_addr or "", said, this_site().settings.proxies)


def find_client(peer: str, forwarded: str, proxies: Collection[str]) -> str:
    """Return who asks: `peer`, or whom a trusted proxy names in X-Forwarded-For.

    That is the last address which is no trusted proxy: what stands before it anyone may write.
    """
    if peer not in proxies:
        return peer
    for said in reversed(forwarded.split(",")):
        address = said.strip()[:_LONGEST]
        if address and address not in proxies:
            return address
    return peer


def client_gone() -> Callable[[], bool]:
    """Return what tells whether the client went away, as far as the server knows."""
    gone: Callable[[], bool] = request.environ.get(GONE, lambda: False)
    return gone
