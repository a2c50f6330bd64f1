"""An address or two of every route, for what must hold of all of them.

A new route without fields of its own needs nothing here: its address is the route. One that has
`<parts>`, or that answers fields only, needs an address that answers 200, under the route.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

ASK: Final = "query=ASK%7B%7D"
EXAMPLES: Final = {
    "/card/contract/<name>.svg": ("/card/contract/valence-2019.svg",),
    "/catalog/check.<suffix>": ("/catalog/check.json",),
    "/catalog/complete.<suffix>": ("/catalog/complete.nt",),
    "/catalog.<suffix>": ("/catalog.ttl", "/catalog.rdf", "/catalog.html"),
    "/cite/contract/<name>.<suffix>": ("/cite/contract/valence-2019.bib",),
    "/compare": ("/compare", "/compare?c=valence-2012&c=valence-2019"),
    "/compare.<suffix>": ("/compare.csv?c=valence-2012&c=valence-2019",),
    "/contracts": ("/contracts", "/contracts?at=2019-05-01"),
    "/contracts.<suffix>": ("/contracts.csv", "/contracts.json?at=2019", "/contracts.html"),
    "/def.<suffix>": ("/def.jsonld",),
    "/doc/<kind>/<document>": ("/doc/contract/valence-2019", "/doc/theme/sante-mentale.rdf"),
    "/dump/<path:name>": ("/dump/contrats.ttl", "/dump/contract/valence-2019.csv"),
    "/graph/<path:document>": ("/graph/laws", "/graph/ontology/roles.trig"),
    "/graph/report.<suffix>": ("/graph/report.nt",),
    "/id/<kind>/<name>": ("/id/contract/valence-2019",),
    "/ldes.<suffix>": ("/ldes.trig",),
    "/ldes/<name>/<document>": ("/ldes/1-{release}/1", "/ldes/1-{release}/1.jsonld"),
    "/links": ("/links?to=contract/valence-2012&by=cls:succeeds",),
    "/queries/<document>": ("/queries/signatories", "/queries/figures.csv", "/queries/figures.rq"),
    "/queries/<name>/cite.<suffix>": ("/queries/figures/cite.ris",),
    "/reconcile": (
        "/reconcile",
        "/reconcile?queries=%7B%22a%22:%7B%22query%22:%22Valence%22%7D%7D",
    ),
    "/reconcile.<suffix>": ("/reconcile.html", "/reconcile.json"),
    "/reconcile/preview": ("/reconcile/preview?id=contract/valence-2019",),
    "/reconcile/properties": ("/reconcile/properties?type=cls:LocalHealthContract",),
    "/reconcile/suggest/<what>": ("/reconcile/suggest/entity?prefix=valence",),
    "/reconcile/view": ("/reconcile/view?id=contract/valence-2019",),
    "/release/<document>": ("/release/{release}", "/release/{release}.ttl"),
    "/release/<identifier>/<path:rest>": ("/release/{release}/contracts?stage=signed",),
    "/release/<identifier>/passport.json": (f"/release/{{release}}/passport.json?{ASK}",),
    "/release/<identifier>/sparql": (f"/release/{{release}}/sparql?{ASK}",),
    "/releases.<suffix>": ("/releases.json", "/releases.html"),
    "/search": ("/search", "/search?q=valence"),
    "/shape.<suffix>": ("/shape.rdf",),
    "/sitemap/<name>.xml": ("/sitemap/pages.xml", "/sitemap/contract.xml"),
    "/sparql": ("/sparql", f"/sparql?{ASK}"),
    "/sparql/cite.<suffix>": (f"/sparql/cite.bib?{ASK}",),
    "/timemap/doc/<kind>/<document>": ("/timemap/doc/contract/valence-2019",),
    "/static/<path:filename>": ("/static/style.css", "/static/icon.svg", "/static/editor/names.js"),
}
REDIRECTED: Final = {
    "/id/<kind>/<name>": 303,
    "/reconcile/view": 303,
    "/release/<identifier>/<path:rest>": 302,
}
"""Routes that send elsewhere."""
SEVERAL: Final = frozenset({"/releases/<number>/changes", "/releases/<number>/changes.<suffix>"})
"""Routes that answer only when there is more than one release: see `test_over_time`."""
CHANGING: Final = frozenset({"/healthz"})
"""Routes whose answers nobody may keep."""


def addresses(app: Flask, release: str) -> Iterator[tuple[str, str]]:
    """Yield each route with each of its addresses; of a route that has none, raise what to do."""
    for rule in sorted({each.rule for each in app.url_map.iter_rules()} - SEVERAL):
        paths = EXAMPLES.get(rule, () if "<" in rule else (rule,))
        if not paths:
            where = "tests/server/web/routes.py"
            raise AssertionError(
                f"The route {rule} has no address that is tried: write one that answers 200 under "
                f'"{rule}" in EXAMPLES of {where}.'
            )
        yield from ((rule, path.replace("{release}", release)) for path in paths)
