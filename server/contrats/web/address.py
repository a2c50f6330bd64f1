"""IRIs of the data and addresses of the site: the same paths, whatever host serves them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlsplit

from flask import request

from contrats.vocabulary import BASE, KINDS
from contrats.web.site import this_site
from contrats.web.tongue import root

_NAME: Final = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_SAFE: Final = "/:@!$&'()*+,;=~%-._"
_IN_ADDRESS: Final = f"{_SAFE}?#"


def thing(kind: str, name: str) -> str | None:
    """Return the IRI of the thing `name` of `kind`, None when no thing of ours is named so."""
    if kind not in KINDS or _NAME.fullmatch(name) is None:
        return None
    return f"{BASE}id/{kind}/{name}"


def graph(name: str) -> str | None:
    """Return the IRI of the named graph `name`, None when no graph of ours is named so."""
    if not all(_NAME.fullmatch(part) for part in name.split("/")):
        return None
    return f"{BASE}graph/{name}"


def path_of(iri: str) -> str | None:
    """Return where a page links to for `iri`: within this host for ours, None for no web address.

    Only http and https become links: the data could hold `javascript:` or worse.
    """
    if iri.startswith(BASE):
        return f"{request.script_root}{_below(iri)}"
    return iri if is_web(iri) else None


@lru_cache(maxsize=20_000)  # most things of a page stand in others too
def _below(iri: str) -> str:
    """Return the path of the page about an IRI of ours."""
    rest = iri.removeprefix(BASE)
    if rest.startswith("id/"):
        rest = f"doc/{rest.removeprefix('id/')}"
    step, _, fragment = rest.partition("#")
    mark = f"#{quote(fragment, safe=_SAFE)}" if fragment else ""
    return f"/{quote(step, safe=_SAFE)}{mark}"


def is_web(iri: str) -> bool:
    """Tell whether `iri` can be followed by a browser without harm."""
    try:
        parts = urlsplit(iri)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def is_ours(iri: str) -> bool:
    """Tell whether `iri` is below our base."""
    return iri.startswith(BASE)


def local(path: str) -> str:
    """Return the address of `path`, such as `/contracts`, on the host that serves."""
    return f"{request.script_root}{path}"


def data(path: str) -> str:
    """Return the address of the data at `path`, which is the same in each language of the pages."""
    return f"{root()}{path}"


def public(path: str) -> str:
    """Return the absolute address of `path`, which begins with a slash, for the world outside."""
    return f"{this_site().settings.public_url}{path}"


def shown(path: str) -> str:
    """Return `path` of the site as the language of the page has it, quoted for an address."""
    return quoted(f"{request.script_root.removeprefix(root())}{path}")


def absolute(path: str) -> str:
    """Return the absolute address of `path` as a page links to it, an IRI of elsewhere as it is."""
    return public(path.removeprefix(root())) if path.startswith("/") else path


def quoted(text: str) -> str:
    """Return `text` with no character that would end an address."""
    return quote(text, safe=_IN_ADDRESS)
