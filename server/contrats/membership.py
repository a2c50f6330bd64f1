"""Which thing a statement belongs to, and whole versions of things: members of the event stream.

A contract has all that its graph says, and what other graphs say of the things described there;
any other thing has what is said of it. What rules derive, and INSEE's territories, are left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.canonical import graph_in
from contrats.derivation import GRAPH as DERIVED
from contrats.vocabulary import BASE, EXTERNAL, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

MOST: Final = 200
"""Members of a page."""
LONGEST: Final = 2_000_000
"""Bytes after which a page is full too."""
WITHDRAWN: Final = f"{PREFIXES['graph']}withdrawn"
"""The graph in which the editors say why things left the data."""

_THINGS: Final = f"<{BASE}id/".encode()
_CONTRACTS: Final = f"<{PREFIXES['graph']}contract/".encode()
_CONTRACT: Final = f"<{BASE}id/contract/".encode()
_TERRITORY: Final = f"<{BASE}id/territory/".encode()
_DERIVED: Final = str(DERIVED).encode()
_WITHDRAWN: Final = f"<{WITHDRAWN}>".encode()
_WITHDRAWN_END: Final = b" " + _WITHDRAWN + b" .\n"


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What one file of canonical lines describes: our things, and the contract that has each."""

    things: frozenset[bytes]
    contract_of: dict[bytes, bytes]

    def owner(self, subject: bytes, graph: bytes) -> bytes | None:
        """Return the thing of which a statement is a part, in angle brackets; None of no member."""
        if graph.startswith(_CONTRACTS):
            return _contract(graph)
        if graph in {_DERIVED, _WITHDRAWN} or not subject.startswith(_THINGS):
            return None
        owner = self.contract_of.get(subject, subject)
        return None if owner.startswith(_TERRITORY) else owner


def survey(path: Path | None) -> Surveyed:
    """Return what the canonical N-Quads at `path` describe; of none, nothing."""
    things: set[bytes] = set()
    contract_of: dict[bytes, bytes] = {}
    if path is None or not path.is_file():
        return Surveyed(frozenset(), contract_of)
    subject = b""
    with path.open("rb") as lines:
        for line in lines:
            if not line.startswith(_THINGS) or line.endswith(_WITHDRAWN_END):
                continue
            if not (subject and line.startswith(subject)):  # most follow one about the same
                subject = line[: line.index(b"> ") + 1]
                things.add(subject)
            if _CONTRACTS in line and (graph := graph_in(line)).startswith(_CONTRACTS):
                contract_of[subject] = _contract(graph)
    return Surveyed(frozenset(things), contract_of)


def gather(path: Path, surveyed: Surveyed, wanted: Collection[bytes]) -> dict[bytes, list[bytes]]:
    """Return the lines at `path` that belong to each thing of `wanted`."""
    found: defaultdict[bytes, list[bytes]] = defaultdict(list)
    with path.open("rb") as lines:
        for line in lines:
            if line.startswith(_TERRITORY) and _CONTRACTS not in line:
                continue  # nearly all of them
            owner = surveyed.owner(line[: line.index(b" ")], graph_in(line))
            if owner is not None and owner in wanted:
                found[owner].append(line)
    return found


def withdrawn_in(path: Path) -> frozenset[str]:
    """Return the IRIs of the things of which the canonical N-Quads at `path` say why they left."""
    with path.open("rb") as lines:
        told = {line[1 : line.index(b">")] for line in lines if line.endswith(_WITHDRAWN_END)}
    return frozenset(iri.decode() for iri in told)


def version_of(thing: str, identifier: str, number: int) -> str:
    """Return the IRI of the version of `thing` that the publication `number` brought."""
    return f"{thing.replace('/id/', f'/release/{identifier}/doc/', 1)}#v{number}"


def write_member(thing: str, version: str, event: str, since: str, lines: Iterable[bytes]) -> bytes:
    """Return a version of `thing` as N-Quads: of which thing, when, and a graph with all it says.

    `event` is what happened, in the words of https://www.w3.org/TR/activitystreams-vocabulary/.
    """
    this = f"<{version}>"
    about = (
        f"{this} <{EXTERNAL['rdf']}type> <https://www.w3.org/ns/activitystreams#{event}> .\n"
        f"{this} <{EXTERNAL['dcterms']}isVersionOf> <{thing}> .\n"
        f'{this} <{EXTERNAL["prov"]}generatedAtTime> "{since}"^^<{EXTERNAL["xsd"]}dateTime> .\n'
    )
    said = dict.fromkeys(line.rsplit(b" ", 2)[0] for line in lines)
    return about.encode() + b"".join(each + f" {this} .\n".encode() for each in said)


def paginate(members: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield `members` in pages that are not too long."""
    page: list[bytes] = []
    size = 0
    for member in members:
        if page and (len(page) == MOST or size + len(member) > LONGEST):
            yield page
            page, size = [], 0
        page.append(member)
        size += len(member)
    if page:
        yield page


def _contract(graph: bytes) -> bytes:
    """Return the contract that a graph is about."""
    return _CONTRACT + graph.removeprefix(_CONTRACTS)
