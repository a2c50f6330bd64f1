"""Comparisons as pages and files: each number is its query's, exports say what the page says."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from contrats.rooms import find_rooms
from contrats.store import EmbeddedStore
from contrats.vocabulary import BASE, DEF, EXTERNAL
from contrats.web import Settings, create_app
from contrats.web.spreadsheet import write_csv
from contrats.workbook import Sheet, write_workbook

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from contrats.release import Release
    from contrats.web.site import Engines

VALENCE = "c=valence-2012&c=valence-2019"
THREE = "c=beauvaisis-2024&c=saint-martin-978-2023&c=genevois-2024"
FACETS = "region=84&theme=sante-mentale"
NS = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
MADE = datetime(2026, 11, 22, tzinfo=UTC)
COUNTED = re.compile(r'<data class="counted" value="(\d+)" data-csv="([^"]*)" data-of="([^"]*)">')
HOSTILE = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "＝1", "＋1", "－1", "＠x", '="a"')


def read(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status, path
    return answer.text


def words(page: str) -> str:
    """Return the text of `page` on one line, spaces made plain."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", page))
    text = re.sub(r"[\s\u00a0\u202f]+", " ", text)
    return re.sub(r" ([,.])", r"\1", text)


def block(page: str, anchor: str) -> str:
    """Return the section `anchor` of `page`."""
    return page[page.index(f'id="{anchor}"') :].partition("</section>")[0]


def line(page: str) -> str:
    return words(block(page, "ligne"))


def number_of(client: FlaskClient, address: str, of: str) -> int:
    """Return the number that the CSV at `address` gives, as `macros.counted` says it."""
    answer = client.get(html.unescape(address))
    assert answer.status_code == 200, answer.text[:300]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    if not of:
        return len(rows)
    if of.startswith("="):
        return int(rows[0][of[1:]])
    return len({row[of] for row in rows if row[of]})


def cells(body: bytes) -> dict[str, list[list[tuple[str, str]]]]:
    """Return the rows of each sheet of a workbook: the type and the text of each cell."""
    book = zipfile.ZipFile(io.BytesIO(body))
    strings = [
        "".join(each.itertext())
        for each in ET.fromstring(book.read("xl/sharedStrings.xml")).findall("s:si", NS)  # noqa: S314 -- our own
    ]
    names = [
        each.attrib["name"]
        for each in ET.fromstring(book.read("xl/workbook.xml")).iter(f"{{{NS['s']}}}sheet")  # noqa: S314 -- our own
    ]
    found = {}
    for place, name in enumerate(names, 1):
        sheet = ET.fromstring(book.read(f"xl/worksheets/sheet{place}.xml"))  # noqa: S314 -- our own
        assert sheet.find(".//s:f", NS) is None, "a formula"
        found[name] = [
            [_cell(each, strings) for each in row] for row in sheet.iter(f"{{{NS['s']}}}row")
        ]
    return found


def _cell(cell: ET.Element, strings: list[str]) -> tuple[str, str]:
    kind, value = cell.attrib.get("t", "n"), cell.findtext("s:v", "", NS)
    return kind, strings[int(value)] if kind == "s" else value


def test_the_first_line_says_what_changed_between_two_generations(client: FlaskClient) -> None:
    said = line(read(client, f"/compare?{VALENCE}"))

    assert "Signataires 7 → 10 : 5 mêmes organismes, 1 successeur, 1 sorti, 4 entrés." in said
    assert "Priorités 10 → 12 : 8 reprises, 2 transformées, 2 nouvelles, aucune abandonnée." in said
    assert "Périodes : 2012-2017 → 2019-2023 ; aucun contrat connu en 2018." in said
    assert "La suite des priorités est éditoriale ; le reste est énoncé par les sources." in said


def test_the_first_line_says_the_same_in_english(client: FlaskClient) -> None:
    page = read(client, f"/en/compare?{VALENCE}")
    said = line(page).replace(" :", ":").replace(" ;", ";")

    assert "Signatories 7 → 10: 5 same bodies, 1 successor, 1 left, 4 entered." in said
    assert "Priorities 10 → 12: 8 taken up, 2 transformed, 2 new, none dropped." in said
    assert "Periods: 2012-2017 → 2019-2023; no contract known in 2018." in said
    assert re.search(r'lang="fr">L’observation continue de la santé des Valentinois<', page)


