"""The score of a catalogue by the EU's scheme for the quality of metadata: 405 points at most.

https://data.europa.eu/mqa/methodology; of the form of files, the best of each data set counts.
Whether it conforms to DCAT-AP is told by whoever asks: shapes judge that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import DCAT, DCTERMS, RDF

from contrats.rehearsal.fetching import Fetch, UnreachableError
from contrats.rehearsal.words import EU_FORMATS, IANA

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from rdflib import Graph
    from rdflib.term import Node

_EU: Final = "http://publications.europa.eu/resource/authority/"
_OPEN: Final = frozenset(
    {
        "CSV", "JSON", "JSON_LD", "N3", "ODS", "RDF", "RDF_N_QUADS", "RDF_N_TRIPLES", "RDF_TRIG",
        "RDF_TURTLE", "RDF_XML", "TSV", "XML",
    }
)  # fmt: skip
"""Forms that belong to nobody, and that machines read (https://data.europa.eu: both lists)."""
_MACHINE: Final = _OPEN | {"XLS", "XLSX"}
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Measure:
    """What one indicator gives: points of at most so many."""

    dimension: str
    name: str
    points: float
    most: int


@dataclass(frozen=True, slots=True)
class Quality:
    """All measures of a catalogue."""

    measures: tuple[Measure, ...]

    @property
    def points(self) -> float:
        """Return the sum."""
        return sum(each.points for each in self.measures)

    @property
    def most(self) -> int:
        """Return what could be had."""
        return sum(each.most for each in self.measures)


def measure(graph: Graph, fetch: Fetch, *, conforms: bool) -> Quality:
    """Return the measures of the data sets of `graph`, whose files `fetch` asks for."""
    datasets = sorted(graph.subjects(RDF.type, DCAT.Dataset), key=str)
    files = [file for each in datasets for file in graph.objects(each, DCAT.distribution)]

    def of(things: Collection[Node], holds: Callable[[Node], bool]) -> float:
        return sum(holds(each) for each in things) / len(things) if things else 0.0

    def has(name: str, prefix: str = "") -> Callable[[Node], bool]:
        predicate = DCTERMS[name[4:]] if name.startswith("dct:") else DCAT[name[5:]]
        return lambda node: any(str(o).startswith(prefix) for o in graph.objects(node, predicate))

    def best(form: Callable[[Node], bool]) -> float:
        return of(
            datasets, lambda d: any(form(file) for file in graph.objects(d, DCAT.distribution))
        )

    def answers(predicate: Node) -> Callable[[Node], bool]:
        return lambda file: all(_found(str(o), fetch) for o in graph.objects(file, predicate))

    def among(names: Collection[str]) -> Callable[[Node], bool]:
        return lambda file: _form(graph, file) in names

    def listed(file: Node) -> bool:
        return has("dct:format", EU_FORMATS)(file) and has("dcat:mediaType", IANA)(file)

    share: tuple[tuple[str, str, float, int], ...] = (
        ("findability", "dcat:keyword", of(datasets, has("dcat:keyword")), 30),
        ("findability", "dcat:theme", of(datasets, has("dcat:theme")), 30),
        ("findability", "dct:spatial", of(datasets, has("dct:spatial")), 20),
        ("findability", "dct:temporal", of(datasets, has("dct:temporal")), 20),
        ("accessibility", "dcat:accessURL = 200", of(files, answers(DCAT.accessURL)), 50),
        ("accessibility", "dcat:downloadURL", of(files, has("dcat:downloadURL")), 20),
        ("accessibility", "dcat:downloadURL = 200", of(files, answers(DCAT.downloadURL)), 30),
        ("interoperability", "dct:format", best(has("dct:format")), 20),
        ("interoperability", "dcat:mediaType", best(has("dcat:mediaType")), 10),
        ("interoperability", "dct:format, dcat:mediaType ∈ EU, IANA", best(listed), 10),
        ("interoperability", "dct:format ∈ non-proprietary", best(among(_OPEN)), 20),
        ("interoperability", "dct:format ∈ machine-readable", best(among(_MACHINE)), 20),
        ("interoperability", "DCAT-AP", float(conforms), 30),
        ("reusability", "dct:license", of(files, has("dct:license")), 20),
        ("reusability", "dct:license ∈ EU", of(files, has("dct:license", f"{_EU}licence/")), 10),
        ("reusability", "dct:accessRights", of(datasets, has("dct:accessRights")), 10),
        (
            "reusability",
            "dct:accessRights ∈ EU",
            of(datasets, has("dct:accessRights", f"{_EU}access-right/")),
            5,
        ),
        ("reusability", "dcat:contactPoint", of(datasets, has("dcat:contactPoint")), 20),
        ("reusability", "dct:publisher", of(datasets, has("dct:publisher")), 10),
        ("contextuality", "dct:rights", of(files, has("dct:rights")), 5),
        ("contextuality", "dcat:byteSize", of(files, has("dcat:byteSize")), 5),
        ("contextuality", "dct:issued", of(datasets, has("dct:issued")), 5),
        ("contextuality", "dct:modified", of(datasets, has("dct:modified")), 5),
    )
    return Quality(tuple(Measure(d, name, part * most, most) for d, name, part, most in share))


def _form(graph: Graph, file: Node) -> str:
    return str(graph.value(file, DCTERMS["format"]) or "").removeprefix(EU_FORMATS)


def _found(address: str, fetch: Fetch) -> bool:
    try:
        return fetch("HEAD", address).status == _OK
    except UnreachableError:
        return False
