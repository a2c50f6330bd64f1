"""Rules add what follows, apart from what is stated, and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats.derivation import GRAPH, derive, read_rules
from contrats.errors import QueryFileError
from contrats.rooms import find_rooms
from contrats.sources import all_quads, read_sources
from contrats.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

WORLD = """
contract:c a cls:LocalHealthContract ; cls:stage stage:signed .
contract:c cv:hasParticipation participation:1 , participation:2 .
contract:c cv:hasParticipation participation:3 , participation:4 .
participation:1 cv:role role:signatory ; cv:hasParticipant actor:signs .
participation:2 cv:role role:announced-signatory ; cv:hasParticipant actor:announced .
participation:3 cv:role role:co-pilot ; cv:hasParticipant actor:steers .
participation:4 cv:role role:support ; cv:hasParticipant actor:helps .
contract:c cls:hasPriority priority:c-1 ; cls:succeeds contract:b ; cls:leadBody actor:leads .
priority:c-1 cls:inGroup group:c-1 ; skos:broader priority:c-2 .
key-element:c-1 skos:narrower action-area:c-1 .
contract:b cls:succeeds contract:a ; cls:stage stage:announced .
contract:b cv:hasParticipation participation:1 ; cls:basedOnDiagnosis diagnosis:b .
contract:c dcterms:temporal period:c ; dcterms:spatial territory:groupe-c .
period:c dcat:startDate "2019-11"^^xsd:gYearMonth ; dcat:endDate "2024-02"^^xsd:gYearMonth .
contract:b a cls:LocalHealthContract ; dcterms:spatial territory:groupe-b .
contract:b dcterms:temporal period:b .
period:b dcat:startDate "2016"^^xsd:gYear ; dcat:endDate "2018-06-30"^^xsd:date .
territory:groupe-b a cls:TerritoryGroup ; cls:locatedIn territory:departement-26 .
territory:groupe-c dcterms:hasPart territory:commune-1 , territory:intercommunalite-1 .
territory:intercommunalite-1 a igeo:Intercommunalite ; cls:population 999 .
territory:commune-1 a igeo:Commune ; cls:population 10 ; prov:hadPrimarySource source:table .
territory:commune-1 igeo:subdivisionDe territory:intercommunalite-1 , territory:region-84 .
territory:commune-2 a igeo:Commune ; cls:population 20 ; prov:hadPrimarySource source:table .
territory:commune-2 igeo:subdivisionDe territory:intercommunalite-1 , territory:region-75 .
territory:commune-3 a igeo:Commune ; igeo:subdivisionDe territory:region-75 .
territory:departement-26 a igeo:Departement ; igeo:subdivisionDe territory:region-84 .
territory:region-84 a igeo:Region .
territory:region-75 a igeo:Region .
extract:s-119-121 a oa:SpecificResource ; cls:firstLine 119 ; cls:lastLine 121 .
"""


def parse(turtle: str) -> list[ox.Quad]:
    text = "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items()) + turtle
    return list(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=BASE))


def derived(turtle: str) -> set[ox.Triple]:
    """Return what the project's own rules derive from `turtle`."""
    found = derive(parse(turtle), read_rules(find_rooms().queries))
    return {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in found}


