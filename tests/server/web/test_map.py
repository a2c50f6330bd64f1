"""The map: outlines of départements and régions, the numbers that they stand for, and neither."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.server.web.counted import given_by, numbers

import contrats.web
from contrats.rooms import find_rooms
from contrats.web import Settings, create_app
from contrats.web.outlines import BUNDLE, read_outlines

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from contrats.release import Release
    from contrats.store import EmbeddedStore
    from contrats.web.outlines import Outlines
    from contrats.web.site import Engines

BROUGHT = Path(contrats.web.__file__).parent / "static" / BUNDLE
needs_bundle = pytest.mark.skipif(
    not BROUGHT.is_file(), reason="NO OUTLINES: the build could not fetch them"
)


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return answer.text


def outlines_of(tmp_path: Path, **paths: str) -> Outlines:
    """Return the outlines of a drawing of these paths."""
    places = [{"name": code, "id": code.upper(), "path": path} for code, path in paths.items()]
    drawing = json.dumps({"viewBox": "0 0 40 30", "locations": places})
    (tmp_path / "index.js").write_text(f"export default {drawing};\n", encoding="utf-8")
    found = read_outlines(tmp_path / "index.js")
    assert found is not None
    return found


def test_a_region_is_its_departements_without_the_borders_between_them(tmp_path: Path) -> None:
    found = outlines_of(tmp_path, a="m 0,0 10,0 0,10 -10,0 z", b="m 10,0 10,0 0,10 -10,0 z")

    assert (found.width, found.height) == (40, 30)
    assert found.path(["a"]).count("M") == found.path(["a", "b"]).count("M") == 1
    assert sorted(points(found.path(["a", "b"]))) == [
        (0, 0), (0, 10), (10, 0), (10, 10), (20, 0), (20, 10),
    ]  # fmt: skip
    assert found.path(["c"]) == ""


def test_a_border_is_thinned_on_both_sides_at_once(tmp_path: Path) -> None:
    found = outlines_of(
        tmp_path,
        a="m 0,0 10,0 1,1 -1,9 -10,0 z",
        b="m 10,0 10,0 0,10 -10,0 1,-9 z",
        c="m 0,20 0,5 5,0 0,-5 -3,0 z",
    )

    left, right = points(found.path(["a"])), points(found.path(["b"]))
    assert ((11, 1) in left) == ((11, 1) in right)
    assert (2, 20) not in points(found.path(["c"]))
    assert len(points(found.path(["c"]))) == 4


def test_an_island_and_a_ring_that_turns_the_other_way_are_drawn(tmp_path: Path) -> None:
    found = outlines_of(tmp_path, a="m 0,0 0,10 10,0 0,-10 z m 20,0 5,0 0,5 z")

    assert found.path(["a"]).count("M") == 2


@pytest.mark.parametrize("path", ["m 0,0 c 1,2 3,4 5,6 z", 'm 0,0 1,1"/><script>', "M 0,0 1,1 z"])
def test_a_drawing_of_another_kind_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="unexpected path"):
        outlines_of(tmp_path, a=path)


def test_no_drawing_is_no_outlines(tmp_path: Path) -> None:
    assert read_outlines(tmp_path / "index.js") is None


@needs_bundle
def test_the_outlines_are_those_of_the_96_departements_of_the_mainland_and_corsica() -> None:
    found = read_outlines(BROUGHT)

    assert found is not None
    assert len(found.rings) == 96
    assert {"01", "2a", "2b", "75", "95"} <= set(found.rings)
    assert all(found.path([code]) for code in found.rings)
    assert sum(len(found.path([code])) for code in found.rings) < 40_000


def points(path: str) -> list[tuple[int, int]]:
    """Return the points of a path of relative steps."""
    found = []
    for ring in path.split("z")[:-1]:
        start, _, steps = ring.removeprefix("M").partition("l")
        x, y = map(int, start.split())
        found.append((x, y))
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


@needs_bundle
def test_the_map_leads_from_each_departement_to_its_contracts(client: FlaskClient) -> None:
    page = read(client, "/map")
    drawing = page.partition('<svg class="map"')[2].partition("</svg>")[0]

    links = dict(
        re.findall(r'<a href="([^"]+)" tabindex="-1"><path [^>]*><title>([^<]*)</', drawing)
    )
    assert len(links) == 96
    assert links["/contracts?departement=26"].startswith("Drôme")
    assert "9 contrats" in links["/contracts?departement=26"]
    assert "aucun contrat retrouvé" in links["/contracts?departement=39"]
    tiles = re.findall(r"<rect [^>]*/><text [^>]*>(\d+)</text>", drawing)
    assert sorted(tiles) == ["971", "972", "973", "974", "976", "978"]
    assert drawing.partition('class="borders"')[2].count("<path") == 13


@needs_bundle
def test_the_map_says_whose_its_outlines_are(client: FlaskClient) -> None:
    for path in ("/map", "/", "/contracts?view=map", "/en/map"):
        page = read(client, path)
        assert "Victor Cazanave" in page, path
        assert "https://creativecommons.org/licenses/by/4.0/" in page, path
    assert "Victor Cazanave" in client.get("/static/map/licences.txt").text


def test_the_tables_say_the_same_and_more(client: FlaskClient) -> None:
    page = read(client, "/map")
    regions = page.partition('id="regions"')[2].partition("</section>")[0]
    departements = page.partition('id="departements"')[2].partition("</section>")[0]

    assert regions.count('<th role="rowheader" scope="row">') == 19
    assert departements.count('<th role="rowheader" scope="row">') == 102
    assert "collectivité sans département" in departements
    assert "aucun retrouvé" in departements
    assert not re.search(r">0<", regions + departements)


@pytest.mark.parametrize("path", ["/map", "/en/map", "/"])
def test_every_number_is_the_one_behind_it(client: FlaskClient, path: str) -> None:
    found = list(numbers(read(client, path)))

    assert len(found) > 10
    assert [(n, p, of) for n, p, of in found[::2] if n != given_by(client, p, of)] == []


def test_without_outlines_the_page_has_tiles_and_the_same_tables(
    store: EmbeddedStore, release: Release, engines: Engines, tmp_path: Path
) -> None:
    app = create_app(store, release, Settings("https://exemple.test", find_rooms()), engines)
    app.static_folder = str(tmp_path)
    client = app.test_client()

    page = client.get("/map", headers={"Accept": "text/html"}).text

    drawing = page.partition('<svg class="map"')[2].partition("</svg>")[0]
    assert "<path" not in drawing
    assert set(re.findall(r"<text [^>]*>([A-Z]{3})</text>", drawing)) >= {"ARA", "BRE", "MYT"}
    assert drawing.count("<rect") == 19
    assert "Victor Cazanave" not in page
    assert page.count('<th role="rowheader" scope="row">') == 19 + 102
    assert client.get("/", headers={"Accept": "text/html"}).status_code == 200
