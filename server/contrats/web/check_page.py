"""The page of the check: this catalogue harvested as portals do, without the network.

The rehearsal asks the application itself, at the public address that settings give it; nobody can
have it ask for anything else.
"""

from __future__ import annotations

import json
from contextvars import Context
from datetime import date
from typing import TYPE_CHECKING, Final

from flask import current_app
from werkzeug.test import Client

from contrats.rehearsal.fetching import Answer, UnreachableError
from contrats.rehearsal.quality import measure
from contrats.rehearsal.reading import parse
from contrats.rehearsal.rehearsal import rehearse
from contrats.rehearsal.remarks import Verdict
from contrats.rehearsal.telling import VERDICTS, WEIGHTS, as_data
from contrats.vocabulary import BASE
from contrats.web import address, views
from contrats.web.kept import keep, keep_for_all
from contrats.web.media import JSON
from contrats.web.parts import Head, Link
from contrats.web.site import this_site
from contrats.web.tongue import _, is_english

if TYPE_CHECKING:
    from contrats.rehearsal.quality import Quality
    from contrats.rehearsal.remarks import Rehearsal

_NO_DAY: Final = date.max
"""Nothing is in the future of a release: the command, which knows the day, looks at that."""


class Within:
    """The site itself, asked as a harvester would, at its public address and at no other."""

    def __init__(self, public: str) -> None:
        """Keep the public address, without a last slash."""
        self.public = public
        self.client = Client(current_app.wsgi_app)
        self.heads: dict[str, Answer] = {}

    def __call__(self, method: str, url: str) -> Answer:
        """Return the answer of the application; refuse what is not below the public address."""
        if not url.startswith(f"{self.public}/"):
            raise UnreachableError(f"{url} : hors de ce site.", f"{url}: not on this site.")
        if method == "HEAD":
            if url not in self.heads:
                self.heads[url] = self._ask(method, url)
            return self.heads[url]
        return self._ask(method, url)

    def _ask(self, method: str, url: str) -> Answer:
        # A context of its own: Flask would share what it keeps of the request that is under way.
        return Context().run(self._open, method, url.removeprefix(self.public))

    def _open(self, method: str, path: str) -> Answer:
        with self.client.open(path, method=method, buffered=True) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, response.get_data())


def check_site() -> tuple[Rehearsal, Quality]:
    """Return the rehearsal of the feed in the language of the page, and its score."""
    return keep("catalog/check", _check)


def _check() -> tuple[Rehearsal, Quality]:
    fetch = keep_for_all("catalog/within", _within)
    feed = address.public("/en/catalog.ttl" if is_english() else "/catalog.ttl")
    graph = parse(fetch("GET", feed).body.decode(), "turtle")
    # The shapes have judged the catalogue: one that does not conform is in no release.
    return rehearse(feed, fetch, _NO_DAY), measure(graph, fetch, conforms=True)


def _within() -> Within:
    return Within(this_site().settings.public_url)


def told_check() -> str:
    """Return the rehearsal and the score in JSON."""
    rehearsal, quality = check_site()
    scored = {
        "points": round(quality.points, 1),
        "of": quality.most,
        "measures": [
            {"dimension": m.dimension, "name": m.name, "points": round(m.points, 1), "of": m.most}
            for m in quality.measures
        ],
    }
    return json.dumps(as_data(rehearsal) | {"quality": scored}, ensure_ascii=False, indent=1)


def show_check() -> str:
    """Return the page of the rehearsal."""
    rehearsal, quality = check_site()
    iri = f"{BASE}catalog/check"
    crumbs = (
        Link(_(views.HOME), address.local("/")),
        Link(_("Catalogue et fichiers"), address.local("/catalog.html")),
    )
    forms = views.forms_of("/catalog/check", (JSON,))
    title = _("Ce que les portails en prennent")
    head = Head(title, _("Moisson répétée"), None, iri, forms, crumbs)
    spoken = 1 if is_english() else 0
    return views.render(
        "check.html",
        "data",
        head=head,
        rehearsal=rehearsal,
        quality=quality,
        verdicts={verdict: words[spoken] for verdict, words in VERDICTS.items()},
        weights={weight: words[spoken] for weight, words in WEIGHTS.items()},
        skipped=sum(each.count(Verdict.SKIPPED) for each in rehearsal.harvests),
        order=tuple(Verdict),
    )
