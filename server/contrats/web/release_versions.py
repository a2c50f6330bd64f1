"""Releases as versions of the data set, in the words of DCAT: for their pages and the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.vocabulary import BASE, EXTERNAL
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contrats.entry import Entry
    from contrats.history import History


def iri_of(entry: Entry) -> str:
    """Return the IRI of a release as a version of the data set."""
    return f"{BASE}release/{entry.identifier}"


def versions(history: History) -> Iterator[ox.Triple]:
    """Yield what a catalogue says of all versions: which there are, and what came before each."""
    for entry in history.entries:
        yield from describe(entry, history)


def describe(entry: Entry, history: History) -> Iterator[ox.Triple]:
    """Yield what is said of a release: https://www.w3.org/TR/vocab-dcat-3/#dataset-versions."""
    dcat, dcterms = EXTERNAL["dcat"], EXTERNAL["dcterms"]
    this, dataset = ox.NamedNode(iri_of(entry)), ox.NamedNode(this_site().release.manifest.dataset)
    day = ox.NamedNode(f"{EXTERNAL['xsd']}date")
    at = ox.NamedNode(f"{EXTERNAL['xsd']}dateTime")
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (f"{EXTERNAL['rdf']}type", ox.NamedNode(f"{dcat}Dataset")),
        (f"{dcterms}title", ox.Literal(f"Publication {entry.identifier}", language="fr")),
        (f"{dcterms}title", ox.Literal(f"Release {entry.identifier}", language="en")),
        (f"{dcterms}identifier", ox.Literal(entry.identifier)),
        (f"{dcterms}issued", ox.Literal(entry.issued, datatype=day)),
        (f"{EXTERNAL['prov']}generatedAtTime", ox.Literal(entry.since, datatype=at)),
        (f"{dcat}version", ox.Literal(entry.version)),
        (f"{dcat}isVersionOf", dataset),
        (f"{dcterms}isVersionOf", dataset),
    ]
    before = history.before(entry)
    if before is not None and before.identifier != entry.identifier:
        said.append((f"{dcat}previousVersion", ox.NamedNode(iri_of(before))))
    yield ox.Triple(dataset, ox.NamedNode(f"{dcat}hasVersion"), this)
    if entry is history.current:
        yield ox.Triple(dataset, ox.NamedNode(f"{dcat}hasCurrentVersion"), this)
    for name, value in said:
        yield ox.Triple(this, ox.NamedNode(name), value)
