"""Reads a feed with ckanext-dcat's own parser, and says whether all that it states arrives.

`python ckan_parser.py http://127.0.0.1:8000/catalog.ttl`, in an environment that has ckanext-dcat
(`.ci/portals.txt`). It is asked as the harvester asks, and knows nothing of our code.
"""

# ruff: noqa: T201
# mypy: ignore-errors

from __future__ import annotations

import json
import logging
import sys
from urllib.request import urlopen

import rdflib
from ckanext.dcat.processors import RDFParser
from rdflib import DCAT, DCTERMS, RDF

PROFILES = ("euro_dcat_ap_3", "euro_dcat_ap_2")
SIMPLE = {
    "identifier": DCTERMS.identifier,
    "issued": DCTERMS.issued,
    "modified": DCTERMS.modified,
    "frequency": DCTERMS.accrualPeriodicity,
    "access_rights": DCTERMS.accessRights,
}
LISTS = {"language": DCTERMS.language, "theme": DCAT.theme, "conforms_to": DCTERMS.conformsTo}
FILES = {
    "name": DCTERMS.title,
    "description": DCTERMS.description,
    "access_url": DCAT.accessURL,
    "download_url": DCAT.downloadURL,
    "issued": DCTERMS.issued,
    "modified": DCTERMS.modified,
    "license": DCTERMS.license,
    "rights": DCTERMS.rights,
    "mimetype": DCAT.mediaType,
    "size": DCAT.byteSize,
    "compress_format": DCAT.compressFormat,
    "availability": rdflib.URIRef("http://data.europa.eu/r5r/availability"),
}
WANTED = ("contact_name", "publisher_name", "spatial", "spatial_uri", "temporal_start",
          "temporal_end", "provenance")  # fmt: skip


class Errors(logging.Handler):
    """Keeps what the parser complains of."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(logging.WARNING)
        self.told = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one complaint."""
        self.told.append(record.getMessage())


def lost(graph: rdflib.Graph, dataset: dict) -> list[str]:
    """Return what the feed states of a data set and the parser does not give."""
    extras = {each["key"]: each["value"] for each in dataset["extras"]}
    node = rdflib.URIRef(extras["uri"])
    stated = {name: {str(o) for o in graph.objects(node, p)} for name, p in SIMPLE.items()}
    found = [name for name, values in stated.items() if values != {extras.get(name)}]
    for name, predicate in LISTS.items():
        if {str(o) for o in graph.objects(node, predicate)} != set(json.loads(extras[name])):
            found.append(name)
    for name, value in (("title", dataset["title"]), ("description", dataset["notes"])):
        if value not in {str(o) for o in graph.objects(node, DCTERMS[name])}:
            found.append(name)
    if {tag["name"] for tag in dataset["tags"]} != {
        str(o) for o in graph.objects(node, DCAT.keyword)
    }:
        found.append("tags")
    found += [name for name in WANTED if not extras.get(name)]
    files = {str(o) for o in graph.objects(node, DCAT.distribution)}
    if {each["uri"] for each in dataset["resources"]} != files:
        found.append("resources")
    for file in dataset["resources"]:
        for name, predicate in FILES.items():
            values = {str(o) for o in graph.objects(rdflib.URIRef(file["uri"]), predicate)}
            if values and str(file.get(name)) not in values:
                found.append(f"{file['uri']} {name}")
    return found


def main(url: str) -> int:
    """Return 0 when every data set arrives whole, by each profile."""
    with urlopen(url) as answer:  # noqa: S310 -- the address is typed by whoever runs this
        form = answer.headers["Content-Type"].partition(";")[0]
        text = answer.read().decode("utf-8")
    graph = rdflib.Graph().parse(data=text, format=form)
    listed = {str(each) for each in graph.subjects(RDF.type, DCAT.Dataset)}
    errors = Errors()
    logging.getLogger().addHandler(errors)
    faults = 0
    for profile in PROFILES:
        parser = RDFParser(profiles=[profile])
        parser.parse(text, _format=form)
        datasets = list(parser.datasets())
        missing = {name: lost(graph, each) for each in datasets for name in [each["title"]]}
        wrong = {name: found for name, found in missing.items() if found}
        faults += len(wrong) + abs(len(listed) - len(datasets)) + (parser.next_page() is not None)
        print(f"{profile}: {len(datasets)} / {len(listed)}, lost: {wrong or 'nothing'}")
    print(f"errors: {errors.told or 0}")
    return 1 if faults or errors.told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
