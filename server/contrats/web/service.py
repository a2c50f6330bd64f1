"""The endpoint described in RDF: https://www.w3.org/TR/sparql11-service-description/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.vocabulary import BASE, EXTERNAL
from contrats.web.media import GRAPHS, RESULTS

if TYPE_CHECKING:
    from contrats.web.site import Site

_SD = EXTERNAL["sd"]
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
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


def describe_service(site: Site) -> list[ox.Triple]:
    """Return the description of the endpoint; `sd:endpoint` is the address that is served."""
    service = ox.NamedNode(f"{site.settings.public_url}/sparql#service")
    dataset = ox.NamedNode(f"{site.settings.public_url}/sparql#dataset")
    default = ox.NamedNode(f"{site.settings.public_url}/sparql#default")
    rdf_type = f"{EXTERNAL['rdf']}type"

    def said(about: ox.NamedNode, name: str, value: str | ox.Literal) -> ox.Triple:
        term = ox.NamedNode(value) if isinstance(value, str) else value
        return ox.Triple(about, ox.NamedNode(name), term)

    triples = [
        said(service, rdf_type, f"{_SD}Service"),
        said(service, f"{_SD}endpoint", f"{site.settings.public_url}/sparql"),
        said(service, f"{_SD}supportedLanguage", f"{_SD}SPARQL11Query"),
        said(service, f"{_SD}feature", f"{_SD}UnionDefaultGraph"),
        *(
            said(service, f"{_SD}resultFormat", f"{_FORMATS}{_NAMES[variant.suffix]}")
            for variant in (*RESULTS, *GRAPHS)
        ),
        said(service, f"{_SD}defaultDataset", dataset.value),
        said(service, f"{_SD}availableGraphs", dataset.value),
        said(service, f"{EXTERNAL['dcat']}servesDataset", site.release.manifest.dataset),
        said(service, f"{EXTERNAL['foaf']}homepage", f"{site.settings.public_url}/"),
        said(service, f"{EXTERNAL['dcterms']}isReferencedBy", f"{BASE}catalog"),
        said(dataset, rdf_type, f"{_SD}Dataset"),
        said(dataset, rdf_type, f"{_SD}GraphCollection"),
        said(dataset, f"{_SD}defaultGraph", default.value),
        said(default, rdf_type, f"{_SD}Graph"),
    ]
    for entry in site.release.manifest.graphs:
        # An sd:NamedGraph is the pair of a name and a graph; ours bear both, so no blank node.
        pair = ox.NamedNode(f"{site.settings.public_url}/sparql#{entry.graph.removeprefix(BASE)}")
        triples += [
            said(dataset, f"{_SD}namedGraph", pair.value),
            said(pair, rdf_type, f"{_SD}NamedGraph"),
            said(pair, f"{_SD}name", entry.graph),
        ]
    return triples
