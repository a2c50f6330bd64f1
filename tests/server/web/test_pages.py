"""What a person reads: the facts, their sources, what is not known, and hostile text as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats.engine.budget import Budgets
from contrats.engine.engine import Engine
from contrats.limits import Limits
from contrats.rooms import find_rooms
from contrats.store import EmbeddedStore
from contrats.vocabulary import BASE, EXTERNAL
from contrats.web import Settings, create_app
from contrats.web.site import Engines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

    from contrats.release import Release

PAGES = [
    "/",
    "/contracts",
    "/actors",
    "/plans",
    "/queries",
    "/queries/contracts-in-force",
    "/queries/signatories?contract=",
    "/search?q=vaccin",
    "/search?q=zzz",
    "/sparql",
    "/sparql?query=SELECT*{?s%20?p%20?o}LIMIT%205",
    "/sparql?query=ASK{}",
    "/catalog",
    "/def",
    "/shape",
    "/graph/laws",
    "/graph/report",
    "/coverage",
    "/contracts?region=53&stage=signed",
    "/contracts?stage=preparatory",
    "/contracts?departement=26&theme=sante-mentale&view=timeline",
    "/contracts?region=84&view=map",
    "/contracts?theme=sante-bucco-dentaire",
    "/map",
    "/en/",
    "/en/contracts?region=53",
    "/en/map",
    "/links?to=territory/region-84&by=igeo:subdivisionDe&page=2",
    "/doc/territory/region-84",
    "/doc/territory/commune-26362",
    "/doc/territory/groupe-cornouaille",
    "/doc/source/src-lesmureaux-fr-informationssante-15321-856058",
    "/doc/source/decoupage-administratif-6-0-0",
    "/doc/contract/les-mureaux-2019",
    "/doc/contract/arras-renouvele",
    "/doc/contract/montreuil-2025",
    "/doc/contract/grand-annecy-g1",
    "/doc/contract/valence-2019",
    "/doc/contract/valence-2012",
    "/doc/priority/valence-2019-3",
    "/doc/actor/ars-auvergne-rhone-alpes",
    "/doc/actor/ars-rhone-alpes",
    "/doc/plan/prs-ara-2018",
    "/doc/plan/pop-1",
    "/doc/period/valence-2019",
    "/doc/theme/vaccination",
    "/doc/evaluation/valence-2012",
    "/doc/disagreement/valence-2012-diagnosis",
    "/doc/dataset/contrats-locaux-de-sante",
    "/nowhere",
]
BUNDLE = "/static/vendor/"
_FOLLOWED = 30
"""Links of one page that are followed; of longer lists a sample, evenly spread."""
_VOID = {"meta", "link", "br", "input", "hr", "img"}


class Outline(HTMLParser):
    """The structure of a page: headings, links, ids, languages, and whether all tags close."""

    def __init__(self, page: str) -> None:
        """Read `page`."""
        super().__init__()
        self.headings: list[int] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.strays: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element."""
        self.attributes.append((tag, dict(attrs)))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass an empty element."""
        self.attributes.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, or note that it was not open."""
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.strays.append(tag)


def read(client: FlaskClient, path: str) -> str:
    return client.get(path, headers={"Accept": "text/html"}).text


def strangers(outline: Outline) -> list[dict[str, str | None]]:
    """Return the scripts that are not our own files: only the editor of the endpoint has any.

    A block of data is none: no browser runs it.
    """
    data = {"type": "application/ld+json"}
    scripts = [a for tag, a in outline.attributes if tag == "script" and a != data]
    return [a for a in scripts if not str(a.get("src")).startswith(("/static/editor/", BUNDLE))]


