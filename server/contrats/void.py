"""The record of a release for those who choose by what is in it: VoID.

https://www.w3.org/TR/void/: classes and properties in use, links to other data, the graphs, and how
many triples each file holds, by one rule: those of the void:Dataset whose void:dataDump it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.dumps import DUMPS, GRAPH_FORMS
from contrats.partitions import (
    VOID,
    class_partitions,
    linksets,
    property_partitions,
    subset,
)
from contrats.parts import CONTRACT, PARTS
from contrats.statistics import describe_statistics
from contrats.triples import about, integer, term
from contrats.union import TYPE
from contrats.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from contrats.border import OxTerm
    from contrats.edition import Edition, Stated
    from contrats.union import Union

_FORMATS: Final = "http://www.w3.org/ns/formats/"
_FEATURES: Final = ("Turtle", "RDF_XML", "JSON-LD", "N-Triples", "TriG", "N-Quads")
_EXAMPLES: Final = ("LocalHealthContract", "Priority", "RegionalHealthProject")
_APART: Final = (
    "void:triples compte les triplets distincts de l’union des graphes ; les formes qui gardent "
    "les graphes ont autant de quads que #graphs en dit."
)
_APART_EN: Final = (
    "void:triples counts the distinct triples of the union of the graphs; the forms that keep the "
    "graphs have as many quads as #graphs says."
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many statements each graph has, by IRI, each part and the report, by the file's name."""

    graphs: Mapping[str, int]
    parts: Mapping[str, int]


def describe_void(
    stated: Stated, union: Union, edition: Edition, counted: Counted
) -> list[ox.Triple]:
    """Return the VoID of a release, of which `stated` is what it states of itself; no blank node.

    IRIs are below `BASE`: the server puts its public address in the place of what is fetched.
    """
    triples = [
        *_record(stated, edition),
        *describe_statistics(union, edition.iri),
        *_entry(union, edition),
        *class_partitions(union, edition.iri),
        *property_partitions(union, edition.iri),
        *linksets(union, edition.iri),
        *_graphs(counted.graphs, edition.iri),
        *_parts(counted.parts, edition.iri),
    ]
    return list(dict.fromkeys(triples))


def _record(stated: Stated, edition: Edition) -> list[ox.Triple]:
    """Return what the record says of itself, and what is the same as in the catalogue."""
    same = [
        ("dcterms", name, value)
        for name in ("title", "description", "license", "issued", "modified", "publisher")
        for value in stated.values("dcterms", name)
    ]
    return about(
        ox.NamedNode(VOID),
        ("rdf", "type", term("void", "DatasetDescription")),
        ("foaf", "primaryTopic", edition.iri),
        ("dcterms", "description", ox.Literal(_APART, language="fr")),
        ("dcterms", "description", ox.Literal(_APART_EN, language="en")),
    ) + about(edition.iri, *same)


def _entry(union: Union, edition: Edition) -> list[ox.Triple]:
    """Return where to begin, and in which forms a thing answers."""
    examples = [
        ox.NamedNode(found[0][1:-1])
        for name in _EXAMPLES
        if (found := sorted(union.bearers(TYPE, f"<{PREFIXES['cls']}{name}>")))
    ]
    return about(
        edition.iri,
        ("void", "uriRegexPattern", ox.Literal(f"^{BASE.replace('.', '[.]')}id/")),
        ("void", "rootResource", ox.NamedNode(f"{BASE}catalog")),
        ("foaf", "homepage", ox.NamedNode(BASE)),
        *(("void", "exampleResource", each) for each in examples),
        *(("void", "feature", ox.NamedNode(_FORMATS + each)) for each in _FEATURES),
    )


def _graphs(graphs: Mapping[str, int], dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    """Yield the same data, graph by graph, and each graph; of a contract's, its files too."""
    whole = f"{VOID}#graphs"
    yield from subset(
        dataset,
        "subset",
        "graphs",
        ("rdf", "type", term("void", "Dataset")),
        ("dcterms", "title", ox.Literal("Les énoncés, graphe par graphe", language="fr")),
        ("dcterms", "title", ox.Literal("The statements, graph by graph", language="en")),
        ("void", "triples", integer(sum(graphs.values()))),
        *_dumped(dump.file for dump in GRAPH_FORMS),
    )
    of_contract = f"{PREFIXES['graph']}{CONTRACT}/"
    for graph, count in sorted(graphs.items()):
        node = ox.NamedNode(graph)
        name = graph.removeprefix(of_contract)
        files = [f"{CONTRACT}/{name}.{dump.suffix}" for dump in DUMPS] if name != graph else []
        yield from about(ox.NamedNode(whole), ("void", "subset", node))
        yield from about(
            node,
            ("rdf", "type", term("void", "Dataset")),
            ("void", "triples", integer(count)),
            *_dumped(iter(files)),
        )


def _parts(parts: Mapping[str, int], dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    """Yield the parts that have files of their own, and the report, which is about the whole."""
    suffixes = {part.name: part.suffixes for part in PARTS}
    for name, triples in parts.items():
        yield from subset(
            dataset,
            "subset" if name in suffixes else "relation",
            name,
            ("rdf", "type", term("void", "Dataset")),
            ("void", "triples", integer(triples)),
            *_dumped(f"{name}.{suffix}" for suffix in suffixes.get(name, ("ttl",))),
        )


def _dumped(files: Iterator[str]) -> list[tuple[str, str, OxTerm]]:
    return [("void", "dataDump", ox.NamedNode(f"{BASE}dump/{file}")) for file in files]
