"""What robots are told: `/robots.txt`, and every public document once, with its last change.

https://www.sitemaps.org/protocol.html and https://www.rfc-editor.org/rfc/rfc9309.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app

from contrats.web import address, negotiation
from contrats.web.kept import keep_for_all
from contrats.web.media import TEXT, Variant
from contrats.web.public import PublicDocument, public_documents
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

routes = Blueprint("sitemap", __name__)

MOST: Final = 50_000
"""Addresses of one file, and 50 MB: as many of ours are some 7 MB."""
_XML: Final = Variant("xml", "application/xml", "XML", "https://www.sitemaps.org/protocol.html")
_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES: Final = "pages"
UNLISTED: Final = {
    "/healthz": "tells whether the server lives, and is no document",
    "/links": "answers fields only",
    "/reconcile/preview": "answers fields only",
    "/reconcile/view": "answers fields only",
}
"""Routes that the sitemap leaves out, each with the reason; so are those that end with a suffix."""
_LEFT: Final = (
    ("/*?", "Les adresses à champs : filtres, comparaisons, requêtes. Il y en a une infinité."),
    ("/sparql/", "Ce dont l’éditeur de requêtes se sert."),
    ("/release/", "Les publications d’avant : les pages du jour sont celles à trouver."),
    ("/en/release/", "Les mêmes, en anglais."),
    ("/healthz", "Le contrôle de santé."),
)


@routes.get("/robots.txt")
def robots() -> Response:
    """Answer with what robots should leave, and where the sitemap is."""
    prefix = urlsplit(this_site().settings.public_url).path
    lines = [
        "# Tout peut être lu et repris. Tout d’un coup : le catalogue et les fichiers qu’il nomme,",
        f"# {address.public('/catalog.ttl')}",
        "User-agent: *",
    ]
    for path, why in _LEFT:
        lines += [f"# {why}", f"Disallow: {prefix}{path}"]
    lines += ["", f"Sitemap: {address.public('/sitemap.xml')}", ""]
    return negotiation.reply("\n".join(lines), TEXT)


@routes.get("/sitemap.xml")
def index() -> Response:
    """Answer with the files of the sitemap, each with the last change of what it names."""
    files = keep_for_all("sitemap", _make_files)
    lines = [
        f"<sitemap><loc>{address.public(f'/sitemap/{name}.xml')}</loc>"
        f"<lastmod>{day}</lastmod></sitemap>"
        for name, (day, _) in files.items()
    ]
    return negotiation.reply(_write("sitemapindex", lines), _XML)


@routes.get("/sitemap/<name>.xml")
def part(name: str) -> Response:
    """Answer with one file of the sitemap."""
    files = keep_for_all("sitemap", _make_files)
    if name not in files:
        listed = ", ".join(files)
        raise RefusalError(
            404,
            f"Aucun plan de ce nom. Ceux que cite /sitemap.xml : {listed}.",
            f"No sitemap of that name. Those that /sitemap.xml names: {listed}.",
        )
    return negotiation.reply(files[name][1], _XML)


def _make_files() -> Mapping[str, tuple[str, bytes]]:
    """Return the files by name, each with its last change, at most so many addresses in each."""
    groups: defaultdict[str, list[PublicDocument]] = defaultdict(list)
    for each in public_documents():
        groups[each.group].append(each)
    groups[_PAGES] += _pages({each.path for each in groups[_PAGES]})
    files: dict[str, tuple[str, bytes]] = {}
    for group in sorted(groups):
        documents = sorted(groups[group], key=lambda each: each.path)
        for start in range(0, len(documents), MOST):
            name = f"{group}-{start // MOST + 1}" if start else group
            some = documents[start : start + MOST]
            files[name] = (max(each.changed for each in some), _urls(some))
    return files


def _pages(known: set[str]) -> list[PublicDocument]:
    """Return the pages that are routes of the application, whoever made them."""
    day = this_site().release.issued
    found = {
        rule.rule
        for rule in current_app.url_map.iter_rules()
        if "<" not in rule.rule and "GET" in (rule.methods or ())
    }
    listed = (path for path in found if path not in UNLISTED and "." not in path.rpartition("/")[2])
    return [PublicDocument(path, _PAGES, day) for path in listed if path not in known]


def _urls(documents: Iterable[PublicDocument]) -> bytes:
    lines = [
        f"<url><loc>{escape(address.public(each.path))}</loc><lastmod>{each.changed}</lastmod></url>"
        for each in documents
    ]
    return _write("urlset", lines)


def _write(name: str, lines: Iterable[str]) -> bytes:
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_SPACE}">\n'
    return (start + "\n".join(lines) + f"\n</{name}>\n").encode()
