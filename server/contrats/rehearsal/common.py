"""What both harvesters look at in the same way: texts of several languages, dates, geometries."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from rdflib import DCTERMS, Literal, URIRef

from contrats.rehearsal.words import guess, lose, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from contrats.rehearsal.remarks import Remark

_POLYGON: Final = re.compile(r"\s*(MULTI)?POLYGON\s*(Z\s*)?\(", re.IGNORECASE)
_CRS: Final = re.compile(r"\s*<")


def look_at_languages(
    graph: Graph, node: Node, language: str, names: tuple[str, ...] = ("title", "description")
) -> Iterator[Remark]:
    """Yield a guess for each text of which there are several and none, or many, in `language`."""
    for name in names:
        found = texts(graph, node, DCTERMS[name])
        liked = [each for each in found if each.language == language]
        if len(found) > 1 and len(liked) != 1:
            tags = ", ".join(sorted(each.language or "–" for each in found))
            yield guess(
                f"{name}-at-random",
                f"dcterms:{name} a {len(found)} valeurs ({tags}) : une est prise au hasard. Donnez "
                f"un flux par langue.",
                f"dcterms:{name} has {len(found)} values ({tags}): one is taken at random. Give a "
                "feed for each language.",
            )


def look_at_modified(graph: Graph, node: Node, today: date) -> Iterator[Remark]:
    """Yield what is wrong with dcterms:modified: no date, or one that has not come yet."""
    for value in graph.objects(node, DCTERMS.modified):
        found = read_date(value)
        if found is None:
            yield lose(
                "modified-unreadable",
                f"dcterms:modified « {value} » n’est pas une date : ignoré.",
                f"dcterms:modified “{value}” is no date: left out.",
            )
        elif found > today:
            yield lose(
                "modified-in-the-future",
                f"dcterms:modified {found} est dans l’avenir : udata l’ignore.",
                f"dcterms:modified {found} is in the future: udata leaves it out.",
            )


def read_date(value: object) -> date | None:
    """Return the day that a literal says, None when it says none."""
    try:
        found = value.toPython() if isinstance(value, Literal) else None
        if isinstance(found, str):
            found = datetime.fromisoformat(found)
    except ValueError:
        return None
    if isinstance(found, datetime):
        return found.date()
    return found if isinstance(found, date) else None


def is_polygon(text: str) -> bool:
    """Tell whether WKT is a polygon that both harvesters read: no coordinate system in front."""
    return _POLYGON.match(text) is not None and _CRS.match(text) is None


def is_iri(node: object) -> bool:
    """Tell whether a node has an IRI."""
    return isinstance(node, URIRef)
