"""Each saved query is a page and an API that agree; what cannot be asked is told with what can."""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest

from contrats.library import read_library
from contrats.rooms import find_rooms
from contrats.vocabulary import BASE
from contrats.web import Settings, create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from contrats.library import SavedQuery
    from contrats.release import Release
    from contrats.store import EmbeddedStore
    from contrats.web.site import Engines

    Ask: TypeAlias = Callable[..., str]

PUBLIC = "https://exemple.test/contrats"
LIBRARY = read_library(find_rooms().queries)
WITH_PARAMETERS = [query for query in LIBRARY if query.parameters]
CONTRACT = "contract=valence-2019"
HTML = {"Accept": "text/html"}
RESULT = "{http://www.w3.org/2005/sparql-results#}result"
HEADER = "#+ summary: Is it?\n#+ summary-fr: Est-ce ?\n"


def example_of(query: SavedQuery) -> str:
    return urlencode({each.name: each.short_example for each in query.parameters})


def text_of(page: str) -> str:
    """Return the text of a page, its blanks made plain."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def count_rows(suffix: str, body: str) -> int:
    """Return how many rows an answer holds in the form `suffix`."""
    if suffix == "xml":
        return len(ET.fromstring(body).findall(f".//{RESULT}"))  # noqa: S314 -- our own
    if suffix == "csv":
        return len(list(csv.reader(io.StringIO(body, newline="")))) - 1
    return body.count("\n") - 1


@pytest.fixture
def ask(client: FlaskClient) -> Ask:
    """Return what gives the text of an address, which answers."""

    def text(path: str, accept: str = "*/*") -> str:
        answer = client.get(path, headers={"Accept": accept})
        assert answer.status_code == 200, answer.text[:500]
        return answer.text

    return text


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.name)
def test_a_page_and_its_files_have_the_same_rows(client: FlaskClient, query: SavedQuery) -> None:
    example = example_of(query)

    page = client.get(f"/queries/{query.name}", headers=HTML)
    files = {
        suffix: client.get(f"/queries/{query.name}.{suffix}?{example}")
        for suffix in ("csv", "tsv", "json", "xml")
    }

    assert page.status_code == 200
    assert {answer.status_code for answer in files.values()} == {200}
    bindings = files["json"].json["results"]["bindings"]  # type: ignore[index]
    counts = {s: count_rows(s, files[s].text) for s in ("csv", "tsv", "xml")}
    assert counts == dict.fromkeys(counts, len(bindings))
    lines = "ligne" if len(bindings) < 2 else "lignes"
    assert f"{len(bindings)} {lines}, résultat entier." in text_of(page.text)


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.name)
def test_a_page_asks_in_both_languages_and_says_its_limit(ask: Ask, query: SavedQuery) -> None:
    page = text_of(ask(f"/queries/{query.name}", "text/html"))

    assert " ".join(query.summary_fr.split()) in page
    assert query.summary in page
    words = [word for word in re.findall(r"\w+", query.limit_fr) if len(word) > 3]
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize("query", WITH_PARAMETERS, ids=lambda query: query.name)
def test_a_parameter_left_out_or_empty_means_all(ask: Ask, query: SavedQuery) -> None:
    names = {each.name for each in query.parameters}

    one = ask(f"/queries/{query.name}.csv?{example_of(query)}").splitlines()
    every = ask(f"/queries/{query.name}.csv").splitlines()
    empty = ask(f"/queries/{query.name}.csv?{'&'.join(f'{name}=' for name in names)}").splitlines()

    assert set(one) <= set(every) == set(empty)


def test_a_page_without_choice_takes_the_example(ask: Ask) -> None:
    page = ask("/queries/signatories", "text/html")

    assert '<option value="valence-2019" selected>' in page
    assert "/queries/signatories.csv?contract=valence-2019" in page


def test_an_empty_choice_on_a_page_is_all_and_the_table_says_that_it_is_partial(ask: Ask) -> None:
    page = ask("/queries/where-it-was-read?contract=", "text/html")

    total = count_rows("csv", ask("/queries/where-it-was-read.csv"))
    assert total > 1000
    assert "selected" not in page
    assert page.count("<tr") == 1001
    assert f"Les 1000 premières lignes sur {total}." in text_of(page)


def test_a_whole_iri_and_its_end_are_the_same_value(ask: Ask) -> None:
    iri = f"{BASE}id/contract/valence-2019"

    short = ask(f"/queries/signatories.csv?{CONTRACT}")

    assert ask(f"/queries/signatories.csv?{urlencode({'contract': iri})}") == short


def test_a_value_may_be_of_either_family_that_the_header_lists(ask: Ask) -> None:
    every = ask("/queries/legal-field-weights.csv?scope=contrats-locaux-de-sante")
    one = ask("/queries/legal-field-weights.csv?scope=valence-2019")

    assert "id/dataset/" in every.splitlines()[1]
    assert "id/contract/valence-2019" in one.splitlines()[1]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("signatories.csv?contract=valence-2029", ["contract", "valence-2029", "valence-2019"]),
        (
            "signatories.csv?contract=ville-valence-26362",
            ["241 d’admises", "/queries/signatories#"],
        ),
        ("signatories.csv?contrat=valence-2019", ["« contrat »", "Vouliez-vous dire « contract »"]),
        (f"signatories.csv?{CONTRACT}&{CONTRACT}", ["« contract » est donné 2 fois"]),
        ("signatories.rq?contract=x", ["« contract »"]),
        ("signatories/cite.bib?contract=x", ["« contract »"]),
        ("coverage.csv?year=2024", ["« year » n’existe pas", "Elle n’en a aucun"]),
        ("themes-of-a-region.csv?region=commune-26362", ["Valeurs admises : ", "region-84"]),
        ("frequent-signatories.json?threshold=11", ["1, 2, 3, 4, 5, 6, 7, 8, 9, 10"]),
        ("contracts-in-force.xml?year=24", ["une année, écrite 2024", "xsd:gYear"]),
        ("plan-items-without-priority.csv?plan=cos-2018", ["« plan »", "prs-ara-2018, "]),
        ("signatories.csv?contract=%FF", ["UTF-8"]),
        (f"signatories.csv?{'a=&' * 60}", ["au plus 50 champs"]),
    ],
)
def test_what_cannot_be_asked_is_told_with_what_can(
    client: FlaskClient, path: str, words: list[str]
) -> None:
    answer = client.get(f"/queries/{path}")

    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    detail = answer.json["detail"]  # type: ignore[index]
    assert [word for word in words if word not in detail] == []
    assert answer.json["detail-en"]  # type: ignore[index]


def test_a_bad_value_on_a_page_is_told_on_a_page(client: FlaskClient) -> None:
    answer = client.get("/queries/signatories?contract=valence-2029", headers=HTML)

    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert "valence-2019" in text_of(answer.text)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("signatorie", "Les plus proches : signatories"),
        ("signatorie.csv", "Les plus proches : signatories"),
        ("shared/cite.bib", "shared-signatories"),
        ("zzz", "La liste : /queries"),
        ("signatories.ttl", ".json, .xml, .csv, .tsv"),
        ("signatories.", "Formes offertes"),
        ("signatories.csv.csv", "Formes offertes"),
        ("signatories/cite.txt", ".bib, .ris"),
    ],
)
def test_a_query_or_a_form_that_is_not_there_is_told_with_those_that_are(
    client: FlaskClient, path: str, words: str
) -> None:
    answer = client.get(f"/queries/{path}")

    assert answer.status_code == 404
    assert words in answer.json["detail"]  # type: ignore[index]


def test_the_file_of_a_query_is_that_of_the_room_or_has_its_parameters_bound(ask: Ask) -> None:
    query = next(each for each in LIBRARY if each.name == "signatories")

    bound = ask(f"/queries/signatories.rq?{CONTRACT}")

    assert ask("/queries/signatories.rq") == query.text
    assert bound == (
        f"{query.body.rstrip()}\nVALUES (?contract) {{ (<{BASE}id/contract/valence-2019>) }}\n"
    )


@pytest.mark.parametrize("suffix", ["csv", "json", "tsv", "xml", "rq", "html"])
def test_a_form_is_known_again_and_its_head_is_that_of_its_body(
    client: FlaskClient, suffix: str
) -> None:
    path = f"/queries/signatories.{suffix}?{CONTRACT}"
    first = client.get(path)
    known = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    head = client.head(path)

    assert known.status_code == 304 or suffix == "html"  # whose page tells how long it took
    assert head.status_code == 200
    assert head.headers["Content-Type"] == first.headers["Content-Type"]
    assert head.data == b""


def test_an_answer_bears_its_passport_and_asking_again_gives_the_same(
    client: FlaskClient, release: Release
) -> None:
    answer = client.get(f"/queries/signatories.csv?{CONTRACT}")
    link = next(link for link in answer.headers.getlist("Link") if "memento" in link)
    again = urlsplit(link.partition(">")[0].removeprefix("<"))

    replayed = client.get(f"/{again.path.partition('/contrats/')[2]}?{again.query}&as=csv")

    assert answer.headers["Contrats-Release"] == release.identifier
    assert answer.headers["Contrats-Complete"] == "true"
    assert again.path == f"/contrats/release/{release.identifier}/sparql"
    assert replayed.text == answer.text
    assert replayed.headers["Contrats-Query"] == answer.headers["Contrats-Query"]


def test_the_text_on_the_page_has_the_hash_that_the_page_tells(
    client: FlaskClient, ask: Ask
) -> None:
    page = ask(f"/queries/signatories?{CONTRACT}", "text/html")
    text = re.search(r'aria-label="Texte de la requête"><code>(.*?)</code>', page, re.DOTALL)

    assert text
    asked = client.get("/sparql", query_string={"query": html.unescape(text[1]), "as": "csv"})
    assert asked.headers["Contrats-Query"] in page
    assert asked.text == ask(f"/queries/signatories.csv?{CONTRACT}")


def test_a_table_says_once_what_is_the_same_on_each_row(ask: Ask) -> None:
    page = ask(f"/queries/signatories?{CONTRACT}", "text/html")
    head = re.search(r"<thead.*?</thead>", page, re.DOTALL)

    assert head
    assert re.findall(r"<code>\?(\w+)</code>", head[0]) == [
        "position", "actor", "type", "nameInSource", "basis",
    ]  # fmt: skip
    assert "Contrat Contrat local de santé de Valence 2019-2023 Liste entière oui" in text_of(page)
    assert "Dans les fichiers, aussi ?name" in text_of(page)
    assert page.count("Centre hospitalier de Valence") == 2  # by its name, and in the source's


def test_the_lines_to_paste_in_python_give_the_answer(address: str) -> None:
    page = get(f"{address}/queries/signatories?{CONTRACT}")
    found = re.search(r"<summary>Python</summary><pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert found

    run = subprocess.run(
        [sys.executable, "-c", html.unescape(found[1])], capture_output=True, text=True, check=True
    )

    assert len(run.stdout.splitlines()) == 10
    assert "Hôpital privé Drôme-Ardèche" in run.stdout


def test_the_lines_to_paste_for_curl_give_the_file(address: str) -> None:
    page = get(f"{address}/queries/signatories?{CONTRACT}")
    found = re.search(r"<pre[^>]*>curl &#39;(.*?)&#39;", page)

    assert found
    assert html.unescape(found[1]) == f"{address}/queries/signatories.csv?{CONTRACT}"


def get(url: str) -> str:
    request = Request(url, headers=HTML)  # noqa: S310 -- loopback
    with urlopen(request) as answer:  # noqa: S310 -- loopback
        found: bytes = answer.read()
    return found.decode("utf-8")


def test_a_query_is_cited_by_its_question_and_the_address_of_its_release(
    ask: Ask, release: Release
) -> None:
    bibtex = ask(f"/queries/signatories/cite.bib?{CONTRACT}")
    ris = ask(f"/queries/signatories/cite.ris?{CONTRACT}")

    title = "Qui a signé le contrat ? – Contrat local de santé de Valence 2019-2023"
    address = f"{BASE}release/{release.identifier}/sparql?query="
    assert f"title        = {{{{{title}}}}}" in bibtex
    assert f"url          = {{{address}" in bibtex
    assert f"TI  - {title}\r\n" in ris
    assert f"UR  - {address}" in ris
    assert "La rédaction des Contrats locaux de santé" in bibtex


def test_the_address_of_a_citation_gives_the_answer(client: FlaskClient, ask: Ask) -> None:
    ris = ask(f"/queries/signatories/cite.ris?{CONTRACT}")
    found = re.search(rf"UR  - {re.escape(BASE)}(\S+)", ris)
    assert found

    answer = client.get(f"/{found[1]}&as=csv")

    assert answer.text == ask(f"/queries/signatories.csv?{CONTRACT}")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("SELECT (1 AS ?one) {}", "Requête SPARQL"),
        (LIBRARY[0].text, LIBRARY[0].summary_fr),
        (LIBRARY[0].body, LIBRARY[0].summary_fr),
    ],
)
def test_any_query_can_be_cited(client: FlaskClient, query: str, title: str) -> None:
    answer = client.get("/sparql/cite.ris", query_string={"query": query})

    assert answer.status_code == 200
    assert answer.mimetype == "application/x-research-info-systems"
    assert f"TI  - {title}\r\n" in answer.get_data().decode()


@pytest.mark.parametrize("query", ["", "  ", "INSERT DATA {}", "SELECT * { SERVICE <x:> {} }"])
def test_what_the_endpoint_refuses_is_not_cited(client: FlaskClient, query: str) -> None:
    answer = client.get("/sparql/cite.bib", query_string={"query": query})

    assert answer.status_code == 400


def test_a_query_is_also_data(ask: Ask) -> None:
    turtle = ask("/queries/signatories", "text/turtle")

    assert "sh:SPARQLSelectExecutable" in turtle
    assert "Qui a signé le contrat" in turtle


def test_the_list_leads_to_each_page(ask: Ask) -> None:
    page = ask("/queries", "text/html")

    links = re.findall(r'<h3><a href="/queries/([\w-]+)">', page)
    assert links == [query.name for query in LIBRARY]


@pytest.fixture(scope="module")
def other(
    tmp_path_factory: pytest.TempPathFactory,
    store: EmbeddedStore,
    release: Release,
    engines: Engines,
) -> FlaskClient:
    """Return the client of a site that also asks questions of the other two forms."""
    queries = tmp_path_factory.mktemp("rooms") / "queries"
    shutil.copytree(find_rooms().queries, queries)
    for name, text in (
        ("asked", f"ASK {{ <{BASE}id/contract/valence-2019> ?p ?o }}"),
        ("constructed", f"CONSTRUCT WHERE {{ <{BASE}id/contract/valence-2019> a ?o }}"),
        ("nothing", "SELECT ?nothing { ?nothing <x:y> ?o } ORDER BY ?nothing"),
    ):
        write(queries / f"{name}.rq", text)
    rooms = replace(find_rooms(), queries=queries)
    return create_app(store, release, Settings(PUBLIC, rooms), engines).test_client()


def write(path: Path, text: str) -> None:
    path.write_text(HEADER + text, encoding="utf-8")


def test_a_question_of_yes_or_no_answers_so(other: FlaskClient) -> None:
    page = other.get("/queries/asked", headers=HTML)

    assert "Résultat Oui." in text_of(page.text)
    assert other.get("/queries/asked.json").json["boolean"] is True  # type: ignore[index]


def test_a_question_whose_answer_is_a_graph_has_the_forms_of_graphs(other: FlaskClient) -> None:
    page = other.get("/queries/constructed", headers=HTML)
    turtle = other.get("/queries/constructed.ttl")
    refused = other.get("/queries/constructed.csv")

    assert "1 ligne, résultat entier." in text_of(page.text)
    assert turtle.mimetype == "text/turtle"
    assert "cls:LocalHealthContract" in turtle.text
    assert refused.status_code == 404
    assert ".ttl, .jsonld, .rdf" in refused.json["detail"]  # type: ignore[index]


def test_an_answer_without_rows_says_that_it_proves_nothing(other: FlaskClient) -> None:
    page = other.get("/queries/nothing", headers=HTML)

    assert "Ce n’est pas une preuve d’absence" in text_of(page.text)
