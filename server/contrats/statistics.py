"""What a release counts, as VoID."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.dumps import DUMPS
from contrats.triples import about, integer, term
from contrats.vocabulary import BASE, DEF

if TYPE_CHECKING:
    from collections.abc import Sequence


def describe_statistics(quads: Sequence[ox.Quad], dataset: ox.NamedNode) -> list[ox.Triple]:
    """Return the counts of the union of the graphs (https://www.w3.org/TR/void/#statistics)."""
    triples = {(q.subject, q.predicate, q.object) for q in quads}
    rdf_type = term("rdf", "type")
    counts = {
        "triples": len(triples),
        "distinctSubjects": len({subject for subject, _, _ in triples}),
        "distinctObjects": len({value for _, _, value in triples}),
        "properties": len({predicate for _, predicate, _ in triples}),
        "classes": len({value for _, predicate, value in triples if predicate == rdf_type}),
    }
    return about(
        dataset,
        ("rdf", "type", term("void", "Dataset")),
        *(("void", name, integer(count)) for name, count in counts.items()),
        ("void", "uriSpace", ox.Literal(f"{BASE}id/")),
        ("void", "vocabulary", ox.NamedNode(DEF)),
        ("void", "sparqlEndpoint", ox.NamedNode(f"{BASE}sparql")),
        *(("void", "dataDump", ox.NamedNode(f"{BASE}dump/{dump.file}")) for dump in DUMPS),
    )
