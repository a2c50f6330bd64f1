"""All statements, whatever their graph, looked up from either end."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from contrats.vocabulary import EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pyoxigraph as ox

TYPE: Final = f"<{EXTERNAL['rdf']}type>"
SUBCLASS: Final = f"<{EXTERNAL['rdfs']}subClassOf>"

_Ends = dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Union:
    """The union of the graphs; a term is written as in N-Triples, so that it is a plain text.

    `store` holds the same, for queries.
    """

    _about: _Ends = field(repr=False)
    _bearing: dict[str, list[str]] = field(repr=False)
    store: ox.Store = field(repr=False)
    _towards: _Ends = field(repr=False, default_factory=dict)
    _digests: dict[str, str] = field(repr=False, default_factory=dict)

    def __len__(self) -> int:
        """Return how many statements there are."""
        return sum(len(values) for about in self._about.values() for values in about.values())

    def count_subjects(self) -> int:
        """Return of how many things something is stated."""
        return len(self._about)

    def count_objects(self) -> int:
        """Return how many things and values are stated of others."""
        return len({v for about in self._about.values() for each in about.values() for v in each})

    def predicates(self) -> set[str]:
        """Return the properties in use."""
        return set(self._bearing)

    def values(self, node: str, predicate: str) -> Sequence[str]:
        """Return the objects of the statements of `node` with `predicate`."""
        about = self._about.get(node)
        return about.get(predicate, ()) if about else ()

    def bearers(self, predicate: str, value: str) -> Sequence[str]:
        """Return the subjects of the statements with `predicate` and `value`."""
        return self._by_value(predicate).get(value, ())

    def subjects(self, predicate: str) -> list[str]:
        """Return all that have a value of `predicate`."""
        return self._bearing.get(predicate, [])

    def objects(self, predicate: str) -> list[str]:
        """Return all that are a value of `predicate`."""
        return list(self._by_value(predicate))

    def statements(self, predicate: str) -> Iterator[str]:
        """Yield all statements with `predicate`, each as a line of N-Triples."""
        for node in self.subjects(predicate):
            for value in self.values(node, predicate):
                yield f"{node} {predicate} {value} ."

    def digest(self, name: str) -> str:
        """Return the SHA-256 of all statements that have `name` as their property or class."""
        if name not in self._digests:
            texts = [
                text for node in self.subjects(name) for text in (node, *self._about[node][name])
            ]
            texts += self.bearers(TYPE, name)
            self._digests[name] = hashlib.sha256("\n".join(texts).encode()).hexdigest()
        return self._digests[name]

    def instances(self, kind: str) -> list[str]:
        """Return what is of the class `kind` or of one below it.

        https://www.w3.org/TR/shacl/#dfn-shacl-instance
        """
        found = dict.fromkeys([kind])
        for each in (waiting := [kind]):
            below = [one for one in self.bearers(SUBCLASS, each) if one not in found]
            found.update(dict.fromkeys(below))
            waiting += below
        return [node for each in found for node in self.bearers(TYPE, each)]

    def _by_value(self, predicate: str) -> dict[str, list[str]]:
        """Return who bears each value of `predicate`, sorted out at the first question."""
        if predicate not in self._towards:
            towards: dict[str, list[str]] = {}
            for node in self.subjects(predicate):
                for value in self.values(node, predicate):
                    towards.setdefault(value, []).append(node)
            self._towards[predicate] = towards
        return self._towards[predicate]


def unite(lines: Iterable[str], store: ox.Store) -> Union:
    """Return the union of the graphs of canonical N-Quads; `store` holds it already."""
    about: _Ends = {}
    bearing: dict[str, list[str]] = {}
    before, of_subject = "", dict[str, list[str]]()
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        value = rest[: rest.rindex(" <")]
        if subject != before:  # the lines are sorted
            before, of_subject = subject, about.setdefault(subject, {})
        if predicate not in of_subject:
            of_subject[predicate] = [value]
            bearing.setdefault(predicate, []).append(subject)
        elif of_subject[predicate][-1] != value:  # the same in two graphs are neighbours
            of_subject[predicate].append(value)
    return Union(about, bearing, store)
