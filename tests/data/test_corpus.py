"""What `data/` says of each record agrees with the corpus, where that folder is at hand."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from contrats.derivation import GRAPH as DERIVED
from contrats.vocabulary import EXTERNAL, PREFIXES

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")

Record = dict[str, Any]
Values = dict[str, dict[str, list[str]]]

CLASSES = {
    "cls:LocalHealthContract": 241,
    "org:FormalOrganization": 603,
    "cls:Priority": 330,
    "igeo:Commune": 34_969,
    "igeo:Intercommunalite": 1_255,
    "igeo:Region": 18,
    "cls:Classification": 330,
    "cls:Alignment": 225,
    "cls:Disagreement": 12,  # eleven of contracts, one on the plan of Rhône-Alpes
}
DIRECT = {
    "dcterms:title": "title",
    "cls:generation": "generation",
    "cls:signatoryListComplete": "signatories_complete",
    "cls:priorityListComplete": "priorities_complete",
    "cls:declaredSignatoryCount": "signatories_count_stated",
    "cls:declaredPriorityCount": "priorities_count_stated",
    "cls:declaredActionCount": "actions_count",
}
COUNTED = {
    "cls:hasPriority": "priorities",
    "cls:hasPlanReference": "prs_statements",
}
"""The properties of a contract that are as many as the items of a list of the corpus."""

HAND_MODELLED = {"valence-2012", "valence-2019"}
"""Read line by line in their two documents: they say more than their records."""


def read(name: str) -> list[Record]:
    found: list[Record] = json.loads((CORPUS / name).read_text(encoding="utf-8"))
    return found


RECORDS = read("contracts.json") if CORPUS.is_dir() else []


def iri(name: str) -> str:
    prefix, local = name.split(":", 1)
    return (PREFIXES | EXTERNAL)[prefix] + local


def spelled(value: object) -> str | None:
    """Return a value of the corpus as the data writes it, None when the corpus has none."""
    if value is None or value is True or value is False:
        return None if value is None else str(value).lower()
    return str(value).replace("'", "’")


@pytest.fixture(scope="module")
def stated(published: list[ox.Quad]) -> Values:
    """Return the values of each property of each thing; terms are their IRIs and texts."""
    found: Values = defaultdict(lambda: defaultdict(list))
    for quad in published:
        if quad.graph_name != DERIVED:
            assert isinstance(quad.subject, ox.NamedNode)
            assert isinstance(quad.object, ox.NamedNode | ox.Literal)
            found[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return found


def contract_of(stated: Values, record: Record) -> dict[str, list[str]]:
    return stated[iri(f"contract:{record['id']}")]


def names(values: list[str], prefix: str) -> list[str]:
    """Return what remains of IRIs after the namespace of `prefix`."""
    assert all(value.startswith(PREFIXES[prefix]) for value in values), values
    return sorted(value.removeprefix(PREFIXES[prefix]) for value in values)


@pytest.mark.parametrize("name", CLASSES)
def test_there_are_as_many_things_as_records(name: str, whole: ox.Store) -> None:
    kind, type_ = ox.NamedNode(iri(name)), ox.NamedNode(iri("rdf:type"))
    found = {quad.subject for quad in whole.quads_for_pattern(None, type_, kind)}

    assert len(found) == CLASSES[name]


def test_each_actor_is_there_under_its_name(stated: Values) -> None:
    label, kind = iri("skos:prefLabel"), iri("org:classification")
    found = {
        (thing, values[label][0], values[kind][0])
        for thing, values in stated.items()
        if thing.startswith(PREFIXES["actor"])
    }

    assert found == {
        (iri(f"actor:{a['id']}"), spelled(a["name"]), iri(f"actor-type:{a['type']}"))
        for a in read("actors.json")
    }


@pytest.mark.parametrize("key", DIRECT)
def test_a_value_of_a_record_is_that_of_the_contract(key: str, stated: Values) -> None:
    found = {r["id"]: contract_of(stated, r).get(iri(key), [None])[0] for r in RECORDS}

    assert found == {record["id"]: spelled(record[DIRECT[key]]) for record in RECORDS}


def test_stages_are_those_of_the_records(stated: Values) -> None:
    found = {r["id"]: names(contract_of(stated, r)[iri("cls:stage")], "stage") for r in RECORDS}

    assert found == {record["id"]: [record["stage"]] for record in RECORDS}
    assert Counter(stage for (stage,) in found.values())["signed"] == 220


def test_dates_are_those_of_the_records(stated: Values) -> None:
    found, expected = {}, {}
    for record in RECORDS:
        contract = contract_of(stated, record)
        period = stated[contract.get(iri("dcterms:temporal"), [""])[0]]
        found[record["id"]] = [
            *contract.get(iri("cls:signatureDate"), []),
            *contract.get(iri("cls:announcedSignatureDate"), []),
            *period.get(iri("dcat:startDate"), []),
            *period.get(iri("dcat:endDate"), []),
        ]
        signed = [each["date"] for each in record["signature_dates"]]
        expected[record["id"]] = [x for x in [*signed, record["start"], record["end"]] if x]

    assert found == expected


def test_territories_are_those_of_the_records(stated: Values) -> None:
    for record in RECORDS:
        (place,) = contract_of(stated, record)[iri("dcterms:spatial")]
        members = stated[place].get(iri("dcterms:hasPart"), [place])
        group = place.startswith(f"{PREFIXES['territory']}groupe-")
        territory = record["territory"]
        expected = [
            *(f"commune-{code.lower()}" for code in territory["commune_codes"]),
            *(f"intercommunalite-{code}" for code in territory["member_epci_siren"]),
            *(f"intercommunalite-{code}" for code in [territory["epci_siren"]] if code),
        ]

        assert group == (territory["match_level"] in {"members", "departement"}), record["id"]
        assert names(members if expected else [], "territory") == sorted(expected), record["id"]


def test_who_takes_part_is_as_in_the_records(stated: Values) -> None:
    """A lead is said by `cls:leadBody`; the two contracts read line by line name more roles."""
    for record in RECORDS:
        rows = [*record["signatories"], *record["other_participants"]]
        expected = Counter(
            (row["actor"], role, spelled(row["name_in_source"]))
            for row in rows
            for role in row["roles"]
            if role != "lead"
        )
        nodes = contract_of(stated, record).get(iri("cv:hasParticipation"), [])
        found = Counter(
            (
                names(stated[each][iri("cv:hasParticipant")], "actor")[0],
                names(stated[each][iri("cv:role")], "role")[0],
                stated[each][iri("cls:nameInSource")][0],
            )
            for each in nodes
        )
        if record["id"] not in HAND_MODELLED:
            assert found == expected, record["id"]
        signed = {actor for actor, role, _ in expected if role == "signatory"}
        assert {actor for actor, role, _ in found if role == "signatory"} == signed, record["id"]


def test_lead_bodies_are_those_of_the_records(stated: Values) -> None:
    for record in RECORDS:
        expected = [x for x in [record["lead_body"], *record["co_lead_bodies"]] if x]
        found = names(contract_of(stated, record).get(iri("cls:leadBody"), []), "actor")

        assert found == sorted(expected), record["id"]


def test_priorities_have_the_words_numbers_and_parents_of_the_records(stated: Values) -> None:
    for record in RECORDS:
        for item in record["priorities"]:
            found = stated[iri(f"priority:{record['id']}-{item['n']}")]
            parent = [f"{record['id']}-{item['parent_n']}"] if item["parent_n"] else []
            group = [stated[each][iri("skos:prefLabel")][0] for each in found[iri("cls:inGroup")]]

            assert found[iri("skos:prefLabel")] == [spelled(item["title"])]
            assert found[iri("cls:priorityNumber")] == [str(item["n"])]
            assert found.get(iri("skos:notation"), [None]) == [spelled(item["notation"])]
            assert names(found.get(iri("skos:broader"), []), "priority") == parent
            assert group == [x for x in [spelled(item["group"])] if x]
            assert bool(found.get(iri("cls:labelIsTruncated"))) == item["truncated"]


@pytest.mark.parametrize("key", COUNTED)
def test_lists_of_a_contract_are_as_long_as_in_the_records(key: str, stated: Values) -> None:
    found = {r["id"]: len(contract_of(stated, r).get(iri(key), [])) for r in RECORDS}

    assert found == {record["id"]: len(record[COUNTED[key]]) for record in RECORDS}


def test_successions_are_those_of_the_records(stated: Values) -> None:
    found = {
        (record["id"], earlier)
        for record in RECORDS
        for earlier in names(contract_of(stated, record).get(iri("cls:succeeds"), []), "contract")
    }
    known = [(r["id"], r["predecessor"]["contract"]) for r in RECORDS if r["predecessor"]]

    assert found == {(later, earlier) for later, earlier in known if earlier}


def test_a_contract_says_all_the_sources_of_its_record(stated: Values) -> None:
    for record in RECORDS:
        graph = stated[iri(f"graph:contract/{record['id']}")]
        found = set(names(graph[iri("prov:wasDerivedFrom")], "source"))

        assert found >= set(record["sources"]), record["id"]
        assert found == set(record["sources"]) or record["id"] in HAND_MODELLED, record["id"]


def test_what_was_inferred_is_marked(stated: Values) -> None:
    """Each inferred field that has a value is marked; the field names what the statement is of."""
    properties = {
        "start": "dcat:startDate",
        "end": "dcat:endDate",
        "signature_dates": "cls:signatureDate",
        "generation": "cls:generation",
        "predecessor": "cls:succeeds",
        "signatories_count_stated": "cls:declaredSignatoryCount",
        "territory": "dcterms:spatial",
        "lead_body": "cls:leadBody",
        "signatories": "cv:hasParticipation",
    }
    inferred = iri("assertion-status:inferred")
    marked = defaultdict(set)
    for thing, values in stated.items():
        if inferred in values.get(iri("cls:assertionStatus"), []):
            source = values.get(iri("owl:annotatedSource"), [thing])[0]
            subject = source.removeprefix(iri("contract:")).removeprefix(iri("period:"))
            said = values.get(iri("owl:annotatedProperty"), [iri("cv:hasParticipation")])
            marked[subject].update(said)
            if said == [iri("cls:announcedSignatureDate")]:
                marked[subject].add(iri("cls:signatureDate"))
    for record in RECORDS:
        of_contract = marked[record["id"]] | {
            term
            for subject, terms in marked.items()
            if subject.startswith(iri(f"participation:{record['id']}-"))
            for term in terms
        }
        for item in record["inferred"]:
            assert iri(properties[item["field"]]) in of_contract, (record["id"], item)


def test_each_disagreement_shows_its_values_with_their_sources(stated: Values) -> None:
    claims = [
        (values[iri("skos:prefLabel")][0], source)
        for thing, values in stated.items()
        if thing.startswith(iri("claim:"))
        for source in values[iri("prov:hadPrimarySource")]
    ]
    expected = [
        (spelled(value["value"]), iri(f"source:{value['source']}"))
        for record in RECORDS
        if record["id"] not in HAND_MODELLED
        for conflict in record["conflicts"]
        for value in conflict["values"]
    ]

    assert [each for each in expected if each not in claims] == []


def test_each_source_keeps_its_address(stated: Values) -> None:
    for source in read("sources.json"):
        found = stated[iri(f"source:{source['id']}")]

        assert found.get(iri("schema:url"), [None]) == [source["url"]]
