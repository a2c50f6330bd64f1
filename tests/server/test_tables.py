"""Rows become statements by the mappings of the rooms, and a bad table is told at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats.errors import QueryFileError, SourceError
from contrats.form import TableForm
from contrats.mapping import read_mapping, run_mapping
from contrats.rooms import find_rooms
from contrats.tables import read_table
from contrats.vocabulary import PREFIXES, compact

if TYPE_CHECKING:
    from pathlib import Path

FORM = TableForm(("code", "name"), key=("code",), required=("name",), integers=("code",))
ALIGNMENTS = """#curie_map:
#  prs: https://w3id.org/contrats-sante/id/plan/
#  priorite: https://w3id.org/contrats-sante/id/priority/
#  contrat: https://w3id.org/contrats-sante/id/contract/
#  theme: https://w3id.org/contrats-sante/id/theme/
#  eurovoc: http://eurovoc.europa.eu/
#  mesh: http://id.nlm.nih.gov/mesh/
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#  sssom: https://w3id.org/sssom/
#mapping_set_title: Essai
#license: https://spdx.org/licenses/etalab-2.0
#mapping_date: 2026-11-22
"""
COLUMNS = (
    "subject_id subject_label predicate_id object_id object_label mapping_justification "
    "author_label confidence mapping_date subject_source object_source comment other"
)


def alignment(match: str, label: str, source: str, other: str = "") -> str:
    subject, predicate, target = match.split()
    cells = [subject, "", predicate, target, label, "semapv:ManualMappingCuration", "editorial"]
    return "\t".join([*cells, "0.70", "2026-11-22", "contrat:valence-2019", source, "Dit.", other])


def statements(mapping: str, data: Path) -> set[str]:
    """Return what the project's own mapping gives, each statement in compact names."""
    path = find_rooms().queries / "tables" / f"{mapping}.rq"
    return {told(quad) for quad in run_mapping(read_mapping(path), data).quads}


def told(quad: ox.Quad) -> str:
    terms = (quad.subject, quad.predicate, quad.object)
    return " ".join(compact(t.value) if isinstance(t, ox.NamedNode) else str(t) for t in terms)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


def write_alignments(folder: Path, *rows: str) -> Path:
    lines = [ALIGNMENTS + COLUMNS.replace(" ", "\t"), *rows]
    return write(folder, "alignments.sssom.tsv", "\n".join(lines) + "\n")


def test_a_match_is_a_plain_triple_and_a_node_beside_it(tmp_path: Path) -> None:
    row = alignment(
        "priorite:valence-2019-3 skos:broadMatch prs:srs23-1",
        "Vacciner",
        "prs:srs-2023",
        "anachronistic",
    )
    data = write_alignments(tmp_path, row)

    found = statements("alignments", data)

    node = "alignment:priority-valence-2019-3-srs23-1"
    assert "priority:valence-2019-3 skos:broadMatch plan:srs23-1" in found
    assert f"{node} owl:annotatedProperty skos:broadMatch" in found
    assert f'{node} sssom:confidence "0.7"^^<http://www.w3.org/2001/XMLSchema#decimal>' in found
    assert f'{node} sssom:object_label "Vacciner"@fr' in found
    assert f"{node} prov:wasAttributedTo agent:redaction" in found
    assert any(each.startswith(f'{node} cls:anachronistic "true"') for each in found)
    assert "graph:alignments dcterms:license https://spdx.org/licenses/etalab-2.0" in found
    assert any(each.startswith('graph:alignments dcterms:modified "2026-11-22"') for each in found)


def test_a_term_that_was_not_found_has_a_node_and_no_plain_triple(tmp_path: Path) -> None:
    row = alignment(
        "priorite:valence-2019-3 skos:relatedMatch sssom:NoTermFound", "", "prs:prs-ara-2018"
    )
    data = write_alignments(tmp_path, row)

    found = statements("alignments", data)

    node = "alignment:priority-valence-2019-3-none-prs-ara-2018"
    assert f"{node} owl:annotatedTarget sssom:NoTermFound" in found
    assert not any(each.startswith("priority:") for each in found)
    assert not any("object_label" in each or "anachronistic" in each for each in found)