@pytest.mark.parametrize("query", [VALENCE, THREE, "c=valence-2019&c=valence-2025", FACETS])
def test_each_number_of_a_comparison_is_that_of_its_query(client: FlaskClient, query: str) -> None:
    found = set(COUNTED.findall(read(client, f"/compare?{query}")))

    assert len(found) > 5
    for value, address, of in sorted(found)[:: 1 if "c=" in query else 9]:
        assert number_of(client, address, of) == int(value), html.unescape(address)


def test_numbers_of_all_contracts_are_those_of_their_queries(client: FlaskClient) -> None:
    found = sorted(set(COUNTED.findall(read(client, "/compare?all"))))

    assert len(found) > 300
    for value, address, of in found[::25]:
        assert number_of(client, address, of) == int(value), html.unescape(address)


@pytest.mark.parametrize("query", [VALENCE, THREE, "all", "region=84"])
def test_every_block_that_shows_data_has_its_query(client: FlaskClient, query: str) -> None:
    page = read(client, f"/compare?{query}")

    blocks = re.findall(r'<section class="block" id="([^"]+)".*?</header>', page, re.DOTALL)
    tools = re.findall(
        r'<section class="block" id="([^"]+)"[^>]*><header><h2[^>]*>.*?</h2><ul class="tools">',
        page,
    )
    assert blocks == tools
    assert len(blocks) > 7


def test_present_absent_and_not_stated_are_told_apart_in_words(client: FlaskClient) -> None:
    page = read(client, f"/compare?{VALENCE}&c=valence-2025")

    rows = block(page, "signataires").split("<tr ")
    left = words(next(row for row in rows if "region-rhone-alpes" in row))
    assert re.search(r"présent : Conseil régional déduit du territoire .* absent non précisé", left)
    assert words(page).count("aucun contrat connu en 2018, 2024") == 1


def test_a_cell_links_the_words_of_the_contract_and_shows_their_source(client: FlaskClient) -> None:
    rows = block(read(client, f"/compare?{VALENCE}"), "themes").split("<tr ")
    row = next(row for row in rows if "/theme/vaccination" in row)

    assert 'href="/doc/priority/valence-2012-4">La politique vaccinale</a>' in row
    assert "ligne 16" in words(row)


def test_three_contracts_of_three_regions_are_compared_by_what_they_have(
    client: FlaskClient,
) -> None:
    page = read(client, f"/compare?{THREE}")

    assert "Aucun organisme ne les signe tous." in line(page)
    assert "Repris, abandonné, nouveau" not in page
    assert "Agence régionale de santé" in words(block(page, "types")).partition("Dans plusieurs")[0]
    notice = words(page[page.index('class="notice"') :][:3000])
    assert "Les sources ne sont pas de même nature" in notice
    assert "Les intitulés de priorités ne sont pas ceux du contrat lui-même" in notice
    assert "no-text" not in block(page, "themes")


def test_differences_only_leaves_out_what_all_have(client: FlaskClient) -> None:
    page = read(client, f"/compare?{VALENCE}&vue=ecarts")

    signatories = block(page, "signataires").partition('<details class="fold">')[0]
    assert "/actor/caf-drome" not in signatories
    assert "/actor/ars-auvergne-rhone-alpes" in signatories
    assert "/actor/region-rhone-alpes" in signatories
    assert "Vaccination" not in words(block(page, "themes"))
    assert "Tout montrer" in page


def test_all_contracts_are_counted_and_each_has_its_row(client: FlaskClient) -> None:
    page = read(client, "/compare?all")

    assert "241 contrats et actes préparatoires, dont 220 signés." in line(page)
    assert "Des priorités sont connues pour 73, dont 28 ont une liste complète." in line(page)
    assert block(page, "contrats").count("<tr>") == 242
    assert "Médiane" in words(block(page, "tailles"))


def test_facets_choose_the_set(client: FlaskClient) -> None:
    page = read(client, f"/compare?{FACETS}")

    rows = block(page, "contrats").count("<tr>") - 1
    assert 6 < rows < 60
    assert f"{rows} contrats et actes préparatoires" in line(page)


