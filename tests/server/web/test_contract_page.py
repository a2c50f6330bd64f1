"""The page of a contract in both languages: what it says, what stands behind it, what is taken."""

from __future__ import annotations

import csv
import html
import io
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pyoxigraph as ox
import pytest

from contrats.engine.budget import Budgets
from contrats.engine.engine import Engine
from contrats.engine.past import Past
from contrats.limits import Limits
from contrats.rooms import find_rooms
from contrats.store import EmbeddedStore
from contrats.vocabulary import BASE, PREFIXES
from contrats.web import Settings, create_app
from contrats.web.card import wrap
from contrats.web.site import Engines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

    from contrats.release import Release

KINDS = [
    "valence-2012",
    "valence-2019",
    "valence-2025",
    "les-mureaux-2019",
    "arras-renouvele",
    "diois-2019",
    "montreuil-2025",
    "haut-allier-48-2013",
    "grand-annecy-g1",
    "agglomeration-de-cholet-avant-2020",
]
"""Generations, disagreements, partial lists, acts that prepare; of the last little is known."""
PRIORITIES = ["valence-2019-3", "valence-2019-12", "arras-renouvele-2"]
BLOCKS = ["frise", "signataires", "priorites", "cadre", "bilan", "qualite", "sources"]
SITE = "Contrats locaux de santé"
ITS_OWN = ("http", "Contract ·", "Preparatory act ·")
"""What is a name of its own in any language: an IRI, the territory above the title."""
COUNTED = re.compile(r'<data class="counted" value="([^"]*)" data-csv="([^"]*)" data-of="([^"]*)">')
FRENCH = re.compile(r"[éèêàçœ]|\b(?:le|les|des|une|pour|dans|sur|avec|aucune?)\b", re.IGNORECASE)


class Spoken(HTMLParser):
    """The text of a page that is said to be in its language, not in another."""

    def __init__(self, page: str, language: str) -> None:
        """Read `page`, which is in `language`."""
        super().__init__()
        self.language = language
        self.open: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element, whose language is that of what it is in unless it says so."""
        above = self.open[-1][1] if self.open else self.language
        if tag not in {"meta", "link", "br", "input", "hr", "img"}:
            self.open.append((tag, str(dict(attrs).get("lang") or above)))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Keep the text where it is in the language of the page."""
        inside = {tag for tag, _ in self.open}
        if self.open and self.open[-1][1] == self.language and not inside & {"pre", "title"}:
            self.texts.append(data.strip())


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return answer.text


