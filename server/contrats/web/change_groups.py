"""A difference in words: things by kind, what became of each, old and new value side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.derivation import GRAPH as DERIVED
from contrats.difference import GONE
from contrats.vocabulary import BASE, PREFIXES, compact
from contrats.web import address, views
from contrats.web.parts import Link, link_to
from contrats.web.tongue import _, language, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contrats.entry import Entry, Moved
    from contrats.web.description import Description

MOST_THINGS: Final = 60
"""Things of a kind that are shown."""
MOST_LINES: Final = 12
"""Values of a thing that are shown."""
_LONGEST: Final = 240
_CONTRACTS: Final = f"{PREFIXES['graph']}contract/"
_THINGS: Final = f"{BASE}id/"
_KINDS: Final = {
    "contract": mark("Contrats"),
    "actor": mark("Organismes"),
    "plan": mark("Projets régionaux et leurs éléments"),
    "theme": mark("Thèmes"),
    "population": mark("Populations"),
    "territory": mark("Territoires"),
    "alignment": mark("Alignements"),
    "classification": mark("Classements"),
    "source": mark("Sources"),
    "event": mark("Fusions et successions d’organismes"),
}
_REST: Final = "rest"
_TERMS: Final = "terms"


@dataclass(frozen=True, slots=True)
class Said:
    """One value: its text, and where it leads; `language` where it is not that of the page."""

    text: str
    path: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A property of a thing: what it no longer has, and what it has now.

    `part` is the thing within the contract of which it is a property, None of the thing itself.
    """

    part: Link | None
    property: str
    gone: tuple[Said, ...]
    new: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a thing: "add", "del" or "mod"; `more` lines are not shown."""

    link: Link
    event: str
    lines: tuple[Line, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The things of a kind; `more` of them are not shown."""

    anchor: str
    title: str
    things: tuple[Changed, ...]
    total: int
    more: int


def group_changes(entry: Entry, moved: Moved) -> list[Group]:
    """Return what `entry` changed, by kind: contracts first, then bodies, plans, all the rest."""
    found: defaultdict[str, defaultdict[str, list[tuple[bool, ox.Quad]]]]
    found = defaultdict(lambda: defaultdict(list))
    for letter, line in entry.changes():
        quad = next(iter(ox.parse(line, format=ox.RdfFormat.N_QUADS)))
        owner = _owner(quad)
        if owner is not None:
            found[_kind(owner)][owner].append((letter == GONE, quad))
    order = [*_KINDS, _REST, _TERMS]
    return [_group(kind, found[kind], moved) for kind in order if kind in found]


def _owner(quad: ox.Quad) -> str | None:
    """Return the thing that a statement is told under; None of what a rule derived."""
    graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
    if graph == DERIVED.value or not isinstance(quad.subject, ox.NamedNode):
        return None
    if graph.startswith(_CONTRACTS):
        return f"{_THINGS}contract/{graph.removeprefix(_CONTRACTS)}"
    return quad.subject.value


def _kind(owner: str) -> str:
    if not owner.startswith(_THINGS):
        return _TERMS
    kind = owner.removeprefix(_THINGS).partition("/")[0]
    return kind if kind in _KINDS else _REST


def _group(kind: str, things: dict[str, list[tuple[bool, ox.Quad]]], moved: Moved) -> Group:
    titles = _KINDS | {
        _REST: mark("Autres choses"),
        _TERMS: mark("Vocabulaire, questions, graphes"),
    }
    shown = [_changed(owner, things[owner], moved) for owner in sorted(things)[:MOST_THINGS]]
    return Group(kind, _(titles[kind]), tuple(shown), len(things), len(things) - len(shown))


def _changed(owner: str, said: Sequence[tuple[bool, ox.Quad]], moved: Moved) -> Changed:
    """Return what became of `owner`; what came or left whole has no lines of its own."""
    d = views.describe_thing(owner)
    if owner in moved.vanished:
        return Changed(_named(d, owner, moved), "del")
    if owner in moved.appeared:
        return Changed(link_to(d, owner), "add")
    lines = _lines(d, owner, said, moved)
    more = max(0, len(lines) - MOST_LINES)
    return Changed(_named(d, owner, moved), "mod", tuple(lines[:MOST_LINES]), more)


def _lines(
    d: Description, owner: str, said: Iterable[tuple[bool, ox.Quad]], moved: Moved
) -> list[Line]:
    """Return the properties that differ: those of the thing itself, then those of its parts."""
    values: defaultdict[tuple[str, str], tuple[list[Said], list[Said]]]
    values = defaultdict(lambda: ([], []))
    for gone, quad in said:
        subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        place = values[subject, quad.predicate.value]
        place[0 if gone else 1].append(_said(d, quad.object, moved))
    ordered = sorted(values, key=lambda key: (key[0] != owner, key))
    return [
        Line(
            _part(d, subject, owner, moved),
            d.label(name),
            *(tuple(each) for each in values[subject, name]),
        )
        for subject, name in ordered
    ]


def _part(d: Description, subject: str, owner: str, moved: Moved) -> Link | None:
    """Return the thing within `owner` that is spoken of, None for itself."""
    if subject == owner:
        return None
    if subject.startswith(_CONTRACTS):
        return Link(_("Graphe nommé"), address.path_of(subject))
    return _named(d, subject, moved)


def _said(d: Description, value: object, moved: Moved) -> Said:
    """Return a value in words; a long one is cut."""
    if isinstance(value, ox.NamedNode):
        link = _named(d, value.value, moved)
        return Said(link.text, link.path, link.language)
    text = value.value if isinstance(value, ox.Literal) else str(value)
    spoken = value.language if isinstance(value, ox.Literal) else None
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} […]"
    return Said(shown, None, spoken if spoken != language() else None)


def _named(d: Description, iri: str, moved: Moved) -> Link:
    """Return the link to a thing under the name that it has, else under that which it had."""
    had = moved.vanished.get(iri, "")
    link = link_to(d, iri)
    if had and link.text == compact(iri):
        return Link(had, link.path, language="fr" if language() != "fr" else None)
    return link
