"""What `data/` says of the catalogue: data sets, services, the series, the extent covered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.catalogue.words import CATALOGUE, DATASETS
from contrats.distributions import DATASETS as NAMES
from contrats.distributions import WHOLE
from contrats.edition import objects_in
from contrats.errors import SourceError
from contrats.triples import term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.border import OxTerm
    from contrats.edition import Edition


@dataclass(frozen=True, slots=True)
class Editorial:
    """The statements of `data/dataset.ttl` and `data/catalogue.ttl`, looked up by property."""

    edition: Edition
    quads: tuple[ox.Quad, ...] = field(repr=False)

    def values(self, subject: OxTerm, prefix: str, name: str) -> list[OxTerm]:
        """Return the values of a property, in the order of their spelling."""
        return sorted(set(objects_in(self.quads, subject, term(prefix, name))), key=str)

    def same(self, subject: OxTerm, prefix: str, *names: str) -> list[tuple[str, str, OxTerm]]:
        """Return what is stated of `subject` under `names`, to be said again."""
        return [
            (prefix, name, value) for name in names for value in self.values(subject, prefix, name)
        ]

    def of_class(self, prefix: str, name: str) -> list[ox.NamedNode]:
        """Return the things of a class that have an IRI, in their order."""
        kind, is_a = term(prefix, name), term("rdf", "type")
        found = {q.subject for q in self.quads if q.predicate == is_a and q.object == kind}
        return sorted((each for each in found if isinstance(each, ox.NamedNode)), key=str)

    @property
    def datasets(self) -> dict[str, ox.NamedNode]:
        """Return the data sets by the names that their files give them, the whole first.

        Raises `SourceError` when there is a catalogue and it leaves one of them out.
        """
        described = set(self.of_class("dcat", "Dataset"))
        named = {name: ox.NamedNode(DATASETS + name) for name in NAMES if name != WHOLE}
        missing = sorted(name for name, iri in named.items() if iri not in described)
        if missing and CATALOGUE in self.of_class("dcat", "Catalog"):
            raise SourceError(
                f"data/catalogue.ttl : aucun dcat:Dataset ne décrit {', '.join(missing)}.",
                f"data/catalogue.ttl: no dcat:Dataset describes {', '.join(missing)}.",
            )
        parts = {name: iri for name, iri in named.items() if iri in described}
        return {WHOLE: self.edition.iri, **parts}


def read_editorial(about: Sequence[ox.Quad], edition: Edition) -> Editorial:
    """Return what the graphs `about` the data set and the catalogue state."""
    return Editorial(edition, tuple(about))
