"""The pages of the whole corpus: what each file of a contract says, said truthfully."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats.rooms import find_rooms
from contrats.vocabulary import BASE, DEF, EXTERNAL, KINDS, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from contrats.store import EmbeddedStore

CONTRACTS = sorted((find_rooms().data / "contracts").glob("*.ttl"))
SAMPLE = CONTRACTS[::12]
DISPUTED = [path for path in CONTRACTS if "a cls:Disagreement" in path.read_text("utf-8")]
UNSIGNED = [path for path in CONTRACTS if "cls:stage stage:signed" not in path.read_text("utf-8")]
HEAVIEST = 300_000
"""Bytes of a page."""
OTHERS = [
    "/doc/actor/ars-auvergne-rhone-alpes",
    "/doc/actor/etat",
    "/doc/plan/prs-ara-2018",
    "/doc/plan/prs-hauts-de-france",
    "/doc/theme/promotion-prevention",
    "/doc/population/jeunes",
    "/doc/territory/region-84",
    "/doc/territory/departement-26",
    "/doc/territory/intercommunalite-200068781",
    "/doc/territory/groupe-beziers-mediterranee",
    "/doc/source/src-lesmureaux-fr-informationssante-15321-856058",
    "/doc/source/decoupage-administratif-6-0-0",
    "/doc/stage/signed",
    "/doc/role/signatory",
    "/doc/event/ars-auvergne-rhone-alpes-2016",
]
_LISTED = re.compile(r'<ul class="chips"><li><b><data [^>]*>(\d+)</data></b>')
"""How many contracts a list says that it holds."""
LISTS = ["/contracts", "/actors", "/coverage", "/graph/report", "/queries", "/plans", "/"]


def name_of(path: Path) -> str:
    return path.stem


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return answer.text


def words(page: str) -> str:
    """Return the text of `page` on one line, spaces made plain."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", page))
    return re.sub(r"\s+", " ", text)


def unnamed(page: str) -> list[str]:
    """Return what a page shows as text and should show by name: IRIs of ours, prefixed names."""
    main = page.partition("<main")[2].partition("</main>")[0]
    kept = re.sub(
        r'<code class="iri">.*?</code>|<pre.*?</pre>|<span class="mono">.*?</span>', "", main,
        flags=re.DOTALL,
    )  # fmt: skip
    prefixes = "|".join((*KINDS, "cls", "cv", "dcterms", "skos", "prov", "igeo"))
    return re.findall(rf"\b(?:{prefixes}):[a-z0-9][\w-]*|{BASE}\S+", words(kept))


def claims_of(path: Path) -> list[str]:
    """Return the texts of the claims that disagree in the file at `path`."""
    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    label = ox.NamedNode(f"{EXTERNAL['skos']}prefLabel")
    claims = store.quads_for_pattern(None, ox.NamedNode(f"{DEF}hasClaim"), None)
    return [
        str(quad.object.value)
        for claim in claims
        if isinstance(claim.object, ox.NamedNode)
        for quad in store.quads_for_pattern(claim.object, label, None)
        if isinstance(quad.object, ox.Literal)
    ]


@pytest.mark.parametrize("path", SAMPLE, ids=name_of)
def test_a_contract_page_shows_names_only_and_weighs_little(
    client: FlaskClient, path: Path
) -> None:
    page = read(client, f"/doc/contract/{path.stem}")

    assert unnamed(page) == []
    assert len(page.encode()) < HEAVIEST
    assert "Qualité et limites" in words(page)


@pytest.mark.parametrize("path", [*OTHERS, *LISTS])
def test_any_other_page_shows_names_only_and_weighs_little(client: FlaskClient, path: str) -> None:
    page = read(client, path)

    assert path in {"/queries", "/graph/report"} or unnamed(page) == []
    assert len(page.encode()) < HEAVIEST