@pytest.mark.parametrize(
    "expected",
    [
        "contract:c cls:hasSignatory actor:signs .",
        "contract:c cls:hasPilot actor:steers .",
        "contract:c cls:hasSupport actor:helps .",
        "priority:c-1 cls:priorityOf contract:c .",
        "contract:b cls:succeededBy contract:c .",
        "priority:c-2 skos:narrower priority:c-1 .",
        "action-area:c-1 skos:broader key-element:c-1 .",
        "group:c-1 skos:member priority:c-1 .",
        "extract:s-119-121 oa:hasSelector selector:s-119-121 .",
        "actor:signs cls:signs contract:c .",
        "contract:c cls:precededBy contract:b , contract:a .",
        "contract:b cls:hasDiagnosis diagnosis:b .",
        "contract:c cls:coversCommune territory:commune-1 , territory:commune-2 .",
        "contract:c cls:populationCovered 30 ; cls:populationEdition source:table .",
        "contract:c cls:inRegion territory:region-84 , territory:region-75 .",
        "contract:b cls:inDepartement territory:departement-26 .",
        "contract:b cls:inRegion territory:region-84 .",
        "territory:region-84 cls:populationOfCommunes 10 .",
        "contract:c cls:inForceYear '2019'^^xsd:gYear , '2022'^^xsd:gYear , '2024'^^xsd:gYear .",
        "territory:commune-2 cls:coveredInYear '2024'^^xsd:gYear .",
        "contract:c cls:earliestStart '2019-11-01'^^xsd:date .",
        "contract:c cls:latestStart '2019-11-30'^^xsd:date .",
        "contract:c cls:earliestEnd '2024-02-01'^^xsd:date .",
        "contract:c cls:latestEnd '2024-02-29'^^xsd:date .",
        "contract:b cls:earliestStart '2016-01-01'^^xsd:date .",
        "contract:b cls:latestStart '2016-12-31'^^xsd:date .",
        "contract:b cls:latestEnd '2018-06-30'^^xsd:date .",
        "selector:s-119-121 a oa:FragmentSelector ; rdf:value 'line=118,121' .",
    ],
)
def test_a_rule_derives_what_follows(expected: str) -> None:
    wanted = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in parse(expected)}

    assert wanted <= derived(WORLD)


@pytest.mark.parametrize(
    "refused",
    [
        "contract:c cls:hasSignatory actor:announced .",
        "contract:c cls:hasPilot actor:leads .",
        "contract:c cls:hasSignatory actor:steers .",
        "contract:b cls:hasSignatory actor:signs .",
        "contract:c cls:inForceYear '2018'^^xsd:gYear .",
        "contract:c cls:inForceYear '2025'^^xsd:gYear .",
        "contract:b cls:inForceYear '2017'^^xsd:gYear .",
        "contract:c cls:populationCovered 40 .",
        "contract:b cls:populationCovered 0 .",
        "contract:a cls:precededBy contract:c .",
        "territory:region-75 cls:populationOfCommunes 20 .",
    ],
)
def test_a_rule_derives_no_more(refused: str) -> None:
    unwanted = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in parse(refused)}

    assert not unwanted & derived(WORLD)


def test_what_is_stated_is_not_derived_again() -> None:
    stated = """
        contract:b cls:succeededBy contract:c .
        contract:c cls:succeeds contract:b ; cls:precededBy contract:b .
    """

    assert derived(stated) == set()


def test_derived_statements_lie_in_their_own_graph(small: Path) -> None:
    rooms = find_rooms(small)

    found = derive(all_quads(read_sources(rooms)), read_rules(rooms.queries))

    assert {quad.graph_name for quad in found} == {GRAPH}


def test_rules_feed_one_another(small: Path) -> None:
    (small / "queries" / "rules" / "a-first.rq").write_text(
        "PREFIX cls: <https://w3id.org/contrats-sante/def#>\n"
        "CONSTRUCT { ?a cls:b ?c } WHERE { ?a cls:succeededBy ?c }"
    )
    rooms = find_rooms(small)

    found = derive(all_quads(read_sources(rooms)), read_rules(rooms.queries))

    assert {quad.predicate.value.rpartition("#")[2] for quad in found} == {"succeededBy", "b"}


def test_a_rule_without_end_is_refused(small: Path) -> None:
    (small / "queries" / "rules" / "endless.rq").write_text(
        "CONSTRUCT { ?a ?b ?d } WHERE { ?a ?b ?c . BIND (CONCAT(STR(?c), 'x') AS ?d) }"
    )
    rooms = find_rooms(small)

    with pytest.raises(QueryFileError, match=r"queries/rules/endless.rq"):
        derive(all_quads(read_sources(rooms)), read_rules(rooms.queries))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT ?a WHERE { ?a ?b ?c }", "une règle est un CONSTRUCT"),
        ("CONSTRUCT { ?a ?b ?c }\nWERE {}", "bad.rq:2:"),
    ],
)
def test_a_bad_rule_is_told(small: Path, text: str, words: str) -> None:
    (small / "queries" / "rules" / "bad.rq").write_text(text)

    with pytest.raises(QueryFileError, match=words):
        read_rules(small / "queries")
