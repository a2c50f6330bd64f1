"""What a page says to search engines, in schema.org's words: only what the data states.

A block of data, which no browser runs: https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents.
What is wanted of a Dataset: https://developers.google.com/search/docs/appearance/structured-data/dataset.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from contrats.vocabulary import BASE
from contrats.web import address
from contrats.web.description import Description
from contrats.web.kept import keep
from contrats.web.schema_data_sets import CATALOGUE, about_contract, catalogue, publisher
from contrats.web.schema_things import about_actor, about_concept, about_territory
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Callable

    from contrats.web.parts import Head

Node = dict[str, Any]
CONTEXT: Final = "https://schema.org"
_INERT: Final = str.maketrans(
    {mark: f"\\u{ord(mark):04x}" for mark in "<>&'\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"}
)
"""Nothing of it may end the element that it stands in, whatever the data holds."""
_OF_KIND: Final[dict[str, Callable[[Description], Node]]] = {
    "contract": about_contract,
    "actor": about_actor,
    "theme": about_concept,
    "population": about_concept,
    "territory": about_territory,
}


def embedded(head: Head | None, section: str) -> Markup | None:
    """Return the data of a page with that banner, to stand in a script element; None of nothing.

    The home page, which has no banner, and the catalogue tell of all data sets.
    """
    nodes: list[Node] = []
    if (head is None and section == "home") or (head is not None and head.iri == CATALOGUE):
        nodes += keep("schema.org of the catalogue", lambda: [catalogue(), publisher()])
    if head is not None:
        nodes += [_thing(head.iri), _crumbs(head)]
    found = [node for node in nodes if node]
    return _written({"@context": CONTEXT, "@graph": found}) if found else None


def _written(said: Node) -> Markup:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_INERT))  # noqa: S704 -- made inert just now


def _thing(iri: str) -> Node:
    """Return what is said of the thing of a page, empty when schema.org has no word for it."""
    if not iri.startswith(f"{BASE}id/"):
        return {}
    say = _OF_KIND.get(iri.removeprefix(f"{BASE}id/").partition("/")[0])
    return say(Description(iri, this_site().statements)) if say else {}


def _crumbs(head: Head) -> Node:
    """Return the way from the home page to this one."""
    links = [(each.text, each.path) for each in head.crumbs if each.path]
    if not links:
        return {}
    items = [
        {"@type": "ListItem", "position": rank, "name": name, "item": address.absolute(path)}
        for rank, (name, path) in enumerate(links, 1)
    ]
    last: Node = {"@type": "ListItem", "position": len(items) + 1, "name": head.title}
    return {"@type": "BreadcrumbList", "itemListElement": [*items, last]}