def test_without_a_choice_the_form_and_examples_that_work_are_shown(client: FlaskClient) -> None:
    page = read(client, "/compare")

    assert page.count("<select") == 4
    assert page.count('<option value="') > 700
    paths = re.findall(r'<h3><a href="([^"]+)"', page)
    assert len(paths) == 4
    for path in paths:
        assert client.get(html.unescape(path)).status_code == 200


def test_one_contract_keeps_its_place_in_the_form(client: FlaskClient) -> None:
    page = read(client, "/compare?c=valence-2012&c=")

    assert '<option value="valence-2012" selected>' in page
    assert "Il faut au moins deux contrats" in words(page)


@pytest.mark.parametrize(
    ("query", "fr", "en", "kept"),
    [
        ("c=valence-2012&c=valence-2012", "est choisi deux fois", "is chosen twice", 1),
        ("c=valence-2012&c=nulle", "Aucun contrat « nulle »", 'No contract "nulle"', 1),
        (
            "&".join(
                f"c={name}"
                for name in (
                    "valence-2012", "valence-2019", "valence-2025", "diois-2019", "diois-2025",
                    "marseille-2024", "genevois-2024",
                )
            ),
            "7 contrats choisis", "7 contracts chosen", 6,
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_said_and_what_was_chosen_is_kept(
    client: FlaskClient, query: str, fr: str, en: str, kept: int
) -> None:
    french, english = (
        read(client, f"/compare?{query}", 400),
        read(client, f"/en/compare?{query}", 400),
    )
    problem = client.get(f"/compare.json?{query}")

    assert fr in words(french)
    assert en in words(english)
    assert french.count(" selected>") == kept
    assert problem.status_code == 400
    assert problem.json is not None
    assert fr in problem.json["detail"]
    assert en in problem.json["detail-en"]


def test_hostile_names_come_out_as_text(client: FlaskClient) -> None:
    name = "<script>alert(1)</script>\u202e" + "x" * 400

    page = client.get(
        "/compare", query_string={"c": [name, "valence-2012"]}, headers={"Accept": "text/html"}
    ).text

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_hostile_data_is_text_in_every_form(
    release: Release, engines: Engines, store: EmbeddedStore
) -> None:
    quads = ox.Store()
    quads.extend(iter(store.quads))
    priority = ox.NamedNode(f"{BASE}id/priority/valence-2012-4")
    label = ox.NamedNode(f"{EXTERNAL['skos']}prefLabel")
    for quad in list(quads.quads_for_pattern(priority, label, None)):
        quads.remove(quad)
        attack = ox.Literal("=cmd|'<img src=x onerror=alert(1)>", language="fr")
        quads.add(ox.Quad(priority, label, attack, quad.graph_name))
    app = create_app(
        EmbeddedStore(quads), release, Settings("https://exemple.test", find_rooms()), engines
    )
    client = app.test_client()

    page = read(client, f"/compare?{VALENCE}")
    table = client.get(f"/compare.csv?{VALENCE}").text
    book = cells(client.get(f"/compare.xlsx?{VALENCE}").data)

    assert "<img" not in page
    assert "=cmd|&#39;&lt;img src=x onerror=alert(1)&gt;" in page
    assert "=cmd|'<img src=x onerror=alert(1)>" in {
        v for row in csv.reader(io.StringIO(table)) for v in row
    }
    assert ("s", "=cmd|'<img src=x onerror=alert(1)>") in {c for row in book["Thèmes"] for c in row}


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "application/json"),
        ("ttl", "text/turtle; charset=utf-8"),
    ],
)
def test_a_form_is_had_by_its_suffix_and_by_accept(
    client: FlaskClient, suffix: str, media_type: str
) -> None:
    named = client.get(f"/compare.{suffix}?{VALENCE}")
    liked = client.get(f"/compare?{VALENCE}", headers={"Accept": media_type.partition(";")[0]})

    assert named.status_code == liked.status_code == 200
    assert named.content_type == liked.content_type == media_type
    assert named.data == liked.data
    assert liked.headers["Content-Location"] == f"/compare.{suffix}?{VALENCE}"
    assert client.get(f"/compare.{suffix}").status_code == 400