def words(page: str) -> str:
    """Return the text of `page` on one line, no-break spaces made plain."""
    text = re.sub(r"<[^>]*>", " ", page)
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_built(client: FlaskClient, path: str) -> None:
    outline = Outline(read(client, path))

    steps = [b - a for a, b in zip(outline.headings, outline.headings[1:], strict=False)]
    ids = [a["id"] for _, a in outline.attributes if "id" in a]
    assert (outline.strays, outline.open) == ([], [])
    assert outline.headings.count(1) == 1
    assert outline.headings[0] == 1
    assert max(steps, default=0) <= 1
    spoken = "en" if path.startswith("/en/") else "fr"
    assert ("html", {"lang": spoken}) in outline.attributes
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_style_no_script_in_it_and_nothing_from_outside(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})

    outline = Outline(answer.text)
    loaded = [
        a.get("src") or a["href"]
        for t, a in outline.attributes
        if t in {"link", "img"} and a.get("rel") not in {"canonical", "alternate", "license"}
    ]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not [tag for tag, _ in outline.attributes if tag in {"style", "iframe"}]
    assert not strangers(outline)
    assert not [
        a for _, a in outline.attributes if "style" in a or any(n.startswith("on") for n in a)
    ]
    assert all(str(href).startswith(("/static/", "/card/contract/")) for href in loaded)


@pytest.fixture(scope="module")
def statuses() -> dict[str, int]:
    """Return the status of each link that was followed."""
    return {}


