"""Every document of ours that the world may find, once, with the day of its last change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.vocabulary import BASE, DEF, EXTERNAL
from contrats.web.kept import keep_for_all
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_WITHDRAWN: Final = ox.NamedNode(f"{DEF}WithdrawnThing")
_TYPE: Final = ox.NamedNode(f"{EXTERNAL['rdf']}type")
_OF_STEP: Final = {"graph": "graph", "queries": "question"}
"""Files of the sitemap for documents that are about no `id/…`, by the first step of the IRI."""


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """A document by its path; `group` is the kind of thing it is about, `changed` a xsd:date."""

    path: str
    group: str
    changed: str


def public_documents() -> tuple[PublicDocument, ...]:
    """Return the documents about every thing of which the release states something, by path.

    A term and a shape are parts of `/def` and `/shape`, which are pages; what was withdrawn has
    no document.
    """
    graphs: defaultdict[str, set[str]] = defaultdict(set)
    for quad in this_site().store.quads.quads_for_pattern(None, _TYPE, None, None):
        thing, graph = quad.subject, quad.graph_name  # all things of ours have a type: see the test
        if (
            isinstance(thing, ox.NamedNode)
            and isinstance(graph, ox.NamedNode)
            and quad.object != _WITHDRAWN
            and thing.value.startswith(BASE)
        ):
            graphs[thing.value.partition("#")[0]].add(graph.value)
    found = (_document(iri, stating) for iri, stating in sorted(graphs.items()))
    return tuple(each for each in found if each)


def last_changed(iri: str, graphs: Collection[str]) -> str:
    """Return the day on which what is said of `iri` last changed, as the history of releases tells.

    Of what it does not tell of it is that of the `graphs` saying it; one that says no day changed
    with the release.
    """
    moment = keep_for_all("last changes", this_site().history.last_changed).get(iri)
    if moment is not None:
        return moment.partition("T")[0]
    issued = this_site().release.issued
    days = keep_for_all("days of graphs", _read_days)
    return max((days.get(graph, issued) for graph in graphs), default=issued)


def _document(iri: str, graphs: Collection[str]) -> PublicDocument | None:
    step, _, rest = iri.removeprefix(BASE).partition("/")
    day = last_changed(iri, graphs)
    if step == "id":
        return PublicDocument(f"/doc/{rest}", rest.partition("/")[0], day)
    group = _OF_STEP.get(step)
    return PublicDocument(f"/{step}/{rest}", group, day) if group else None


def _read_days() -> Mapping[str, str]:
    site = this_site()
    rows = site.queries.rows(site.store, "graph-days")
    return {row["graph"].value: row["day"].value for row in rows}
