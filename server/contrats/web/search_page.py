"""The page of the search: what was found, by kind, each with where or when it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from contrats import hits
from contrats.web import address
from contrats.web.description import Description
from contrats.web.parts import Link, link_to
from contrats.web.site import this_site
from contrats.web.tongue import _, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from contrats.hits import Hit

_EACH: Final = 12
"""Things of one kind that are shown before the reader asks for all of that kind."""
_ALL: Final = 500
_SHOWN: Final = 3
"""Things of one property that tell a hit from another."""
KINDS: Final = {
    "contract": mark("Contrats"),
    "actor": mark("Organismes"),
    "priority": mark("Priorités"),
    "plan": mark("Projets régionaux"),
    "territory": mark("Territoires"),
    "commune": mark("Communes"),
    "theme": mark("Thèmes"),
    "population": mark("Populations"),
    "source": mark("Sources"),
    "other": mark("Autres"),
}
_CONTEXT: Final = {
    "contract": ("cls:inRegion", "dcterms:temporal"),
    "actor": ("org:classification",),
    "priority": ("cls:priorityOf",),
    "plan": ("dcterms:publisher", "dcterms:isPartOf", "dcterms:temporal"),
    "territory": ("rdf:type", "cls:locatedIn", "igeo:subdivisionDe"),
    "commune": ("igeo:subdivisionDe",),
    "source": ("dcterms:type",),
    "other": ("rdf:type",),
}
"""What tells two things of one name apart, in this order."""
_AROUND: Final = ("/departement-", "/region-")
"""Of the territories that a territory lies in, those that are shown: the smaller ones."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found, with what tells it from others of its name."""

    link: Link
    context: tuple[Link, ...]
    code: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: the first of them, how many in all, where all are."""

    title: str
    found: tuple[Found, ...]
    total: int
    more: str | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the template shows; `whole` is false when names hold only a part of the words."""

    words: str
    groups: tuple[Group, ...]
    total: int
    whole: bool
    meant: Link | None
    only: str | None
    """The title of the one kind that is shown, and the address of all kinds."""
    back: str


def search_page(words: str, kind: str) -> SearchPage:
    """Return what bears `words` in its names; only things of `kind` unless it is empty."""
    folder = this_site().release.folder
    counts = hits.count(folder, words)
    whole = bool(counts)
    meant = None if whole else hits.suggest(folder, words)
    counts = counts or hits.count(folder, words, some=True)
    only = kind if kind in counts else None
    found = hits.find(folder, words, _ALL, some=not whole, kind=only)
    return SearchPage(
        words,
        _groups(found, {only: counts[only]} if only else counts, words, _ALL if only else _EACH),
        sum(counts.values()),
        whole,
        Link(meant, _address(meant)) if meant else None,
        _title(only) if only else None,
        _address(words),
    )


def _groups(
    found: Iterable[Hit], counts: Mapping[str, int], words: str, most: int
) -> tuple[Group, ...]:
    """Return what was found by kind, the kind of the best hit first."""
    d = Description("", this_site().statements)
    kinds: dict[str, list[Hit]] = {}
    for hit in found:
        kinds.setdefault(hit.kind, []).append(hit)
    return tuple(
        Group(
            _title(kind),
            tuple(_found(d, hit) for hit in several[:most]),
            counts[kind],
            f"{_address(words)}&kind={kind}" if counts[kind] > min(most, len(several)) else None,
        )
        for kind, several in kinds.items()
    )


def _found(d: Description, hit: Hit) -> Found:
    """Return how one hit is shown: a commune with its code too, which no other commune has."""
    code = d.text(hit.iri, "igeo:codeINSEE") if hit.kind == "commune" else None
    near = [iri for name in _CONTEXT.get(hit.kind, ()) for iri in _around(d, hit.iri, name)]
    return Found(link_to(d, hit.iri), tuple(link_to(d, iri) for iri in near), code)


def _around(d: Description, thing: str, name: str) -> Sequence[str]:
    """Return what `thing` leads to by `name`; of territories the smallest kind that is shown."""
    things = d.iris(thing, name)
    if name not in {"cls:locatedIn", "igeo:subdivisionDe"}:
        return things[:_SHOWN]
    several = ([each for each in things if scale in each] for scale in _AROUND)
    return next((each[:_SHOWN] for each in several if each), [])


def _title(kind: str) -> str:
    return _(KINDS[kind])


def _address(words: str) -> str:
    return f"{address.local('/search')}?{urlencode({'q': words})}"