@pytest.mark.parametrize(
    ("target", "node", "label"),
    [
        ("eurovoc:c_31da5694", "alignment:theme-nutrition-eurovoc-c-31da5694", '"Words"@fr'),
        ("mesh:D009747", "alignment:theme-nutrition-mesh-d009747", '"Words"@en'),
    ],
)
def test_a_term_of_another_vocabulary_is_named_after_it(
    tmp_path: Path, target: str, node: str, label: str
) -> None:
    row = alignment(f"theme:nutrition skos:closeMatch {target}", "Words", "contrat:x")
    data = write_alignments(tmp_path, row)

    assert f"{node} sssom:object_label {label}" in statements("alignments", data)


def test_a_prefix_that_the_header_lacks_is_told_at_its_line(tmp_path: Path) -> None:
    row = alignment("priorite:a skos:closeMatch wikidata:Q1", "", "prs:a")
    data = write_alignments(tmp_path, row)

    with pytest.raises(SourceError, match="« wikidata » n’est pas dans le curie_map"):
        statements("alignments", data)


def test_the_header_must_be_yaml(tmp_path: Path) -> None:
    data = write(tmp_path, "alignments.sssom.tsv", "#license: [\n" + COLUMNS.replace(" ", "\t"))

    with pytest.raises(SourceError, match="l’en-tête n’est pas du YAML"):
        statements("alignments", data)


def test_a_classification_names_the_principal_theme_first(tmp_path: Path) -> None:
    data = write(
        tmp_path,
        "classification.csv",
        "contract_id,n,title,theme_ids,population_ids,confidence,rationale,asserted_by,date\n"
        "here,8,Soins,acces-soins|offre-soins,,0.95,mots,editorial,2026-11-22\n"
        "here,9,?,_indetermine,jeunes|femmes,0.2,illisible,editorial,2026-11-23\n",
    )

    found = statements("classification", data)

    assert "classification:here-8 cls:principalTheme theme:acces-soins" in found
    assert {each for each in found if "hasTheme" in each} == {
        "priority:here-8 cls:hasTheme theme:acces-soins",
        "priority:here-8 cls:hasTheme theme:offre-soins",
    }
    assert not any("classification:here-9 cls:principalTheme" in each for each in found)
    assert "priority:here-9 cls:targetsPopulation population:femmes" in found
    assert any(
        each.startswith('graph:classification dcterms:modified "2026-11-23') for each in found
    )


TERRITORIES = {
    "communes": "code,name,departement,region,siren,population,epci_siren\n"
    "2A004,Ajaccio,2A,94,212000048,75000,242010056\n"
    "97502,Saint-Pierre,975,975,,5194,\n",
    "departements": "code,name,region,chef_lieu,zone\n"
    "2A,Corse-du-Sud,94,2A004,metro\n"
    "975,Saint-Pierre-et-Miquelon,975,97502,com\n",
    "regions": "code,name,chef_lieu,zone\n"
    "94,Corse,2A004,metro\n"
    "975,Saint-Pierre-et-Miquelon,97502,com\n",
    "epci": "siren,name,type,population,members\n242010056,CA du Pays Ajaccien,CA,90000,10\n",
}


def write_territories(data: Path) -> Path:
    for name, text in TERRITORIES.items():
        write(data, f"territories/{name}.csv", text)
    return data


def of_all_territories(data: Path) -> set[str]:
    return {each for mapping in TERRITORIES for each in statements(mapping, data)}


def test_a_commune_lies_in_departement_region_and_intercommunalite(tmp_path: Path) -> None:
    found = statements("communes", write_territories(tmp_path))

    places = {each for each in found if each.startswith("territory:commune-2a004 igeo:subdivision")}
    assert {each.split()[-1] for each in places} == {
        "territory:departement-2a",
        "territory:region-94",
        "territory:intercommunalite-242010056",
    }