def shown_signatories(page: str) -> set[tuple[str, str, str]]:
    """Return body, contract and knowledge of each cell of the matrix of signatories."""
    found = set()
    for row in block(page, "signataires").partition('<details class="fold"')[0].split("<tr ")[2:]:
        bodies = re.findall(r'href="/doc/actor/([^"]+)"', row.partition("</th>")[0])
        for state, column in zip(
            re.findall(r'<i class="m (\w+)"', row), ("valence-2012", "valence-2019"), strict=False
        ):
            found.add((bodies[-1], column, state))
    return found


def test_json_csv_and_xlsx_say_what_the_page_says(client: FlaskClient) -> None:
    page = shown_signatories(read(client, f"/compare?{VALENCE}"))
    described = client.get(f"/compare.json?{VALENCE}").json
    table = list(csv.reader(io.StringIO(client.get(f"/compare.csv?{VALENCE}").text)))
    book = cells(client.get(f"/compare.xlsx?{VALENCE}").data)
    assert described is not None

    by_json = {
        (row["things"][-1]["iri"].rpartition("/")[2], cell["contract"].rpartition("/")[2],
         {"present": "yes", "absent": "no"}[cell["state"]])
        for row in described["signatories"]["rows"] for cell in row["cells"]
    }  # fmt: skip
    rows = [row for row in table if row[0] == "Signataires" and row[2].startswith("http")]
    by_csv = {
        (
            row[2].rpartition("/")[2],
            row[4].rpartition("/")[2],
            {"présent": "yes", "absent": "no"}[row[5]],
        )
        for row in rows
    }

    assert len(page) == 22
    assert by_json == by_csv == page
    assert len(book["Signataires"]) == len(rows) + 1
    assert [act["signatories"] for act in described["contracts"]] == [
        {"known": 7, "declared": 7, "complete": True},
        {"known": 10, "declared": 10, "complete": True},
    ]
    changes = [each["change"] for each in described["generations"][0]["priorities"]]
    assert (changes.count("reprise"), changes.count("nouvelle")) == (8, 2)


def test_json_says_where_each_word_was_read(client: FlaskClient) -> None:
    described = client.get(f"/compare.json?{VALENCE}").json
    assert described is not None

    mentions = [
        each
        for name in ("signatories", "themes", "populations")
        for row in described[name]["rows"]
        for cell in row["cells"]
        for each in cell.get("mentions", ())
    ]
    assert len(mentions) > 50
    assert all(each["sources"] and each["sources"][0]["lines"] for each in mentions)


def test_a_set_in_json_states_absence_only_of_whole_lists(client: FlaskClient) -> None:
    described = json.loads(client.get("/compare.json?all").text)

    assert len(described["contracts"]) == 241
    for name in ("signatories", "signatoryTypes", "themes", "populations", "otherRoles"):
        whole = described[name]["whole"]
        states = {
            (whole[cell["contract"]], cell["state"])
            for row in described[name]["rows"]
            for cell in row["cells"]
        }
        assert (False, "absent") not in states
    assert sum(described["themes"]["whole"].values()) == 28


def test_turtle_holds_statements_that_are_published_and_no_other(
    client: FlaskClient, store: EmbeddedStore
) -> None:
    body = client.get(f"/compare.ttl?{THREE}").data

    triples = list(ox.parse(body, format=ox.RdfFormat.TURTLE))
    signs = [t for t in triples if t.predicate.value == f"{DEF}hasSignatory"]
    assert len(signs) == 19
    for quad in triples:
        known = store.quads.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        assert next(known, None) is not None


def test_text_that_looks_like_a_formula_is_text_in_a_workbook() -> None:
    sheet = Sheet("Essai", ("mots", "nombre"), tuple((text, -1) for text in HOSTILE))

    body = write_workbook([sheet], "Essai", MADE)

    assert cells(body)["Essai"][1:] == [[("s", text), ("n", "-1")] for text in HOSTILE]
    assert body == write_workbook([sheet], "Essai", MADE)


def test_text_that_looks_like_a_formula_is_exact_in_csv() -> None:
    sheet = Sheet(
        "Essai", ("mots",), tuple((text,) for text in (*HOSTILE, 'a "b", c', "deux\nlignes"))
    )

    rows = list(csv.reader(io.StringIO(write_csv([sheet]), newline="")))

    assert [row[1] for row in rows[1:]] == [*HOSTILE, 'a "b", c', "deux\nlignes"]
