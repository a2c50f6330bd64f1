"""The headers that every answer bears: nothing runs in a page, and anyone may read the data."""

from __future__ import annotations

from typing import Final

from contrats.web.passport import HEADERS as PASSPORT

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(
        (
            "ETag",
            "Content-Location",
            "Content-Range",
            "Accept-Ranges",
            "Retry-After",
            "Link",
            "Memento-Datetime",
            *PASSPORT,
        )
    ),
}