@pytest.mark.parametrize("path", SAMPLE, ids=name_of)
def test_the_data_of_a_contract_are_served_too(client: FlaskClient, path: Path) -> None:
    answer = client.get(f"/doc/contract/{path.stem}.ttl")

    assert answer.status_code == 200
    assert f"{PREFIXES['contract']}{path.stem}" in answer.text or f"contract:{path.stem}" in (
        answer.text
    )


def test_ten_contracts_hold_disagreements() -> None:
    assert len(DISPUTED) == 10
    assert {"les-mureaux-2019", "lens-lievin-2019"} <= {path.stem for path in DISPUTED}


@pytest.mark.parametrize("path", DISPUTED, ids=name_of)
def test_both_values_of_a_disagreement_stand_in_the_block_of_disagreements(
    client: FlaskClient, path: Path
) -> None:
    page = read(client, f"/doc/contract/{path.stem}")

    block = page.partition("<h3>Désaccords</h3>")[2].partition("</section>")[0]
    values = re.findall(r'<ul class="vs">(.*?)</ul>', block, re.DOTALL)
    said = words("".join(values)).replace("’", "'")
    assert [text for text in claims_of(path) if text.replace("’", "'") not in said] == []
    assert values
    assert all(each.count("<summary>Source") >= 2 for each in values)


@pytest.mark.parametrize(
    ("contract", "anchor"),
    [
        ("les-mureaux-2019", "frise"),
        ("les-mureaux-2019", "signataires"),
        ("lens-lievin-2019", "frise"),
        ("lyon-2022", "priorites"),
        ("auxois-morvan-2016", "priorites"),
        ("royan-atlantique-2022", "frise"),
        ("valence-2012", "cadre"),
    ],
)
def test_a_disagreement_also_stands_beside_its_value(
    client: FlaskClient, contract: str, anchor: str
) -> None:
    page = read(client, f"/doc/contract/{contract}")

    section = page.partition(f'id="{anchor}"')[2].partition("</section>")[0]
    assert "Les sources ne s’accordent pas" in words(section)


def test_twenty_one_acts_are_preparatory() -> None:
    assert len(UNSIGNED) == 21


@pytest.mark.parametrize("path", UNSIGNED, ids=name_of)
def test_a_preparatory_act_is_never_shown_as_a_signed_contract(
    client: FlaskClient, path: Path
) -> None:
    page = words(read(client, f"/doc/contract/{path.stem}"))

    assert "Acte préparatoire · " in page
    assert "Ce n’est pas un contrat signé" in page
    assert "Échéance" not in page


def test_where_no_signature_is_recorded_nobody_is_said_to_have_signed(client: FlaskClient) -> None:
    page = words(read(client, "/doc/contract/montreuil-2025"))

    assert "Signataires attendus" in page
    assert "qui devaient signer" in page
    assert "ont signé." not in page


def test_the_list_of_contracts_tells_signed_ones_and_preparatory_acts_apart(
    client: FlaskClient,
) -> None:
    signed = read(client, "/contracts?stage=signed")
    acts = read(client, "/contracts?stage=preparatory")

    assert signed.count('<th role="rowheader" scope="row">') == 220
    assert "acte préparatoire :" not in signed
    assert acts.count('<th role="rowheader" scope="row">') == 21
    assert acts.count("acte préparatoire\N{NO-BREAK SPACE}:") == 21


def test_the_list_says_at_least_where_a_list_is_not_known_whole(
    client: FlaskClient, store: EmbeddedStore
) -> None:
    page = read(client, "/contracts")

    whole = store.answer(
        "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?c <" + DEF + "signatoryListComplete> true ;"
        " <" + DEF + "hasSignatory> ?s }"
    )
    cells = re.findall(r'data-l="Signataires">(.*?)</td>', page)
    certain = [each for each in cells if "<data" in each and "au moins" not in each]
    assert isinstance(whole, ox.QuerySolutions)
    assert len(cells) == 241
    assert len(certain) == int(next(whole)["n"].value)
    assert sum("au moins" in each for each in cells) > len(certain)


