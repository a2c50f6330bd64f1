"""The network around one body: its contracts on the left, who signs them with it on the right.

A drawing with a `viewBox`, of at most some twenty names, all written out; a table says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from contrats.web.dates import span
from contrats.web.parts import Link, link_to
from contrats.web.succession import signing_actors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contrats.web.description import Description

WIDTH: Final = 372
BOX: Final = 132
"""How wide the box of a contract is; names of bodies begin at `NAMES`."""
NAMES: Final = 188
_CONTRACTS: Final = 8
_BODIES: Final = 14
_LETTERS: Final = {"contract": 17, "body": 30}
"""Letters of one line."""
_LINE: Final = 14
_PAD: Final = 8


@dataclass(frozen=True, slots=True)
class Node:
    """A contract or a body: its lines of text, the middle of its height; `strong` if often met."""

    link: Link
    lines: tuple[str, ...]
    y: float
    strong: bool

    @property
    def height(self) -> int:
        """Return how high the box around the lines is."""
        return _LINE * len(self.lines) + _PAD

    @property
    def top(self) -> float:
        """Return where the box begins."""
        return self.y - self.height / 2

    def baseline(self, line: int) -> float:
        """Return where the line of that number, from 0, is written."""
        return self.y - _LINE * (len(self.lines) - 1) / 2 + _LINE * line + 4


@dataclass(frozen=True, slots=True)
class Network:
    """What is drawn, and what of it is left out; `edges` are pairs of a contract and a body."""

    contracts: tuple[Node, ...]
    bodies: tuple[Node, ...]
    edges: tuple[tuple[Node, Node], ...]
    height: float
    whole: bool

    def contracts_of(self, body: Node) -> tuple[Node, ...]:
        """Return the contracts drawn that `body` signs."""
        return tuple(contract for contract, other in self.edges if other == body)


def network_of(d: Description, actor: str, contracts: Sequence[str]) -> Network | None:
    """Return the network around `actor`, None when nobody is known to sign with it.

    Where there are too many contracts, those of which most is shared; then the bodies that sign
    most of them.
    """
    signing = {c: signing_actors(d, c) - {actor} for c in dict.fromkeys(contracts)}
    counts: dict[str, int] = {}
    for others in signing.values():
        for other in others:
            counts[other] = counts.get(other, 0) + 1
    if not counts:
        return None
    chosen = _contracts(signing, counts)
    met = {other: sum(other in signing[c] for c in chosen) for other in counts}
    bodies = sorted((o for o in met if met[o]), key=lambda o: (-met[o], d.label(o), o))[:_BODIES]
    chosen = [c for c in chosen if signing[c] & set(bodies)]
    whole = len(chosen) == len(signing) and len(bodies) == len(counts)
    return _drawn(d, chosen, bodies, signing, whole=whole)


def _contracts(signing: Mapping[str, frozenset[str]], counts: Mapping[str, int]) -> list[str]:
    """Return the contracts that are drawn, in the order of `signing`."""

    def weight(contract: str) -> tuple[int, int]:
        others = signing[contract]
        return (-sum(counts[other] > 1 for other in others), -len(others))

    best = set(sorted((c for c in signing if signing[c]), key=weight)[:_CONTRACTS])
    return [contract for contract in signing if contract in best]


def _drawn(
    d: Description,
    contracts: Sequence[str],
    bodies: Sequence[str],
    signing: Mapping[str, frozenset[str]],
    *,
    whole: bool,
) -> Network:
    met = {o: sum(o in signing[c] for c in contracts) for o in bodies}
    left = [(link_to(d, c), _lines(_short(d, c), "contract"), True) for c in contracts]
    right = [(link_to(d, o), _lines(d.label(o), "body"), met[o] > 1) for o in bodies]
    height = max(_needed(left, 8), _needed(right, 0))
    boxes, names = _placed(left, height), _placed(right, height)
    edges = tuple(
        (box, name) for box in boxes for name in names if name.link.iri in signing[box.link.iri]
    )
    return Network(boxes, names, edges, height, whole)


def _needed(nodes: Sequence[tuple[Link, tuple[str, ...], bool]], gap: int) -> float:
    return sum(_LINE * len(lines) + _PAD + gap for _link, lines, _strong in nodes)


def _placed(nodes: Sequence[tuple[Link, tuple[str, ...], bool]], height: float) -> tuple[Node, ...]:
    """Return `nodes` one under the other, the room that is left shared between them."""
    gap = (height - _needed(nodes, 0)) / len(nodes)
    found, y = [], 0.0
    for link, lines, strong in nodes:
        tall = _LINE * len(lines) + _PAD + gap
        found.append(Node(link, lines, round(y + tall / 2, 1), strong))
        y += tall
    return tuple(found)


def _short(d: Description, contract: str) -> str:
    """Return the place and the years of `contract`: its title is too long to be drawn."""
    place, period = d.iri_of(contract, "dcterms:spatial"), d.iri_of(contract, "dcterms:temporal")
    years = span(d.text(period or "", "dcat:startDate"), d.text(period or "", "dcat:endDate"))
    named = d.label(place) if place else d.label(contract)
    short = years if years and len(years) < 10 else None  # noqa: PLR2004 -- "2019-2023"
    return f"{named} {short}" if short else named


def _lines(text: str, kind: str) -> tuple[str, ...]:
    """Return `text` in lines; only a word that is longer than a line is cut, at its hyphens."""
    letters = _LETTERS[kind]
    cut = max(map(len, text.split()), default=0) > letters
    return tuple(wrap(text, letters, break_on_hyphens=cut)) or (text,)
