"""Every term that is used is declared, every term declared is used, and all read alike."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib.namespace as ns
from rdflib import URIRef

from contrats.border import to_graph
from contrats.rooms import find_rooms
from contrats.turtle import parse_turtle
from contrats.vocabulary import DEF, EXTERNAL, PREFIXES

if TYPE_CHECKING:
    from tests.ontology.conftest import Words

ROOMS: Final = find_rooms()

TEXTS: Final = sorted([*ROOMS.queries.rglob("*.rq"), *ROOMS.shapes.rglob("*.ttl")])

LISTS: Final = [
    path
    for path in sorted(ROOMS.ontology.glob("*.ttl"))
    if " a skos:ConceptScheme ;" in path.read_text(encoding="utf-8")
]

WHOLE_IN_RDFLIB: Final = {
    "dcat": ns.DCAT,
    "dcterms": ns.DCTERMS,
    "foaf": ns.FOAF,
    "org": ns.ORG,
    "owl": ns.OWL,
    "prov": ns.PROV,
    "rdf": ns.RDF,
    "rdfs": ns.RDFS,
    "schema": ns.SDO,
    "skos": ns.SKOS,
    "void": ns.VOID,
}

NEWER_THAN_RDFLIB: Final = {
    "dcat:DatasetSeries",  # https://www.w3.org/TR/vocab-dcat-3/#Class:Dataset_Series
    "dcat:inSeries",  # https://www.w3.org/TR/vocab-dcat-3/#Property:dataset_in_series
    "dcat:version",  # https://www.w3.org/TR/vocab-dcat-3/#Property:resource_version
    "schema:observationAbout",  # https://schema.org/observationAbout
}


def iris(quads: tuple[ox.Quad, ...]) -> set[str]:
    """Return all IRIs of `quads`."""
    terms = (term for q in quads for term in (q.subject, q.predicate, q.object))
    return {term.value for term in terms if isinstance(term, ox.NamedNode)}


def named_in(text: str, prefix: str) -> set[str]:
    """Return the terms of `prefix` that a query or a shape names, its sentences left aside."""
    bare = re.sub(r'"[^"\n]*"@(?:fr|en)', "", text)
    short = re.findall(rf"(?<![\w-])({prefix}:\w+)", bare)
    long = re.findall(rf"<{re.escape(PREFIXES[prefix])}(\w+)>", bare)
    return {*short, *(f"{prefix}:{name}" for name in long)}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_term_of_ours_in_a_query_or_a_shape_is_defined(words: Words, path: Path) -> None:
    named = named_in(path.read_text(encoding="utf-8"), "cls")

    assert sorted(named - set(words.ours)) == []


def test_every_term_of_ours_in_the_data_is_defined(words: Words) -> None:
    named = {iri for iri in iris((*words.published, *words.ontology)) if iri.startswith(DEF)}

    assert sorted(named - {DEF + term.removeprefix("cls:") for term in words.ours}) == []


def test_every_term_of_others_in_the_data_is_listed(words: Words) -> None:
    used = set(words.uses)

    assert sorted(used - set(words.ours) - set(words.reused)) == []


def test_every_listed_term_of_others_is_used(words: Words) -> None:
    uses = [q for q in words.ontology if not q.predicate.value.endswith("#isDefinedBy")]
    objects = {q.object for q in (*uses, *words.published)}
    properties = {q.predicate for q in (*words.ontology, *words.published)}
    queries = " ".join(path.read_text(encoding="utf-8") for path in TEXTS if path.suffix == ".rq")

    in_files = {str(term.value) for term in objects | properties if isinstance(term, ox.NamedNode)}
    in_queries = {term for prefix in EXTERNAL for term in named_in(queries, prefix)}

    unused = [t for t in words.reused if _iri(t) not in in_files and t not in in_queries]
    assert unused == []


def test_every_listed_term_of_others_names_its_vocabulary(words: Words) -> None:
    wrong = {
        term: [str(each) for each in words.said(term, "rdfs:isDefinedBy")]
        for term in words.reused
        if words.said(term, "rdfs:isDefinedBy") != [ox.NamedNode(EXTERNAL[term.split(":")[0]])]
    }

    assert wrong == {}


def test_every_listed_term_of_others_exists_there(words: Words) -> None:
    checked = [term for term in words.reused if term.split(":")[0] in WHOLE_IN_RDFLIB]

    invented = [t for t in checked if URIRef(_iri(t)) not in WHOLE_IN_RDFLIB[t.split(":")[0]]]

    assert set(invented) == NEWER_THAN_RDFLIB


def test_what_a_term_refines_or_accepts_is_declared(words: Words) -> None:
    names = ("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "owl:inverseOf")

    named = {each for term in words.ours for each in words.linked(term, *names)}

    others = {each for each in named if not each.startswith("xsd:")}
    assert sorted(others - set(words.ours) - set(words.reused)) == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", ["classes", "properties"])
def test_no_two_classes_and_no_two_properties_have_the_same_label(
    words: Words, kind: str, language: str
) -> None:
    terms = words.classes if kind == "classes" else words.properties

    labels = Counter(
        label.casefold()
        for term in terms
        for label in words.texts(term, "skos:prefLabel", language)
    )

    assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_concept_of_a_list_is_in_the_one_scheme_of_its_file(path: Path) -> None:
    _, triples = parse_turtle(path, path.name)
    skos = EXTERNAL["skos"]

    concepts = {q.subject for q in triples if q.object == ox.NamedNode(f"{skos}Concept")}
    schemes = {q.subject for q in triples if q.object == ox.NamedNode(f"{skos}ConceptScheme")}
    placed = {(q.subject, q.object) for q in triples if q.predicate.value == f"{skos}inScheme"}

    assert len(schemes) == 1
    assert placed == {(concept, scheme) for concept in concepts for scheme in schemes}


def test_the_ontology_conforms_to_its_own_shapes_without_a_warning(words: Words) -> None:
    shapes = [
        triple
        for name in ("ontology.ttl", "parts.ttl")
        for triple in parse_turtle(ROOMS.shapes / name, f"shapes/{name}")[1]
    ]

    conforms, _, report = pyshacl.validate(to_graph(words.ontology), shacl_graph=to_graph(shapes))

    assert conforms, report


def test_the_ontology_and_its_shapes_are_in_canonical_form() -> None:
    turtlefmt = Path(sys.executable).with_name("turtlefmt")
    files = [ROOMS.ontology, ROOMS.shapes / "ontology.ttl"]

    checked = subprocess.run([turtlefmt, "--check", *files], capture_output=True, check=False)

    assert checked.returncode == 0, checked.stderr.decode()


def _iri(term: str) -> str:
    prefix, _, name = term.partition(":")
    return PREFIXES[prefix] + name