@pytest.mark.parametrize("path", PAGES)
def test_every_link_within_the_site_leads_somewhere(
    client: FlaskClient, statuses: dict[str, int], path: str
) -> None:
    """The queries behind numbers are followed elsewhere, by `test_numbers`."""
    outline = Outline(read(client, path))
    links = {str(a["href"]) for t, a in outline.attributes if t in {"a", "link"} and a.get("href")}
    ids = {a.get("id") for _, a in outline.attributes}
    local = {link for link in links if link.startswith("/") and link != path}
    local -= {link for link in local if link.startswith("/sparql?") or ".csv" in link}

    sample = sorted(local)[:: max(1, len(local) // _FOLLOWED)]
    for link in sample:
        if link not in statuses:
            statuses[link] = client.head(link).status_code
    dead = {link for link in sample if statuses[link] not in {200, 303}}

    assert not dead
    assert not {link for link in links if link.startswith("#") and link[1:] not in ids}


def test_the_contract_page_shows_what_its_documents_state(client: FlaskClient) -> None:
    page = read(client, "/doc/contract/valence-2019")

    text = words(page)
    assert page.count('class="signatory"') == 10
    assert page.count('class="priority"') == 12
    assert page.count('class="grp"') == 2
    assert "4 avril 2019" in text
    assert "Décline Projet régional de santé Auvergne-Rhône-Alpes 2018-2028" in text
    assert "Copilotes : Ville de Valence et Agence régionale de santé Auvergne-Rhône-Alpes" in text
    assert "Cinq avaient déjà signé le contrat précédent" in text
    assert "Agence régionale de santé Rhône-Alpes" in text
    assert "organisme déduit du territoire" in text


def test_every_signatory_and_every_priority_has_its_source(client: FlaskClient) -> None:
    page = read(client, "/doc/contract/valence-2019")

    rows = re.findall(r'<tr role="row" class="(?:signatory|priority)">.*?</tr>', page, re.DOTALL)

    assert len(rows) == 22
    assert all("Endroit</dt><dd>ligne" in row for row in rows)


def test_what_no_source_states_is_said_to_be_unknown(client: FlaskClient) -> None:
    page = words(read(client, "/doc/contract/valence-2012"))

    assert "Pilote non précisé dans les sources" in page
    assert "Actions : au moins 6" in page


def test_a_figure_is_the_claim_of_its_source(client: FlaskClient) -> None:
    page = words(read(client, "/doc/contract/valence-2012"))

    assert "96 %" in page
    assert "d’après la source (Ville de Valence)" in page
    assert "pas une mesure de ce site" in page


def test_a_disagreement_shows_both_values(client: FlaskClient) -> None:
    page = words(read(client, "/doc/contract/valence-2012"))

    assert "Diagnostic de l’observatoire daté de 2013" in page
    assert "Contrat signé le 21 décembre 2012" in page


def test_what_is_editorial_is_marked_and_says_why(client: FlaskClient) -> None:
    page = read(client, "/doc/priority/valence-2019-3")

    assert 'class="tag ed"' in page
    text = words(page)
    assert (
        "aucun élément trouvé dans Projet régional de santé Auvergne-Rhône-Alpes 2018-2028" in text
    )
    assert "anachronique" in text
    assert "éditorial : aucune source ne le dit" in text


def test_a_thing_of_any_kind_shows_readable_names_both_ways(client: FlaskClient) -> None:
    page = words(read(client, "/doc/stage/signed"))

    assert "Est l’état de is the stage of" in page
    assert "CapAtlantique La Baule-Guérande Agglo" in page


def test_the_plan_page_shows_its_tree_and_what_is_aligned(client: FlaskClient) -> None:
    page = words(read(client, "/doc/plan/prs-ara-2018"))

    assert "Cadre d’orientation stratégique 2018-2028" in page
    assert "Cadre d’orientation stratégique 2018-2028 Population 6 aucun" in page
    assert "Santé des aînés" in page


def test_english_labels_stand_beside_the_french_ones(client: FlaskClient) -> None:
    page = read(client, "/doc/scheme/themes")

    assert '<span class="small" lang="en">definition</span>' in page


HOSTILE = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{9876*5432}} \u202e"


@pytest.fixture
def hostile(release: Release, engines: Engines, tmp_path: Path) -> Iterator[FlaskClient]:
    """Return a client of a site whose data holds markup, script addresses and template code."""
    graph = ox.NamedNode(f"{BASE}graph/contract/hostile")
    thing = ox.NamedNode(f"{BASE}id/contract/hostile")
    quads = ox.Store()

    def say(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
        prefix, _, rest = name.partition(":")
        known = dict(EXTERNAL) | {"cls": f"{BASE}def#"}
        quads.add(ox.Quad(subject, ox.NamedNode(known[prefix] + rest), value, graph))

    say(thing, "rdf:type", ox.NamedNode(f"{BASE}def#LocalHealthContract"))
    say(thing, "dcterms:title", ox.Literal(HOSTILE, language="fr"))
    say(thing, "dcterms:relation", ox.NamedNode("javascript:alert(3)"))
    say(thing, "schema:url", ox.NamedNode("data:text/html,x"))
    for number in range(3):
        priority = ox.NamedNode(f"{BASE}id/priority/hostile-{number}")
        say(thing, "cls:hasPriority", priority)
        say(priority, "rdf:type", ox.NamedNode(f"{BASE}def#Priority"))
        say(priority, "skos:prefLabel", ox.Literal(HOSTILE, language="fr"))
        say(priority, "skos:broader", priority)
        say(priority, "skos:narrower", priority)
    quads.dump(str(tmp_path / "contrats.nq"), ox.RdfFormat.N_QUADS)
    engine = Engine(tmp_path, Limits(), Budgets(Limits()), tmp_path)
    settings = Settings("https://exemple.test", find_rooms())
    app = create_app(EmbeddedStore(quads), release, settings, Engines(engine, engines.past))
    yield app.test_client()
    engine.close()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/contracts",
        "/doc/contract/hostile",
        "/doc/priority/hostile-1",
        "/en/doc/contract/hostile",
        "/en/doc/priority/hostile-1",
        "/graph/contract/hostile",
        "/sparql?query=SELECT*{?s%20?p%20?o}",
    ],
)
def test_hostile_data_is_shown_as_text(hostile: FlaskClient, path: str) -> None:
    answer = hostile.get(path, headers={"Accept": "text/html"})

    outline = Outline(answer.text)
    assert answer.status_code == 200
    assert outline.strays == []
    images = [str(a.get("src")) for tag, a in outline.attributes if tag == "img"]
    assert all(re.fullmatch(r"(/en)?/card/contract/[\w-]+\.svg", src) for src in images)
    assert not strangers(outline)
    assert not [
        a
        for t, a in outline.attributes
        if t == "a" and not re.match(r"(/|#|https?://)", str(a.get("href")))
    ]
    assert "53646432" not in words(answer.text)


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/sparql?query=%3Cscript%3Ealert(1)%3C/script%3E",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
        "/doc/contract/%22%3E%3Cscript%3E",
    ],
)
def test_what_a_reader_types_is_shown_as_text(client: FlaskClient, path: str) -> None:
    outline = Outline(read(client, path))

    assert not strangers(outline)
    assert outline.strays == []
