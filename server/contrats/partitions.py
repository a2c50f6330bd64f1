"""The parts of the data set by class and property, and its links to data of others, in VoID.

https://www.w3.org/TR/void/#class-property-partitions and https://www.w3.org/TR/void/#describing-linksets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pyoxigraph as ox

from contrats.triples import about, integer, term
from contrats.union import TYPE
from contrats.vocabulary import BASE, EXTERNAL, compact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contrats.border import OxTerm
    from contrats.union import Union

VOID: Final = f"{BASE}.well-known/void"
_LINKING: Final = (
    *(
        f"<{EXTERNAL['skos']}{each}Match>"
        for each in ("exact", "close", "broad", "narrow", "related")
    ),
    f"<{EXTERNAL['owl']}sameAs>",
)
_TARGETS: Final = {
    "eurovoc": (EXTERNAL["eurovoc"], "EuroVoc"),
    "mesh": (EXTERNAL["mesh"], "MeSH"),
    "wikidata": ("http://www.wikidata.org/entity/", "Wikidata"),
    "insee": ("http://id.insee.fr/", "INSEE"),
}
"""Data of others to which links may lead: where their IRIs begin, and what they are called."""


def class_partitions(union: Union, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    """Yield a part of the data set for each class, with how many things are of it."""
    for kind in sorted(union.objects(TYPE)):
        iri = kind[1:-1]
        entities = integer(len(set(union.bearers(TYPE, kind))))
        said = (("void", "class", ox.NamedNode(iri)), ("void", "entities", entities))
        yield from subset(dataset, "classPartition", f"class-{_fragment(iri)}", *said)


def property_partitions(union: Union, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    """Yield a part of the data set for each property, with how many triples have it."""
    for predicate in sorted(union.predicates()):
        iri, subjects = predicate[1:-1], union.subjects(predicate)
        values = [union.values(subject, predicate) for subject in subjects]
        yield from subset(
            dataset,
            "propertyPartition",
            f"property-{_fragment(iri)}",
            ("void", "property", ox.NamedNode(iri)),
            ("void", "triples", integer(sum(map(len, values)))),
            ("void", "distinctSubjects", integer(len(subjects))),
            ("void", "distinctObjects", integer(len({v for each in values for v in each}))),
        )


def linksets(union: Union, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    """Yield a void:Linkset for each data set of others, and each property that leads to it."""
    for name, (space, title) in _TARGETS.items():
        target = ox.NamedNode(f"{VOID}#{name}")
        for predicate in _LINKING:
            triples = _count_links(union, predicate, space)
            if not triples:
                continue
            yield from about(
                target,
                ("rdf", "type", term("void", "Dataset")),
                ("dcterms", "title", ox.Literal(title)),
                ("void", "uriSpace", ox.Literal(space)),
            )
            property_iri = predicate[1:-1]
            yield from subset(
                dataset,
                "subset",
                f"links-{name}-{_fragment(property_iri)}",
                ("rdf", "type", term("void", "Linkset")),
                ("void", "subjectsTarget", dataset),
                ("void", "objectsTarget", target),
                ("void", "linkPredicate", ox.NamedNode(property_iri)),
                ("void", "triples", integer(triples)),
            )


def _count_links(union: Union, predicate: str, space: str) -> int:
    """Return how many things of ours `predicate` leads from, to something below `space`."""
    return sum(
        value.startswith(f"<{space}")
        for subject in union.subjects(predicate)
        for value in union.values(subject, predicate)
    )


def subset(
    dataset: ox.NamedNode, link: str, name: str, *said: tuple[str, str, OxTerm]
) -> Sequence[ox.Triple]:
    """Return that `dataset` has, by `link`, the part `name` of this record, and what is said."""
    part = ox.NamedNode(f"{VOID}#{name}")
    prefix = "dcterms" if link == "relation" else "void"
    return [*about(dataset, (prefix, link, part)), *about(part, *said)]


def _fragment(iri: str) -> str:
    """Return a name for `iri` that may end an IRI: `cls:Priority`."""
    return quote(compact(iri), safe=":")