def test_filters_of_one_kind_widen_and_of_two_kinds_narrow(client: FlaskClient) -> None:
    def count(query: str) -> int:
        found = _LISTED.search(read(client, f"/contracts?{query}"))
        return int(found[1]) if found else -1

    brittany, normandy = count("region=53"), count("region=28")
    both, signed = count("region=53&region=28"), count("region=53&stage=signed")

    assert both == brittany + normandy
    assert 0 < signed < brittany


@pytest.mark.parametrize("query", ["region=zz", "stage=signé", "region=84&stage=x"])
def test_an_unknown_filter_is_refused_with_those_that_exist(
    client: FlaskClient, query: str
) -> None:
    answer = client.get(f"/contracts?{query}", headers={"Accept": "text/html"})

    assert answer.status_code == 400
    assert "Valeurs possibles" in words(answer.text)


def test_a_contract_with_nothing_but_a_name_says_what_is_not_known(client: FlaskClient) -> None:
    page = words(read(client, "/doc/contract/pays-de-broceliande"))

    assert "Aucune source lue ne nomme les signataires de cet acte." in page
    assert "Aucune source lue ne donne les priorités de cet acte." in page
    assert "Aucune source lue ne dit Projet régional" in page
    assert "Principes, éléments clés" not in page


def test_a_deduced_value_bears_its_mark_and_its_reason(client: FlaskClient) -> None:
    page = words(read(client, "/doc/contract/astarac-2023"))

    assert "début : 2023 déduit" in page
    assert "déduit de la source Raison" in page


def test_parts_of_a_priority_stand_under_it(client: FlaskClient) -> None:
    page = read(client, "/doc/contract/arras-renouvele")

    rows = re.findall(r'<tr role="row" class="priority( part)?">.*?class="n">(\d+)<', page)
    text = words(page)
    assert rows[:5] == [("", "1"), (" part", "2"), (" part", "3"), (" part", "4"), ("", "5")]
    assert "Priorités au moins 3" in text
    assert "intitulé coupé dans la source" in text


def test_words_that_are_not_the_contract_s_own_are_said_to_be_another_s(
    client: FlaskClient,
) -> None:
    borrowed = next(p for p in CONTRACTS if "wording:paraphrase" in p.read_text("utf-8"))

    page = words(read(client, f"/doc/contract/{borrowed.stem}"))

    assert "Ces mots ne sont pas les titres du contrat : formulation d’un tiers" in page


def test_a_reference_to_no_plan_in_particular_is_shown_as_such(client: FlaskClient) -> None:
    vague = next(
        path
        for path in CONTRACTS
        if "a cls:PlanReference" in path.read_text("utf-8")
        and "cls:refersToPlan" not in path.read_text("utf-8")
    )

    page = words(read(client, f"/doc/contract/{vague.stem}"))

    assert "le projet régional de santé, sans autre précision" in page


def test_a_crowded_page_shows_the_first_links_and_leads_to_all(client: FlaskClient) -> None:
    page = read(client, "/doc/territory/region-84")
    path = html.unescape(
        next(p for p in re.findall(r'href="(/links[^"]*)"', page) if "subdivisionDe" in p)
    )

    first, last = read(client, path), read(client, f"{path}&page=9")

    assert re.search(r"Les 60 premiers sur 4037", words(page))
    assert first.count("<li><a href=") > 500
    assert "page 9 sur 9" in words(last)
    assert 'rel="next"' in first
    assert 'rel="next"' not in last


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/links", 404),
        ("/links?to=territory/region-84", 400),
        ("/links?to=territory/region-84&by=nonsense:x", 400),
        ("/links?to=territory/region-84&by=cls:x>y", 400),
        ("/links?to=territory/nowhere&by=cls:inRegion", 404),
        ("/links?to=territory/region-84&by=cls:inRegion&page=0", 404),
        ("/links?to=territory/region-84&by=cls:inRegion&page=2", 404),
        ("/links?to=territory/region-84&by=cls:inRegion&page=x", 404),
    ],
)
def test_a_list_of_links_that_cannot_be_is_refused(
    client: FlaskClient, path: str, status: int
) -> None:
    assert client.get(path, headers={"Accept": "text/html"}).status_code == status


