"""What a reader asked for and cannot have: a status, and the same sentence in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contrats.errors import ContratsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox

    from contrats.web.parts import Link


class RefusalError(ContratsError):
    """An answer that is no success; `web.errors` writes it in the form that was asked for."""

    def __init__(
        self,
        status: int,
        fr: str,
        en: str,
        headers: dict[str, str] | None = None,
        place: tuple[int, int] | None = None,
    ) -> None:
        """Keep the status, the headers that go with it, and the place in a query's text.

        `excerpt`, set afterwards, is the part of both sentences that is quoted from that text.
        `stated`, `members` and `links`, set afterwards, are what RDF, JSON and the page say too.
        """
        super().__init__(fr, en)
        self.status = status
        self.headers = headers or {}
        self.place = place
        self.excerpt: str | None = None
        self.stated: tuple[ox.Triple, ...] = ()
        self.members: Mapping[str, object] = {}
        self.links: tuple[Link, ...] = ()
