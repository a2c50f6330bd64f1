"""The saved queries in a graph of their own: https://www.w3.org/TR/shacl-af/#SPARQLExecutable.

An editor or a portal finds in the endpoint the questions that the endpoint answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.edition import Stated, read_edition, select_graph
from contrats.parameter import IRI
from contrats.sources import SourceFile
from contrats.triples import about, term
from contrats.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contrats.border import OxTerm
    from contrats.library import SavedQuery
    from contrats.parameter import Parameter

GRAPH: Final = ox.NamedNode(f"{PREFIXES['graph']}queries")
ENDPOINT: Final = ox.NamedNode(f"{BASE}sparql")


def query_iri(name: str) -> ox.NamedNode:
    """Return the IRI of the saved query `name`, which is also the address of its page."""
    return ox.NamedNode(f"{BASE}queries/{name}")


def describe_library(library: Sequence[SavedQuery], stated: Iterable[ox.Quad]) -> SourceFile:
    """Return what is said of the saved queries; licence and date are those of the data set."""
    triples = [
        *_graph(select_graph(stated)),
        *(triple for query in library for triple in _query(query)),
    ]
    quads = tuple(ox.Quad(t.subject, t.predicate, t.object, GRAPH) for t in triples)
    return SourceFile("queries", GRAPH, quads)


def _graph(dataset: tuple[ox.Quad, ...]) -> list[ox.Triple]:
    """Return what each graph says of itself."""
    stated = Stated(dataset, read_edition(dataset).iri)
    return about(
        GRAPH,
        ("rdf", "type", term("sd", "Graph")),
        ("dcterms", "title", ox.Literal("Questions prêtes", language="fr")),
        *(("dcterms", "license", value) for value in stated.values("dcterms", "license")),
        *(("dcterms", "modified", value) for value in stated.values("dcterms", "modified")),
    )


def _query(query: SavedQuery) -> list[ox.Triple]:
    """Return one query: its question, its text, what its answer holds and does not say."""
    iri = query_iri(query.name)
    kind = query.form.capitalize()
    said = about(
        iri,
        ("rdf", "type", term("sh", "SPARQLExecutable")),
        ("rdf", "type", term("sh", f"SPARQL{kind}Executable")),
        ("dcterms", "identifier", ox.Literal(query.name)),
        *_in_both("dcterms", "title", query.summary_fr, query.summary),
        *_in_both("rdfs", "comment", query.summary_fr, query.summary),
        *_in_both("dcterms", "description", query.description_fr, query.description),
        *_in_both("skos", "scopeNote", query.limit_fr, query.limit),
        ("sh", query.form.lower(), ox.Literal(query.text)),
        ("schema", "target", ENDPOINT),
    )
    for parameter in query.parameters:
        node = ox.NamedNode(f"{iri.value}#{parameter.name}")
        said += [*about(iri, ("sh", "parameter", node)), *_parameter(node, parameter, query)]
    return said


def _parameter(node: ox.NamedNode, parameter: Parameter, query: SavedQuery) -> list[ox.Triple]:
    """Return one parameter: its path is itself, whose local name is that of the variable.

    https://www.w3.org/TR/shacl/#constraint-components-parameters
    """
    column = next((each for each in query.columns if each.name == parameter.name), None)
    labels = (column.fr, column.en) if column else (parameter.name, parameter.name)
    return about(
        node,
        ("rdf", "type", term("sh", "Parameter")),
        ("sh", "path", node),
        *_in_both("sh", "name", *labels),
        ("sh", "optional", ox.Literal(True)),  # noqa: FBT003 -- a term
        ("skos", "example", ox.Literal(parameter.short_example)),
        *_limits(parameter),
    )


def _limits(parameter: Parameter) -> list[tuple[str, str, OxTerm]]:
    """Return what a value must be: an IRI of some families, or a literal, of a list or of any."""
    if parameter.datatype == IRI:
        families = "|".join(parameter.families).replace(".", r"\.")
        return [
            ("sh", "nodeKind", term("sh", "IRI")),
            ("sh", "pattern", ox.Literal(f"^({families})")),
        ]
    listed = "|".join(parameter.values).replace(".", r"\.")
    pattern = [("sh", "pattern", ox.Literal(f"^({listed})$"))] if listed else []
    return [("sh", "datatype", term("xsd", parameter.datatype.partition(":")[2])), *pattern]


def _in_both(prefix: str, name: str, fr: str, en: str) -> list[tuple[str, str, OxTerm]]:
    """Return a text in both languages, nothing where there is none."""
    pairs = ((fr, "fr"), (en, "en"))
    return [(prefix, name, ox.Literal(text, language=tag)) for text, tag in pairs if text]