def test_an_overseas_collectivity_is_neither_departement_nor_region(tmp_path: Path) -> None:
    data = write_territories(tmp_path)

    found = of_all_territories(data)

    assert "territory:collectivite-975 rdf:type igeo:CollectiviteDOutreMer" in found
    assert "territory:commune-97502 igeo:subdivisionDe territory:collectivite-975" in found
    assert not any("departement-975" in each or "region-975" in each for each in found)


def test_every_place_that_a_territory_lies_in_is_described(tmp_path: Path) -> None:
    data = write_territories(tmp_path)

    found = of_all_territories(data)

    described = {each.split()[0] for each in found}
    assert {each.split()[2] for each in found if " igeo:subdivisionDe " in each} <= described


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (b"code\n1\n", "t.csv:1", "colonnes manquantes : name"),
        (b"code,name,size\n", "t.csv:1", "inconnues : size"),
        (b"code,name,code\n", "t.csv:1", "une fois chacune"),
        (b"", "t.csv:1", "colonnes manquantes : code, name"),
        (b"code,name\n1,a\n2\n", "t.csv:3", "1 cellules au lieu de 2"),
        (b"code,name\n1,a\n2,b,c\n", "t.csv:3", "3 cellules au lieu de 2"),
        (b'code,name\n1,"a\nb"\n1,c\n', "t.csv:4", "code=1 est déjà à la ligne 2"),
        (b"code,name\n1,a\n2,\n", "t.csv:3", "la cellule « name » est vide"),
        (b"code,name\n1,a\n1 2,b\n", "t.csv:3", "« code » contient « 1 2 » ; il faut un nombre"),
        (b"code,name\n1,a\n2,\xe9\n", "t.csv:3", "enregistrez le fichier en UTF-8"),
        (b'code,name\n1,"a"b\n', "t.csv:2", "ligne mal formée"),
    ],
)
def test_a_bad_table_is_told_at_its_line(
    tmp_path: Path, content: bytes, place: str, words: str
) -> None:
    (tmp_path / "t.csv").write_bytes(content)

    with pytest.raises(SourceError) as caught:
        read_table(tmp_path / "t.csv", "t.csv", FORM)

    assert caught.value.fr.startswith(f"{place} : ")
    assert words in caught.value.fr
    assert caught.value.en.startswith(f"{place}: ")


def test_a_table_that_is_not_there_is_told(small: Path) -> None:
    (small / "data" / "themes.csv").unlink()

    with pytest.raises(SourceError, match=r"data/themes.csv : aucun fichier de ce nom"):
        run_mapping(read_mapping(small / "queries" / "tables" / "themes.rq"), small / "data")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("#+ table: data/t.csv\n#+ columns: a", "« #+ graph: … »"),
        ("#+ graph: t", "« #+ table: … »"),
        ("#+ graph: t\n#+ columns: a", "t.rq:2 : écrivez d’abord"),
        ("#+ graph: t\n#+ tabel: data/t.csv", "t.rq:2 : « #+ tabel: data/t.csv »"),
    ],
)
def test_a_bad_header_of_a_mapping_is_told(tmp_path: Path, header: str, words: str) -> None:
    path = tmp_path / "t.rq"
    path.write_text(f"{header}\nCONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", "utf-8")

    with pytest.raises(QueryFileError) as caught:
        read_mapping(path)

    assert words in caught.value.fr


def test_the_line_of_a_row_is_known_and_not_published(tmp_path: Path) -> None:
    path = find_rooms().queries / "tables" / "communes.rq"

    mapped = run_mapping(read_mapping(path), write_territories(tmp_path))

    assert mapped.lines == {
        PREFIXES["territory"] + "commune-2a004": 2,
        PREFIXES["territory"] + "commune-97502": 3,
    }
    assert not any("column#" in str(quad) for quad in mapped.quads)
