"""The list of bodies, by type, with how many contracts each signed, at least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.search import stem
from contrats.web import address
from contrats.web.parts import Link
from contrats.web.site import this_site

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One body: how many signed contracts and how many preparatory acts bear its signature."""

    link: Link
    contracts: int
    acts: int


@dataclass(frozen=True, slots=True)
class Group:
    """The bodies of one type; the anchor is for links within the page."""

    name: str
    anchor: str
    rows: tuple[ActorRow, ...]

    @property
    def count(self) -> int:
        """Return how many bodies of this type are named."""
        return len(self.rows)


def actor_groups() -> list[Group]:
    """Return every body under its type, by name, accents not counting."""
    site = this_site()
    found: dict[tuple[str, str], dict[str, ActorRow]] = {}
    for row in site.queries.rows(site.store, "actors"):
        kind, name = row["type"], row["typeName"]
        anchor = kind.value.rpartition("/")[2] if kind is not None else "sans-type"
        title = name.value if name is not None else "Type non précisé"
        found.setdefault((title, anchor), {})[row["actor"].value] = _actor(row)
    return [
        Group(title, anchor, tuple(sorted(rows.values(), key=lambda each: stem(each.link.text))))
        for (title, anchor), rows in sorted(found.items(), key=lambda pair: stem(pair[0][0]))
    ]


def _actor(row: ox.QuerySolution) -> ActorRow:
    iri, contracts = row["actor"].value, int(row["contracts"].value)
    return ActorRow(
        Link(row["name"].value, address.path_of(iri), iri=iri),
        contracts,
        int(row["acts"].value) - contracts,
    )
