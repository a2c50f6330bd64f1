"""The passport of an answer: which release gave it, to what, how long it took, how to ask again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from contrats.engine.normal import is_repeatable
from contrats.vocabulary import LICENCE
from contrats.web import negotiation
from contrats.web.media import JSON

if TYPE_CHECKING:
    from flask import Response

    from contrats.engine.asked import Answered
    from contrats.store import Dataset

HEADERS: Final = (
    "Contrats-Release", "Contrats-Query", "Contrats-Seconds", "Contrats-Complete", "Link",
)  # fmt: skip
_LONGEST: Final = 4000
"""Characters of an address in a header; a longer query is asked again by POST."""


@dataclass(frozen=True, slots=True)
class Passport:
    """What is said of an answer; `again` asks the same of the very same release."""

    release: str
    digest: str
    seconds: float
    count: int | None
    again: str
    itself: str


def make_passport(text: str, dataset: Dataset, answered: Answered, public: str) -> Passport:
    """Return the passport of `answered`, the answer to `text` over `dataset`.

    `public` is the address of the site, seen from outside.
    """
    fields = urlencode(
        [
            ("query", text),
            *(("default-graph-uri", iri) for iri in dataset.default),
            *(("named-graph-uri", iri) for iri in dataset.named),
        ]
    )
    base = f"{public}/release/{answered.release}"
    return Passport(
        answered.release,
        f"sha256:{answered.digest}",
        answered.seconds,
        answered.count,
        f"{base}/sparql?{fields}",
        f"{base}/passport.json?{fields}",
    )


def passport_headers(passport: Passport) -> list[tuple[str, str]]:
    """Return the headers that bear a passport; links to a long query go without it."""
    again, itself = (
        link if len(link) <= _LONGEST else link.partition("?")[0]
        for link in (passport.again, passport.itself)
    )
    return [
        ("Contrats-Release", passport.release),
        ("Contrats-Query", passport.digest),
        ("Contrats-Seconds", f"{passport.seconds:.4f}"),
        ("Contrats-Complete", "true"),
        ("Link", f'<{again}>; rel="memento"'),
        ("Link", f'<{itself}>; rel="describedby"; type="{JSON.media_type}"'),
        ("Link", f'<{LICENCE}>; rel="license"'),
    ]


def cache_control(text: str) -> str:
    """Return how long the answer to `text` may be kept: to be asked again, or not at all."""
    return "no-cache" if is_repeatable(text) else "no-store"


def reply_passport(text: str, dataset: Dataset, passport: Passport) -> Response:
    """Answer with the passport alone, as JSON."""
    said: dict[str, Any] = {
        "release": passport.release,
        "query": text,
        "query-hash": passport.digest,
        "default-graph-uri": dataset.default,
        "named-graph-uri": dataset.named,
        "seconds": round(passport.seconds, 4),
        "complete": True,
        "rows": passport.count,
        "again": passport.again,
    }
    return negotiation.reply(json.dumps(said, ensure_ascii=False, indent=2) + "\n", JSON)
