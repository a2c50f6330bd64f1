"""The help: what it says of the model is so, and each of its links leads somewhere."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats.vocabulary import PREFIXES
from contrats.web.model_drawing import ARROWS, BOXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from contrats.store import EmbeddedStore

STEPS = ["/help", "/help/model", "/help/words", "/help/cite", "/help/contribute", "/help/notebook"]
PAGES = [*STEPS, *(f"/en{step}" for step in STEPS)]
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
DRAWN = sorted({box.name for box in BOXES.values()} | {name for _, name, _ in ARROWS})


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return answer.text


def links(page: str) -> Iterator[str]:
    """Yield the links of the main part of `page` that stay on the site."""
    main = page.partition("<main")[2].partition("</main>")[0]
    for found in re.findall(r'href="([^"]+)"', main):
        path = html.unescape(found)
        if path.startswith(("/", "#")):
            yield path


def ids(page: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', page))


@pytest.mark.parametrize("path", PAGES)
def test_each_link_leads_to_a_page_and_each_anchor_to_a_place(
    client: FlaskClient, path: str
) -> None:
    @cache
    def of(page: str) -> str:
        answer = client.get(page, headers={"Accept": "text/html, */*;q=0.5"})
        assert answer.status_code == 200, f"{path} links to {page}: {answer.status_code}"
        return answer.text

    found = list(links(read(client, path)))
    missing = [
        link
        for link in found
        if "#" in link and link.partition("#")[2] not in ids(of(link.partition("#")[0] or path))
    ]

    assert len(found) > 10
    assert missing == []
    assert all(of(link) for link in found if "#" not in link)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_help_speaks_one_language(client: FlaskClient, path: str) -> None:
    page = read(client, path)
    language = "en" if path.startswith("/en") else "fr"
    mine, other = ("How to cite", "Comment citer")[:: 1 if language == "en" else -1]

    assert f'<html lang="{language}">' in page
    assert mine in page
    assert other not in page


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_drawn_has_a_name_in_both_languages(store: EmbeddedStore, name: str) -> None:
    found = store.answer(f"{PROLOGUE}SELECT ?n {{ {name} skos:prefLabel ?n }}")

    assert isinstance(found, ox.QuerySolutions)
    assert {row["n"].language for row in found} >= {"fr", "en"}


@pytest.mark.parametrize(("start", "name", "end"), ARROWS)
def test_each_arrow_is_drawn_because_the_data_has_it(
    store: EmbeddedStore, start: str, name: str, end: str
) -> None:
    found = store.answer(
        f"{PROLOGUE}ASK {{ ?a a {BOXES[start].name} ; {name} ?b . ?b a {BOXES[end].name} }}"
    )

    assert bool(found)


@pytest.mark.parametrize("name", ["cls:hasTheme", "cls:targetsPopulation"])
def test_what_is_drawn_as_editorial_is_never_stated_by_the_graph_of_a_contract(
    store: EmbeddedStore, name: str
) -> None:
    found = store.quads.quads_for_pattern(
        None, ox.NamedNode(PREFIXES["cls"] + name.partition(":")[2]), None
    )

    graphs = {str(quad.graph_name) for quad in found}
    assert graphs
    assert not any("graph/contract/" in graph for graph in graphs)


@pytest.mark.parametrize("path", ["/help/model", "/en/help/model"])
def test_the_drawing_has_a_title_a_text_and_a_table_of_its_arrows(
    client: FlaskClient, path: str
) -> None:
    page = read(client, path)
    drawing = page.partition('<svg class="model"')[2].partition("</svg>")[0]
    rows = page.partition('id="tableau"')[2].partition("</section>")[0]

    assert re.search(r'aria-labelledby="model-title model-text"', drawing)
    assert len(re.findall(r"<rect", drawing)) == len(BOXES)
    assert len(re.findall(r"<line", drawing)) == len(ARROWS)
    assert rows.count('<th role="rowheader"') == len(ARROWS)
    assert all(f'<code class="small">{name}</code>' in rows for _, name, _ in ARROWS)


@pytest.mark.parametrize(("start", "name", "end"), ARROWS)
def test_an_arrow_goes_to_a_neighbour_so_that_it_crosses_no_box(
    start: str, name: str, end: str
) -> None:
    first, last = BOXES[start], BOXES[end]

    assert max(abs(first.column - last.column), abs(first.row - last.row)) == 1, name


def test_the_data_set_is_cited_by_its_release(client: FlaskClient) -> None:
    page, entry = read(client, "/help/cite"), client.get("/help/cite.bib")

    release = re.search(r"version\s+= \{([^}]+)\}", entry.text)
    assert entry.headers["Content-Type"].startswith("application/x-bibtex")
    assert release
    assert f'<span class="mono">{release[1]}</span>' in page
    assert html.escape(entry.text, quote=False).strip() in page.replace("&#34;", '"')
