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
contract:c cv:hasParticipation participation:1 , participation:2 .
contract:c cv:hasParticipation participation:3 , participation:4 .
participation:1 cv:role role:signatory ; cv:hasParticipant actor:signs .
participation:2 cv:role role:announced-signatory ; cv:hasParticipant actor:announced .
participation:3 cv:role role:co-pilot ; cv:hasParticipant actor:steers .
participation:4 cv:role role:support ; cv:hasParticipant actor:helps .
contract:c cls:hasPriority priority:c-1 ; cls:succeeds contract:b ; cls:leadBody actor:leads .
priority:c-1 cls:inGroup group:c-1 ; skos:broader priority:c-2 .
key-element:c-1 skos:narrower action-area:c-1 .
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
    ],
)
def test_a_rule_derives_no_more(refused: str) -> None:
    unwanted = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in parse(refused)}

    assert not unwanted & derived(WORLD)


def test_what_is_stated_is_not_derived_again() -> None:
    stated = "contract:b cls:succeededBy contract:c . contract:c cls:succeeds contract:b ."

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
