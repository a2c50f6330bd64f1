"""The queries behind the pages of subjects, with the things that they are asked about."""

from __future__ import annotations

from urllib.parse import urlencode

import pyoxigraph as ox

from contrats.parameter import short_name
from contrats.values import bind_in_text
from contrats.web import address
from contrats.web.behind import Behind, saved, written
from contrats.web.page_query import asked
from contrats.web.site import this_site


def question(name: str, **things: str) -> Behind:
    """Return what stands behind the answer to the saved query `name` about `things`, by IRI."""
    return saved(name, **{each: short_name(iri) for each, iri in things.items()})


def text_question(name: str, **things: str) -> Behind:
    """Return the same with the query in its text, where ?`things` are no parameters of it."""
    bind = {variable: ox.NamedNode(iri) for variable, iri in things.items()}
    return written(bind_in_text(this_site().question(name).body, bind))


def region_question(name: str, region: str, **things: str) -> Behind:
    """Return the same about a region, or about a collectivity, which is no value of ?region."""
    ask = question if "/region-" in region else text_question
    return ask(name, region=region, **things)


def about(iri: str) -> Behind:
    """Return what stands behind all that is said of `iri`."""
    return asked("said-of", iri=ox.NamedNode(iri))


def listed(**facets: str) -> str:
    """Return the address of the list of contracts with these facets on, signed ones only."""
    return f"{address.local('/contracts')}?{urlencode(facets | {'stage': 'signed'})}"
