"""What is asked of the engine, and what it gives back: plain data for both sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from contrats.store import Dataset

if TYPE_CHECKING:
    from io import FileIO

ROWS: Final = "rows"
"""The form of an answer that a page shows: its first rows as N-Triples, `count` says of how many.

Row n is the subject `row:n`, each column a predicate `column:<name>`; see `contrats.engine.rows`.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that the guard let pass, and how it is to be answered.

    `form` is the suffix of a media type of `contrats.web.media` (`json`, `csv`, `ttl`…) or `ROWS`.
    `bind` gives variables their terms, written as in N-Triples.
    """

    text: str
    form: str
    dataset: Dataset = field(default_factory=Dataset)
    bind: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A complete answer: nothing that is cut is ever one.

    `body` is the whole of it, in memory, or a file to be read once and closed. `count` tells
    statements, or rows where the form is `ROWS` (else None); `seconds` what the engine took,
    `release` the identifier of the release that answered, `digest` the SHA-256 of what was asked.
    """

    body: bytes | FileIO
    count: int | None
    seconds: float
    release: str
    digest: str