def words(page: str) -> str:
    """Return the text of `page` on one line, spaces and apostrophes made plain."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", page))
    return re.sub(r"\s+([.,)])", r"\1", re.sub(r"\s+", " ", text))


def block(page: str, anchor: str) -> str:
    return page.partition(f'<section class="block" id="{anchor}"')[2].partition("</section>")[0]


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_contract_has_its_page(client: FlaskClient, language: str) -> None:
    names = [path.stem for path in sorted((find_rooms().data / "contracts").glob("*.ttl"))]

    assert len(names) > 200
    assert {client.get(f"{language}/doc/contract/{n}.html").status_code for n in names} == {200}


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("name", KINDS)
def test_every_block_that_shows_data_has_its_question(
    client: FlaskClient, name: str, language: str
) -> None:
    page = read(client, f"{language}/doc/contract/{name}")

    for anchor in BLOCKS:
        tools = block(page, anchor).partition("</header>")[0]
        asked = html.unescape(re.findall(r'href="([^"]*/queries/[^"]*)"', tools)[0])
        assert asked.startswith(f"{language}/queries/"), anchor
        assert asked.endswith(f"?contract={name}")
        assert f'.csv?contract={name}"' in tools


def number_in(address: str, path: str, of: str) -> str:
    """Return the number that the CSV at `path` of a real server gives for `of`."""
    with urlopen(f"{address}{path}", timeout=60) as answer:  # noqa: S310 -- our own server
        rows = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8")))
    if of.startswith("="):
        return rows[0][of[1:]]
    return str(len({row[of] for row in rows if row[of]}) if of else len(rows))


@pytest.mark.parametrize(
    "path", [*(f"contract/{n}" for n in KINDS), *map("priority/{}".format, PRIORITIES)]
)
def test_every_number_equals_the_question_behind_it(
    client: FlaskClient, address: str, path: str
) -> None:
    found = set(COUNTED.findall(read(client, f"/doc/{path}")))

    wrong = [
        (value, csv_path, of)
        for value, csv_path, of in found
        if value != number_in(address, html.unescape(csv_path), of)
    ]

    assert wrong == []
    assert found or path not in {"contract/valence-2019", "contract/valence-2012"}


@pytest.mark.parametrize("name", KINDS)
def test_the_numbers_are_the_same_in_both_languages(client: FlaskClient, name: str) -> None:
    french, english = (read(client, f"{each}/doc/contract/{name}") for each in ("", "/en"))

    assert COUNTED.findall(french) == COUNTED.findall(english)


@pytest.mark.parametrize(
    "path", [*(f"contract/{n}" for n in KINDS), *map("priority/{}".format, PRIORITIES)]
)
def test_on_an_english_page_what_is_french_says_so(client: FlaskClient, path: str) -> None:
    page = read(client, f"/en/doc/{path}").partition("<main")[2].partition("</main>")[0]

    left = [text for text in Spoken(page, "en").texts if FRENCH.search(text.replace(SITE, ""))]
    assert [text for text in left if not text.startswith(ITS_OWN)] == []


def test_the_banner_says_what_a_mayor_reads_aloud(client: FlaskClient) -> None:
    french, english = (read(client, f"{each}/doc/contract/valence-2019") for each in ("", "/en"))

    def lede(page: str) -> str:
        return words(page.partition('<p class="lede">')[2].partition("</p>")[0]).strip()

    assert lede(french) == (
        "dix signataires, douze priorités. Signé le 4 avril 2019. Copilotes : Ville de Valence et "
        "Agence régionale de santé Auvergne-Rhône-Alpes."
    )
    assert lede(english) == (
        "ten signatories, 12 priorities. Signed on 4 April 2019. Co-pilots: Ville de Valence "
        "and Agence régionale de santé Auvergne-Rhône-Alpes."
    )
    assert 'content="Dix signataires, douze priorités.' in french
    assert 'content="Ten signatories, 12 priorities.' in english


def test_a_french_title_on_an_english_page_says_its_language(client: FlaskClient) -> None:
    page = read(client, "/en/doc/contract/valence-2019")

    assert '<h1 lang="fr">Contrat local de santé de Valence 2019-2023</h1>' in page
    assert '<li aria-current="page" lang="fr">Contrat local' in page


def test_an_english_title_stands_first_on_an_english_page(client: FlaskClient) -> None:
    english, french = (read(client, f"{each}/doc/theme/vaccination") for each in ("/en", ""))

    assert "<h1>Vaccination</h1>" in english
    assert "<h1>Vaccination</h1>" in french


def test_who_signs_says_since_when_and_how_many_contracts(client: FlaskClient) -> None:
    signatories = words(block(read(client, "/doc/contract/valence-2019"), "signataires"))

    assert "Cinq avaient déjà signé le contrat précédent, un vient d’un signataire par fusion" in (
        signatories
    )
    assert "Agence régionale de santé 1 er contrat (2012) par l’organisme remplacé : Agence" in (
        signatories
    )
    assert "Conseil régional de Rhône-Alpes : a signé le contrat précédent, ne signe plus" in (
        signatories
    )
    assert "Centre hospitalier de Valence Établissement public de santé nouveau" in signatories


def test_three_generations_are_walked_through(client: FlaskClient) -> None:
    page = read(client, "/doc/contract/valence-2025")

    titles = words(block(page, "frise"))
    assert "1er contrat · 2012-2017" in titles
    assert "2e contrat · 2019-2023" in titles
    assert "aucun contrat connu ( 2018, 2024 )" in titles or "(2018, 2024)" in titles


def test_a_contract_whose_end_is_unknown_is_drawn_open(client: FlaskClient) -> None:
    brief = block(read(client, "/doc/contract/4cps-2025"), "frise")

    assert "g-open" in brief
    assert "fin non précisée" in words(brief)


def test_actions_lie_on_a_line_of_years_and_in_a_table(client: FlaskClient) -> None:
    actions = block(read(client, "/doc/contract/valence-2012"), "actions")

    rows = re.findall(r'<td role="cell" class="n">(\d+)</td>', actions)
    marks = re.findall(r'<text class="t-this"[^>]*>(\d+)</text>', actions)
    assert rows == list("123456")
    assert sorted(marks) == rows
    assert actions.count('stroke-dasharray="5 4"') == 2
    assert actions.count('<rect class="g-other"') == 1


def test_what_no_source_states_is_never_a_zero(client: FlaskClient) -> None:
    page = read(client, "/doc/contract/agglomeration-de-cholet-avant-2020")

    assert not [value for value, *_ in COUNTED.findall(page) if value == "0"]
    assert "Signataires : non précisé dans les sources" in words(page)
    assert "Actions non précisé dans les sources Évaluation non précisé" in words(page)


def test_an_act_that_is_no_contract_says_so(client: FlaskClient) -> None:
    french, english = (read(client, f"{each}/doc/contract/montreuil-2025") for each in ("", "/en"))

    assert "Ce n’est pas un contrat signé" in words(french)
    assert "Signataires attendus au moins" in words(french)
    assert "This is not a signed contract" in words(english)
    assert "Expected signatories at least" in words(english)
    assert "/queries/participants?contract=montreuil-2025" in block(french, "signataires")


def test_the_form_compares_with_a_neighbour(client: FlaskClient) -> None:
    form = read(client, "/doc/contract/valence-2019").partition('<form action="/compare"')[2]
    form = form.partition("</form>")[0]

    groups = re.findall(r'<optgroup label="([^"]*)"[^>]*>(.*?)</optgroup>', form, re.DOTALL)
    assert '<input type="hidden" name="c" value="valence-2019">' in form
    assert [name for name, _ in groups] == ["Même territoire", "Drôme", "Auvergne-Rhône-Alpes"]
    assert re.findall(r'value="([^"]*)"', groups[0][1]) == ["valence-2025", "valence-2012"]
    every = re.findall(r'<option value="([^"]*)"', form)
    assert len(every) == len(set(every))
    assert "valence-2019" not in every


def test_a_contract_is_cited_with_the_hash_of_its_graph(
    client: FlaskClient, release: Release
) -> None:
    graph = f"{BASE}graph/contract/valence-2019"
    digest = next(each.sha256 for each in release.manifest.graphs if each.graph == graph)

    bibtex, ris = (client.get(f"/cite/contract/valence-2019.{kind}") for kind in ("bib", "ris"))

    assert bibtex.content_type.startswith("application/x-bibtex")
    assert f"url          = {{{BASE}id/contract/valence-2019}}" in bibtex.text
    assert f"graphe SHA-256 {digest}" in bibtex.text
    assert ris.text.startswith("TY  - DATA\r\n")
    assert f"UR  - {BASE}id/contract/valence-2019\r\n" in ris.text
    assert client.get("/cite/contract/valence-2019.doc").status_code == 404
    assert client.get("/cite/contract/nowhere.bib").status_code == 404


@pytest.mark.parametrize(("language", "said"), [("", "10 signataires"), ("/en", "10 signatories")])
def test_the_card_is_an_image_that_needs_nothing_else(
    client: FlaskClient, language: str, said: str
) -> None:
    answer = client.get(f"{language}/card/contract/valence-2019.svg")

    drawn = ET.fromstring(answer.text)  # noqa: S314 -- our own
    texts = ["".join(each.itertext()) for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert answer.content_type == "image/svg+xml; charset=utf-8"
    assert said in texts
    assert "Contrat local de santé de Valence" in texts
    assert "style" not in answer.text
    assert "href" not in answer.text
    assert client.get("/card/contract/nowhere.svg").status_code == 404


def test_the_code_to_paste_shows_the_card_and_leads_to_the_page(client: FlaskClient) -> None:
    page = read(client, "/en/doc/contract/valence-2019")

    code = html.unescape(re.findall(r"<pre[^>]*>(&lt;a href.*?)</pre>", page, re.DOTALL)[0])
    assert code.startswith('<a href="https://exemple.test/contrats/en/doc/contract/valence-2019">')
    assert 'src="https://exemple.test/contrats/en/card/contract/valence-2019.svg"' in code
    assert code.count("<") == 3


def test_a_long_title_is_wrapped_and_a_long_word_cut() -> None:
    assert wrap("un deux") == ("un deux",)
    assert max(map(len, wrap("x" * 300 + " fin"))) <= 40
    assert len(wrap("mot " * 200)) == 3
    assert wrap("mot " * 200)[-1].endswith("…")
    assert wrap("") == ()


HOSTILE = (
    "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{9876*5432}}\u202e\u2066"
)
LONG = "é" * 400


@pytest.fixture(scope="module")
def hostile(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Give a client of a site where title, priority, body, source and notes are hostile."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    text = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    said = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    text += f"""
    contract:h a cls:LocalHealthContract ; dcterms:title "{said}"@fr ; cls:stage stage:signed ;
        cls:succeeds contract:h ; cls:succeededBy contract:h ; cls:signatureDate "{said}" ;
        dcterms:temporal period:h ; dcterms:relation <javascript:alert(3)> ;
        cv:hasParticipation participation:h ; cls:hasAction action:h ;
        cls:hasDiagnosis diagnosis:h ;
        cls:hasPriority priority:h-1, priority:h-2 ; prov:hadPrimarySource source:h .
    period:h dcat:startDate "{said}" ; dcat:endDate "2020" .
    participation:h cv:role role:signatory ; cv:hasParticipant actor:h ;
        cls:nameInSource "{said}"@fr .
    actor:h a org:FormalOrganization ; skos:prefLabel "{said}"@fr ; cls:signs contract:h .
    priority:h-1 a cls:Priority ; skos:prefLabel "{LONG}"@fr ; skos:notation "{said}" ;
        skos:note "{said}"@fr .
    priority:h-2 a cls:Priority ; skos:prefLabel "{said}"@fr ; skos:broader priority:h-2 .
    action:h skos:prefLabel "{said}"@fr ; dcterms:date "{said}" ; cls:audience "{said}"@fr .
    diagnosis:h skos:prefLabel "{said}"@fr ; skos:note "{said}"@fr .
    source:h dcterms:title "{said}"@fr ; schema:url <javascript:alert(4)> ;
        cls:publisherName "{said}"@fr .
    """
    graph = ox.NamedNode(f"{BASE}graph/contract/h")
    quads = ox.Store()
    triples = ox.parse(text, format=ox.RdfFormat.TURTLE)
    quads.extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in triples)
    quads.dump(str(folder / "contrats.nq"), ox.RdfFormat.N_QUADS)
    engine = Engine(folder, Limits(), Budgets(Limits()), folder)
    settings = Settings("https://exemple.test", find_rooms())
    past = Past(folder, Limits(), Budgets(Limits()), folder)
    app = create_app(EmbeddedStore(quads), release, settings, Engines(engine, past))
    yield app.test_client()
    engine.close()


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", ["contract/h", "priority/h-1", "priority/h-2"])
def test_hostile_data_is_text(hostile: FlaskClient, language: str, path: str) -> None:
    page = read(hostile, f"{language}/doc/{path}")

    links = re.findall(r'(?:href|src|action)="([^"]*)"', page)
    assert page.count("<script") == page.count('<script type="application/ld+json">{') == 1
    assert "onerror=alert(2)&gt;" in page
    assert "53646432" not in page
    assert all(re.match(r"/|#|https?://", link) for link in links)
    assert len(re.findall("<img ", page)) == (path == "contract/h")


def test_a_hostile_card_is_well_formed(hostile: FlaskClient) -> None:
    drawn = hostile.get("/card/contract/h.svg").text

    tags = {each.tag.rpartition("}")[2] for each in ET.fromstring(drawn).iter()}  # noqa: S314
    assert tags == {"svg", "title", "rect", "g", "text"}
    assert "\u202e" not in drawn


def test_a_hostile_title_is_cited_as_text(hostile: FlaskClient) -> None:
    assert r"\{\{9876*5432\}\}" in hostile.get("/cite/contract/h.bib").text
    assert hostile.get("/cite/contract/h.ris").text.count("\nTI  - ") == 1
