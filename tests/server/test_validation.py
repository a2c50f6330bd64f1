"""One thing broken is one finding, told to a person at its file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from contrats.derivation import derive, read_rules
from contrats.errors import SourceError
from contrats.report import VIOLATION, Finding, Report, report_triples
from contrats.rooms import find_rooms
from contrats.shapes import read_shapes
from contrats.sources import all_quads, read_sources
from contrats.validation import validate
from contrats.vocabulary import PREFIXES, compact

if TYPE_CHECKING:
    from pathlib import Path

HERE = "data/contracts/here-2019.ttl"
THEMES = "queries/tables/themes.rq"


def report_of(root: Path) -> Report:
    rooms = find_rooms(root)
    sources = read_sources(rooms)
    derived = derive(all_quads(sources), read_rules(rooms.queries))
    return validate(sources, derived, read_shapes(rooms.shapes))


def only(report: Report) -> Finding:
    assert len(report.findings) == 1, str(report)
    return report.findings[0]


def change(root: Path, old: str, new: str, name: str = HERE) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_small_world_is_valid(small: Path) -> None:
    report = report_of(small)

    assert str(report) == ""
    assert report.conforms


def test_a_missing_title_is_told_at_the_contract(small: Path) -> None:
    change(small, '    dcterms:title "Contrat local de santé d’ici 2019-2023"@fr ;\n', "")

    finding = only(report_of(small))

    assert str(finding).splitlines() == [
        f"{HERE}:5 contract:here-2019",
        "  Erreur : Un contrat a un titre.",
        "  Violation: A contract has a title.",
        "  propriété / property: dcterms:title",
        "  (shape:Contract-title)",
    ]


def test_a_value_of_the_wrong_kind_is_told_at_its_own_line(small: Path) -> None:
    change(small, "cls:generation 2", 'cls:generation "deux"')

    findings = report_of(small).findings

    assert {(f.file, f.line, compact(f.shape)) for f in findings} == {
        (HERE, 7, "shape:Contract-generation")
    }


def test_a_warning_does_not_stop_a_release(small: Path) -> None:
    change(small, "    cls:generation 2 ;\n", "")

    report = report_of(small)

    assert report.conforms
    assert "À revoir : Le rang" in str(report)


def test_a_constraint_in_sparql_is_checked(small: Path) -> None:
    change(small, "cls:generation 2", "cls:generation 1")

    finding = only(report_of(small))

    assert finding.fr == "Le rang d’un contrat suit celui du précédent."
    assert finding.en == "The rank of a contract follows that of the one before."


def test_an_inverse_path_is_spelled(small: Path) -> None:
    text = (small / HERE).read_text("utf-8")
    other = text.replace("contract:here-2019", "contract:here-2020")
    (small / "data" / "contracts" / "here-2020.ttl").write_text(other, "utf-8")

    finding = only(report_of(small))

    assert (finding.path, finding.path_iri) == ("^cls:succeeds", None)
    assert finding.file == "data/contracts/here-2012.ttl"


def test_a_misspelt_property_is_told_with_the_one_that_was_meant(small: Path) -> None:
    change(small, "cls:generation", "cls:generaton")

    findings = report_of(small).findings

    term = next(each for each in findings if compact(each.shape) == "shape:Term")
    assert (term.file, term.line) == (HERE, 7)
    assert (term.path, term.suggestion) == ("cls:generaton", "cls:generation")


def test_a_misspelt_class_is_told_with_the_one_that_was_meant(small: Path) -> None:
    change(small, "cls:LocalHealthContract", "cls:LocalHealthContrat")

    finding = only(report_of(small))

    assert finding.suggestion == "cls:LocalHealthContract"
    assert "trouvé / found: rdf:type cls:LocalHealthContrat" in str(finding)


def test_a_link_to_nothing_is_told_with_what_was_meant(small: Path) -> None:
    change(small, "contract:here-2012", "contract:heere-2012")

    finding = only(report_of(small))

    assert (finding.file, finding.line) == (HERE, 8)
    assert compact(finding.shape) == "shape:Reference"
    assert finding.suggestion == "contract:here-2012"


def test_a_thing_that_only_a_rule_speaks_of_is_not_described(small: Path) -> None:
    change(small, "contract:here-2012", "contract:elsewhere")

    finding = only(report_of(small))

    assert f"cls:succeeds {finding.value}" == (
        "cls:succeeds <https://w3id.org/contrats-sante/id/contract/elsewhere>"
    )


def test_a_bad_cell_of_a_table_is_told_at_its_row(small: Path) -> None:
    change(small, "sante-mentale|vaccination", "sante-mental|vaccination", "data/themes.csv")
    change(small, "?theme a skos:Concept", "theme:sante-mentale a skos:Concept", THEMES)
    change(small, "?contract cls:", "?contract col:_line ?line ; cls:", THEMES)
    change(small, "?row col:contract", "?row col:_line ?line ; col:contract", THEMES)
    change(small, "|vaccination", "", "data/themes.csv")

    finding = only(report_of(small))

    assert (finding.file, finding.line) == ("data/themes.csv", 3)
    assert finding.suggestion == "theme:sante-mentale"


def test_a_subclass_is_checked_as_its_class(small: Path) -> None:
    change(small, "rdfs:subClassOf prov:Plan", "rdfs:subClassOf foaf:Agent", "ontology/small.ttl")
    change(small, "    cls:generation 2 ;\n", "")

    assert report_of(small).findings == ()


def test_findings_come_in_the_same_order(small: Path) -> None:
    change(small, "cls:generation", "cls:generaton")
    change(small, "dcterms:title", "dcterms:titel")

    assert str(report_of(small)) == str(report_of(small))


def test_what_only_follows_from_a_fault_is_told_after_it_in_the_same_file() -> None:
    shape, value = PREFIXES["shape"], ox.NamedNode("http://x/value")
    names = ["Contract-provenance", "Contract-stage", "Statement-holds", "Actor-name"]
    files = ["b.ttl", "b.ttl", "b.ttl", "c.ttl"]
    found = [
        Finding(VIOLATION, shape + name, "", value, None, None, None, "", "", file, line)
        for line, (name, file) in enumerate(zip(names, files, strict=True))
    ]

    ordered = sorted(found, key=lambda each: each.order)

    assert [each.shape.removeprefix(shape) for each in ordered] == [
        "Contract-stage", "Contract-provenance", "Statement-holds", "Actor-name",
    ]  # fmt: skip


def test_the_report_is_a_valid_shacl_report_without_blank_nodes(small: Path) -> None:
    change(small, "cls:generation 2", 'cls:generation "deux"')
    report = report_of(small)

    triples = report_triples(report)

    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    graph = rdflib.Graph().parse(text, format="nt")
    shapes = rdflib.Graph().parse(data=SHACL_OF_REPORTS, format="turtle")
    assert b"_:" not in text
    assert pyshacl.validate(graph, shacl_graph=shapes, inference="none")[0]


def test_a_shape_without_a_name_is_refused(small: Path) -> None:
    change(
        small,
        "    sh:sparql",
        "    sh:property [ sh:path cls:generation ] ;\n    sh:sparql",
        "shapes/contract.ttl",
    )

    with pytest.raises(SourceError, match="shape:Contract n’a pas d’IRI"):
        read_shapes(small / "shapes")


def test_a_shapes_file_that_is_not_turtle_is_told(small: Path) -> None:
    change(small, "sh:minCount 1 ;", "sh:minCount ;", "shapes/contract.ttl")

    with pytest.raises(SourceError, match=r"shapes/contract.ttl:\d+:\d+"):
        read_shapes(small / "shapes")


# What https://www.w3.org/TR/shacl/#validation-report asks of a report.
SHACL_OF_REPORTS = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:report> sh:targetClass sh:ValidationReport ;
    sh:property [ sh:path sh:conforms ; sh:datatype xsd:boolean ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path sh:result ; sh:class sh:ValidationResult ; sh:minCount 1 ] .
<urn:result> sh:targetClass sh:ValidationResult ;
    sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path sh:resultSeverity ; sh:nodeKind sh:IRI ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path sh:sourceConstraintComponent ; sh:nodeKind sh:IRI ; sh:minCount 1 ] ,
        [ sh:path sh:sourceConstraintComponent ; sh:maxCount 1 ] ,
        [ sh:path sh:sourceShape ; sh:maxCount 1 ] ,
        [ sh:path sh:resultPath ; sh:maxCount 1 ] ,
        [ sh:path sh:resultMessage ; sh:uniqueLang true ; sh:minCount 2 ] .
"""
