"""What a release counts, as VoID."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.dumps import UNION_FORMS
from contrats.triples import about, integer, term
from contrats.union import TYPE
from contrats.vocabulary import BASE, DEF

if TYPE_CHECKING:
    from contrats.union import Union


def describe_statistics(union: Union, dataset: ox.NamedNode) -> list[ox.Triple]:
    """Return the counts of the union of the graphs (https://www.w3.org/TR/void/#statistics)."""
    counts = {
        "triples": len(union),
        "distinctSubjects": union.count_subjects(),
        "distinctObjects": union.count_objects(),
        "properties": len(union.predicates()),
        "classes": len(union.objects(TYPE)),
    }
    return about(
        dataset,
        ("rdf", "type", term("void", "Dataset")),
        *(("void", name, integer(count)) for name, count in counts.items()),
        ("void", "uriSpace", ox.Literal(f"{BASE}id/")),
        ("void", "vocabulary", ox.NamedNode(DEF)),
        ("void", "sparqlEndpoint", ox.NamedNode(f"{BASE}sparql")),
        *(("void", "dataDump", ox.NamedNode(f"{BASE}dump/{d.file}")) for d in UNION_FORMS),
    )
