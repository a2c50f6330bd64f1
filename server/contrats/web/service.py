"""The endpoint described in RDF: https://www.w3.org/TR/sparql11-service-description/.

Its limits are schema:PropertyValue, its saved queries sh:SPARQLExecutable: both can be read by
whoever is about to ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.executables import query_iri
from contrats.limits import told_limits
from contrats.triples import about, term
from contrats.vocabulary import BASE
from contrats.web.media import GRAPHS, RESULTS

if TYPE_CHECKING:
    from contrats.web.site import Site

_FORMATS: Final = "http://www.w3.org/ns/formats/"
_NAMES: Final = {
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
    "nt": "N-Triples",
    "trig": "TriG",
    "nq": "N-Quads",
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
}
"""Names in https://www.w3.org/ns/formats/."""
CASTS: Final = (
    "date", "dayTimeDuration", "duration", "gDay", "gMonth", "gMonthDay", "gYear", "gYearMonth",
    "time", "yearMonthDuration",
)  # fmt: skip
"""Datatypes of XML Schema that a query may cast to, beyond those of the recommendation.

https://www.w3.org/TR/sparql11-query/#FunctionMapping
"""


def describe_service(site: Site) -> list[ox.Triple]:
    """Return the description of the endpoint; `sd:endpoint` is the address that is served."""
    endpoint = f"{site.settings.public_url}/sparql"
    service, dataset = ox.NamedNode(f"{endpoint}#service"), ox.NamedNode(f"{endpoint}#dataset")
    return [
        *about(
            service,
            ("rdf", "type", term("sd", "Service")),
            ("sd", "endpoint", ox.NamedNode(endpoint)),
            ("sd", "supportedLanguage", term("sd", "SPARQL11Query")),
            ("sd", "feature", term("sd", "UnionDefaultGraph")),
            *(
                ("sd", "resultFormat", ox.NamedNode(f"{_FORMATS}{_NAMES[variant.suffix]}"))
                for variant in (*RESULTS, *GRAPHS)
            ),
            *(("sd", "extensionFunction", term("xsd", name)) for name in CASTS),
            ("sd", "defaultDataset", dataset),
            ("sd", "availableGraphs", dataset),
            ("dcat", "servesDataset", ox.NamedNode(site.release.manifest.dataset)),
            ("dcat", "version", ox.Literal(site.release.identifier)),
            ("foaf", "homepage", ox.NamedNode(f"{site.settings.public_url}/")),
            ("foaf", "page", ox.NamedNode(f"{site.settings.public_url}/limits")),
            ("dcterms", "isReferencedBy", ox.NamedNode(f"{BASE}catalog")),
        ),
        *(each for name in CASTS for each in about(
            term("xsd", name), ("rdf", "type", term("sd", "Function"))
        )),
        *_graphs(site, endpoint, dataset),
        *_limits(site, endpoint, service),
        *_examples(site, endpoint, service),
    ]  # fmt: skip


def _graphs(site: Site, endpoint: str, dataset: ox.NamedNode) -> list[ox.Triple]:
    """Return the data set, whose default graph is the union of its named graphs."""
    default = ox.NamedNode(f"{endpoint}#default")
    said = about(
        dataset,
        ("rdf", "type", term("sd", "Dataset")),
        ("rdf", "type", term("sd", "GraphCollection")),
        ("sd", "defaultGraph", default),
    ) + about(default, ("rdf", "type", term("sd", "Graph")))
    for entry in site.release.manifest.graphs:
        # An sd:NamedGraph is the pair of a name and a graph; ours bear both, so no blank node.
        pair = ox.NamedNode(f"{endpoint}#{entry.graph.removeprefix(BASE)}")
        said += about(dataset, ("sd", "namedGraph", pair))
        said += about(
            pair,
            ("rdf", "type", term("sd", "NamedGraph")),
            ("sd", "name", ox.NamedNode(entry.graph)),
        )
    return said


def _limits(site: Site, endpoint: str, service: ox.NamedNode) -> list[ox.Triple]:
    """Return each limit with its value and its unit."""
    said: list[ox.Triple] = []
    for limit in told_limits(site.engine.limits):
        node = ox.NamedNode(f"{endpoint}#limit-{limit.name}")
        said += about(service, ("schema", "additionalProperty", node))
        said += about(
            node,
            ("rdf", "type", term("schema", "PropertyValue")),
            ("schema", "propertyID", ox.Literal(limit.name)),
            ("schema", "name", ox.Literal(limit.fr, language="fr")),
            ("schema", "name", ox.Literal(limit.en, language="en")),
            ("schema", "value", ox.Literal(limit.value)),
            ("schema", "unitText", ox.Literal(limit.unit, language="fr")),
        )
    return said


def _examples(site: Site, endpoint: str, service: ox.NamedNode) -> list[ox.Triple]:
    """Return the saved queries by their questions; their texts are in the graph of queries."""
    said: list[ox.Triple] = []
    for query in site.library:
        iri = query_iri(query.name)
        said += about(service, ("dcterms", "hasPart", iri))
        said += about(
            iri,
            ("rdf", "type", term("sh", "SPARQLExecutable")),
            ("dcterms", "title", ox.Literal(query.summary_fr, language="fr")),
            ("dcterms", "title", ox.Literal(query.summary, language="en")),
            ("sh", query.form.lower(), ox.Literal(query.text)),
            ("schema", "target", ox.NamedNode(endpoint)),
        )
    return said