def test_the_document_of_a_crowded_thing_says_that_it_is_partial(client: FlaskClient) -> None:
    turtle = client.get("/doc/territory/region-84.ttl").text

    assert "Document partiel" in turtle
    assert len(turtle) < HEAVIEST


def test_the_coverage_page_gives_the_figures_of_its_query(
    client: FlaskClient, store: EmbeddedStore
) -> None:
    text = (find_rooms().queries / "coverage.rq").read_text("utf-8")
    answer = store.answer(text)
    assert isinstance(answer, ox.QuerySolutions)
    figures = [(row["signed"].value, row["preparatory"].value) for row in answer]

    page = read(client, "/coverage")

    table = page.partition('id="ensemble"')[2].partition("</section>")[0]
    shown = re.findall(r'<td class="num"><a [^>]*><data [^>]*>(\d+)</data>', table)
    assert [tuple(pair) for pair in zip(shown[::2], shown[1::2], strict=True)] == figures
    assert "Ce que ces nombres ne disent pas" in words(page)


def test_the_regions_of_the_coverage_page_count_what_the_list_counts(client: FlaskClient) -> None:
    page = read(client, "/coverage")
    table = page.partition('id="regions"')[2].partition("</section>")[0]
    rows = re.findall(r'href="(/contracts[^"]*)">.*?<data [^>]*>(\d+)</data>', table)

    listed = [_LISTED.search(read(client, html.unescape(path))) for path, _ in rows]

    assert len(rows) == 19
    assert [found[1] if found else None for found in listed] == [count for _, count in rows]


def test_the_report_of_the_release_is_a_page_and_data(client: FlaskClient) -> None:
    page = words(read(client, "/graph/report"))
    turtle = client.get("/graph/report.ttl")

    found = list(ox.parse(turtle.data, format=ox.RdfFormat.TURTLE))
    results = [q for q in found if q.predicate.value == f"{EXTERNAL['sh']}result"]
    counts = re.findall(r"(?:Erreurs|À revoir|Pour information) (\d+)", page)
    assert turtle.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert counts[0] == "0"
    assert sum(int(count) for count in counts) == len(results)


def test_a_source_page_lists_what_was_read_there_by_contract(client: FlaskClient) -> None:
    page = words(read(client, "/doc/source/src-lesmureaux-fr-informationssante-15321-856058"))

    assert "Ce qui y a été lu 53 valeurs" in page
    assert "Académie de Versailles participation" in page


def test_a_territory_page_begins_with_its_contracts(client: FlaskClient) -> None:
    page = words(read(client, "/doc/territory/commune-26362"))
    empty = words(read(client, "/doc/territory/commune-01001"))

    region = words(read(client, "/doc/territory/region-84"))

    assert "Contrats de ce territoire au moins 3 contrats" in page
    assert "Contrats de ce territoire au moins 52 contrats" in region
    assert "Actes préparatoires Ce ne sont pas des contrats signés" in region
    assert "Aucun contrat connu" in empty


def test_an_actor_page_keeps_preparatory_acts_apart(client: FlaskClient) -> None:
    page = read(client, "/doc/actor/ars-occitanie")

    signs = page.partition('id="signe"')[2].partition("</section>")[0]
    others = page.partition('id="roles"')[2].partition("</section>")[0]
    assert "acte préparatoire" not in signs
    assert "contrat de préfiguration" in words(others)


def test_actors_are_listed_by_type_with_what_they_signed_at_least(client: FlaskClient) -> None:
    page = read(client, "/actors")

    assert page.count('<th scope="row"><a href="/doc/actor/') == 603
    assert "Agence régionale de santé 25" in words(page)
