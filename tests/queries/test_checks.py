"""Each check of the data finds the fault that it is there for.

That they find none in our data is asked with the facts (tests/data).
"""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from contrats.rooms import find_rooms
from contrats.vocabulary import BASE, PREFIXES

CHECKS = find_rooms().queries / "checks"

SOUND = """
contract:c a cls:LocalHealthContract ; cls:generation 2 ; cls:hasPriority priority:c-1 .
statement:c-generation a cls:Statement ; owl:annotatedSource contract:c ;
    owl:annotatedProperty cls:generation ; owl:annotatedTarget 2 ; prov:hadPrimarySource source:s .
priority:c-1 a cls:Priority ; prov:hadPrimarySource source:s ; cls:hasTheme theme:t .
classification:c-1 a cls:Classification ; cls:classifies priority:c-1 ; cls:assignsTheme theme:t ;
    cls:assertionStatus assertion-status:editorial ; prov:wasAttributedTo agent:redaction .
source:s a cls:SourceDocument ; dcterms:title "S"@fr .
"""

FAULTS = {
    "editorial-without-node": "priority:c-1 skos:closeMatch plan:p .",
    "fact-without-place": "contract:c cls:generation 3 .",
    "place-without-source": "priority:c-1 prov:hadPrimarySource source:nowhere .",
    "thing-without-place": "period:c a dcterms:PeriodOfTime .",
}


def found(check: str, turtle: str) -> list[str]:
    """Return what the check finds in `turtle`, taken as that of a contract, sources aside."""
    text = "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items()) + turtle
    graphs = {True: f"{PREFIXES['graph']}sources", False: f"{PREFIXES['graph']}contract/c"}
    store = ox.Store()
    store.extend(
        ox.Quad(
            quad.subject,
            quad.predicate,
            quad.object,
            ox.NamedNode(graphs["/source/" in str(quad.subject)]),
        )
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=BASE)
    )
    question = (CHECKS / f"{check}-violation.rq").read_text(encoding="utf-8")
    answer = store.query(question, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    return [str(row) for row in answer]


def test_every_check_has_its_fault() -> None:
    names = {path.stem.removesuffix("-violation") for path in CHECKS.glob("*.rq")}

    assert names == set(FAULTS)


@pytest.mark.parametrize("check", FAULTS)
def test_a_check_is_silent_on_what_is_sound(check: str) -> None:
    assert found(check, SOUND) == []


@pytest.mark.parametrize("check", FAULTS)
def test_a_check_finds_its_fault(check: str) -> None:
    assert len(found(check, SOUND + FAULTS[check])) == 1
