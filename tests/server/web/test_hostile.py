"""Hostile text in every place of the data: shown as text, in both languages, and nothing runs.

The world is two real contracts with all that they lead to, each of their texts made hostile.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests.server.web.test_pages import Outline, strangers, words

from contrats.engine.budget import Budgets
from contrats.engine.engine import Engine
from contrats.limits import Limits
from contrats.rooms import find_rooms
from contrats.search import write_index
from contrats.store import EmbeddedStore
from contrats.vocabulary import BASE
from contrats.web import Settings, create_app
from contrats.web.site import Engines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

    from contrats.release import Release


TEXTS = (
    "</title><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(2)>",
    "'\"><svg onload=alert(3)></svg></textarea></select></details>",
    "{{9876*5432}} {% raw %} %(name)s %s",
    "\u202eelgnam\u2066 \u2028",
    "W" * 5000,
    "=cmd|' /C calc'!A0",
    "javascript:alert(4) <!-- ]]> &lt;b&gt;",
)
"""What stands in the place of words; a text keeps its beginning, so that it can be searched."""
ADDRESSES = (
    "javascript:alert(5)",
    "data:text/html,alert(6)",
    "vbscript:x",
    "https://example.org/%22%3E%3Cscript%3Ealert(7)%3C/script%3E'onmouseover='alert(8)",
)
CONTRACTS = ("valence-2012", "valence-2019")
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
MOST = 260
"""Pages that are walked; of one path three with different fields are enough."""
SEEN = [
    "/",
    "/contracts",
    "/actors",
    "/plans",
    "/sources",
    "/coverage",
    "/search?q=contrat",
    "/doc/contract/valence-2019",
    "/doc/actor/ville-valence-26362",
    "/doc/source/seed-valence-2019",
    "/doc/priority/valence-2019-3",
    "/doc/plan/prs-ara-2018",
    "/doc/theme/sante-mentale",
    "/queries/signatories?contract=valence-2019",
    "/sparql?query=SELECT*{?s%20?p%20?o}LIMIT%20200",
    "/graph/contract/valence-2019",
]


def _kept(store: ox.Store) -> Iterator[ox.Quad]:
    """Yield what is said of the two contracts, and of all they lead to in two steps."""
    graphs = {f"{BASE}graph/contract/{name}" for name in CONTRACTS}
    near = {f"{BASE}id/contract/{name}" for name in CONTRACTS}
    for graph in graphs:
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            near |= {t.value for t in (quad.subject, quad.object) if isinstance(t, ox.NamedNode)}
    for iri in tuple(near):
        for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
            if isinstance(quad.object, ox.NamedNode):
                near.add(quad.object.value)
    for quad in store:
        graph, subject = (str(each)[1:-1] for each in (quad.graph_name, quad.subject))
        of_all = f"{BASE}graph/ontology/" in graph
        if of_all or graph in graphs or (subject in near and "/contract/" not in graph):
            yield quad


def make_hostile(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield `quads` with hostile texts and addresses in the place of those of the data."""
    texts, addresses = cycle(TEXTS), cycle(ADDRESSES)
    for quad in quads:
        value = quad.object
        if "/graph/ontology/" in str(quad.graph_name) and "/def#" in str(quad.subject):
            yield quad
            continue
        if quad.predicate.value == "https://schema.org/url":
            value = ox.NamedNode(next(addresses))
        elif isinstance(value, ox.Literal) and (
            value.language or value.datatype.value.endswith("#string")
        ):
            text = f"{value.value[:24]} {next(texts)}"
            value = ox.Literal(text, language=value.language) if value.language else value
        yield ox.Quad(quad.subject, quad.predicate, value, quad.graph_name)


@pytest.fixture(scope="module")
def hostile(
    release: Release,
    store: EmbeddedStore,
    engines: Engines,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """Give the site of a small release whose every text is hostile."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    quads = ox.Store()
    quads.extend(make_hostile(_kept(store.quads)))
    quads.dump(str(folder / "contrats.nq"), ox.RdfFormat.N_QUADS)
    write_index(folder, quads)
    for name in ("report.ttl", "catalogue.ttl"):
        shutil.copy(release.path(name), folder)
    limits = Limits(client_requests=1_000_000, client_seconds=100_000, pages_ahead=1)
    engine = Engine(folder, limits, Budgets(limits), folder)
    yield create_app(
        EmbeddedStore(quads),
        replace(release, folder=folder),
        Settings("https://exemple.test", find_rooms()),
        Engines(engine, engines.past),
    )
    engine.close()


def links_of(outline: Outline) -> list[str]:
    """Return where the page leads, and what it sends or fetches."""
    names = ("href", "src", "action", "formaction", "data", "xlink:href")
    return [str(a[name]) for _tag, a in outline.attributes for name in names if a.get(name)]


def walk(client: FlaskClient, start: str) -> Iterator[tuple[str, str]]:
    """Yield the pages that can be reached from `start`, each with its address."""
    waiting, known, often = [start], {start}, dict[str, int]()
    for path in waiting:
        answer = client.get(path, headers={"Accept": "text/html"})
        if not answer.content_type.startswith("text/html"):
            continue
        assert answer.status_code < 500, path
        yield path, answer.text
        for link in map(html.unescape, links_of(Outline(answer.text))):
            place = link.partition("#")[0]
            bare = re.sub(r"[^/]+$", "", place.partition("?")[0]) or place
            skipped = ("/dump/", "/static/", "/release/")
            if place in known or not place.startswith(start) or any(s in place for s in skipped):
                continue
            often[bare] = often.get(bare, 0) + 1
            if often[bare] <= 12 and len(known) < MOST:
                known.add(place)
                waiting.append(place)


@pytest.mark.parametrize("root", ["", "/en"])
def test_every_page_shows_hostile_data_as_text(hostile: Flask, root: str) -> None:
    walked = 0
    for path, page in walk(hostile.test_client(), f"{root}/"):
        outline = Outline(page)
        walked += 1
        assert outline.strays == [], path
        assert not [t for t, _ in outline.attributes if t in {"iframe", "object"}], path
        pictures = {str(a["src"]) for t, a in outline.attributes if t == "img"}
        assert {each for each in pictures if "/card/contract/" not in each} == set(), path
        assert not strangers(outline), path
        assert not [a for _, a in outline.attributes if any(n.startswith("on") for n in a)], path
        assert not [a for _, a in outline.attributes if "style" in a], path
        assert not [
            link for link in links_of(outline) if not re.match(r"(/(?!/)|#|https?://)", link)
        ], path
        assert "53646432" not in words(page), path
        for block in DATA.findall(page):
            assert json.loads(block)["@graph"], path
            assert "javascript:" not in str(re.findall(r'"(?:url|sameAs|isBasedOn)":"[^"]*', block))
    assert walked > 150


@pytest.mark.parametrize("root", ["", "/en"])
@pytest.mark.parametrize("path", SEEN)
def test_the_hostile_text_is_there_to_be_read(hostile: Flask, path: str, root: str) -> None:
    page = hostile.test_client().get(f"{root}{path}", headers={"Accept": "text/html"}).text

    escaped = ("&lt;script&gt;", "&lt;img", "&lt;svg", "=cmd|", "W" * 40, "{{9876", "&lt;!--")
    assert any(each in page for each in escaped)
