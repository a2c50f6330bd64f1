"""What the servers are asked: the queries of `asked/` and some of the saved ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.servers import JSON

from contrats.library import read_saved_query
from contrats.rooms import find_rooms
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contrats.manifest import Manifest

_FOLDER: Final = Path(__file__).with_name("asked")
_EXAMPLE: Final = "valence-2019"
_ALL: Final = 1_000_000
"""More rows than any answer has."""
POINTS: Final = ("point-properties", "point-describe", "point-ask", "point-priorities")
OVER_ALL: Final = (
    "matrix", "pairs", "regex", "not-exists", "order", "aggregate", "path", "count-all",
)  # fmt: skip
SAVED: Final = (
    "theme-pairs", "themes-covered", "frequent-signatories", "nested-contracts", "coverage",
    "contracts-in-force", "priority-turnover", "access-and-supply", "population-covered",
)  # fmt: skip
"""Saved queries of 3 ms to 1 s, of every kind."""


@dataclass(frozen=True, slots=True)
class Case:
    """A query, and the contracts of which each takes its turn where the query is about one."""

    name: str
    text: str
    contracts: Sequence[str]

    @property
    def accept(self) -> str:
        """Return the media type that is asked for."""
        graph = "CONSTRUCT" in self.text or "DESCRIBE" in self.text
        return "application/n-triples" if graph else JSON

    def distinct(self, number: int) -> str:
        """Return a text that no other number gives, and that has the same meaning for all.

        A query about a contract is about another one each time; a LIMIT that cuts nothing makes
        the others a query that no cache knows.
        """
        contract = self.contracts[number % len(self.contracts)]
        return f"{self.text.replace(_EXAMPLE, contract)}LIMIT {_ALL + number}\n"


def list_contracts(manifest: Manifest) -> list[str]:
    """Return the names of the contracts of a release."""
    before = f"{BASE}graph/contract/"
    return [e.graph.removeprefix(before) for e in manifest.graphs if e.graph.startswith(before)]


def read_cases(names: Sequence[str], contracts: Sequence[str]) -> Iterator[Case]:
    """Yield the queries `names` of `asked/`, or the saved ones of these names."""
    for name in names:
        path = _FOLDER / f"{name}.rq"
        saved = find_rooms().queries / f"{name}.rq"
        text = path.read_text("utf-8") if path.is_file() else read_saved_query(saved).body
        yield Case(name, text, contracts)
