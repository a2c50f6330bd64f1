"""What contracts are told apart by: a query a facet, and the query of any choice among them.

Several values of one facet widen a choice, several facets narrow it. A choice is counted in sets
that are read once a release; its query, made of the same texts, gives the same contracts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.header import read_declarations, read_query
from contrats.store import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from contrats.store import EmbeddedStore

Term = ox.NamedNode | ox.Literal
Chosen = dict[str, list[Term]]
"""The values that are chosen of each facet, by its name; a facet without any is not there."""
UNSTATED: Final = "unstated"
"""The value of the contracts of which no source read says it."""
_KEYS: Final = frozenset({"summary", "summary-fr", "family", "datatype", "word"})
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WRITTEN: Final = {
    "gYear": re.compile(r"\d{4}"),
    "gYearMonth": re.compile(r"\d{4}-(?:0[1-9]|1[0-2])"),
    "date": re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"),
}
_HEAD: Final = re.compile(r"(?:^#\+.*\n)*", re.MULTILINE)
_PREFIX: Final = re.compile(r"^PREFIX .*$", re.MULTILINE)
_START: Final = "WHERE {\n"


@dataclass(frozen=True, slots=True)
class Facet:
    """One file of `queries/facets/`: pairs of ?contract and the variable that it is named after.

    Its values are things whose IRIs begin with one of `families`, literals of `datatype`, or
    `words`. `inforce.day` is another way to say `inforce`: one facet, of several files.
    """

    name: str
    families: tuple[str, ...]
    datatype: str
    words: tuple[str, ...]
    text: str = field(repr=False)

    def terms(self, short: str) -> tuple[Term, ...]:
        """Return what a reader may mean by `short`; whether there is such a thing, is not known."""
        short = short.lower()
        if short in self.words:
            return (ox.Literal(short),)
        pattern = _WRITTEN.get(self.datatype.rpartition("#")[2])
        if pattern is not None and pattern.fullmatch(short):
            return (ox.Literal(short, datatype=ox.NamedNode(self.datatype)),)
        if not _NAME.fullmatch(short):
            return ()
        return tuple(ox.NamedNode(f"{family}{short}") for family in self.families)

    def short(self, term: Term) -> str:
        """Return how an address writes `term`."""
        for family in self.families:
            if term.value.startswith(family):
                return term.value.removeprefix(family)
        return term.value

    def holds(self, term: Term) -> bool:
        """Tell whether `term` may be a value of this file."""
        return term in self.terms(self.short(term))

    def group(self, terms: Iterable[Term]) -> str:
        """Return the pattern of the contracts that have one of `terms`; no other variable of it."""
        values = " ".join(map(str, terms))
        inner = f"{_body(self.text).rstrip()}\n    VALUES ?{self.name} {{ {values} }}\n"
        select = f"SELECT DISTINCT ?contract\nWHERE {{\n{inner}}}"
        return _indent(f"{{\n{_indent(select)}\n}}")


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets of a release; `pairs` are the contracts of each value, `every` all contracts."""

    store: EmbeddedStore
    base: str = field(repr=False)
    files: tuple[Facet, ...]
    every: frozenset[str] = field(repr=False)
    pairs: Mapping[str, Mapping[Term, frozenset[str]]] = field(repr=False)

    def term(self, name: str, short: str) -> Term | None:
        """Return the value `short` of the facet `name`, None when there is no such thing."""
        for each in self._files_of(name):
            for term in each.terms(short):
                if isinstance(term, ox.Literal) or term in self.pairs[name] or self._is_said(term):
                    return term
        return None

    def short(self, name: str, term: Term) -> str:
        """Return how an address writes `term`, a value of the facet `name`."""
        families = (family for each in self._files_of(name) for family in each.families)
        family = next((each for each in families if term.value.startswith(each)), "")
        return term.value.removeprefix(family)

    def chosen(self, chosen: Chosen) -> frozenset[str]:
        """Return the IRIs of the contracts that pass every facet."""
        return self.every.intersection(*(self._having(*each) for each in chosen.items()))

    def counts(self, chosen: Chosen) -> Mapping[str, Mapping[Term, int]]:
        """Return how many contracts each value of each facet has, the other facets as chosen."""
        passing = {name: self._having(name, terms) for name, terms in chosen.items()}
        found = {}
        for name, pairs in self.pairs.items():
            others = (having for facet, having in passing.items() if facet != name)
            base = self.every.intersection(*others)
            found[name] = {term: len(base & having) for term, having in pairs.items()}
        return found

    def text(
        self, chosen: Chosen, base: str | None = None, only: Sequence[ox.NamedNode] = ()
    ) -> str:
        """Return the query of the contracts that pass every facet, those of `only` when there are.

        `base` says what is asked of them, when more than their IRIs.
        """
        groups, used = [], [base or self.base]
        for name, terms in chosen.items():
            parts = [(f, [t for t in terms if f.holds(t)]) for f in self._files_of(name)]
            parts = [(file, held) for file, held in parts if held]
            used += [file.text for file, _ in parts]
            joined = "\n    UNION\n".join(file.group(held) for file, held in parts)
            groups.append(joined if len(parts) == 1 else _indent(f"{{\n{joined}\n}}"))
        if only:
            groups.append(f"    VALUES ?contract {{ {' '.join(map(str, only))} }}")
        prefixes = sorted({line for text in used for line in _PREFIX.findall(text)})
        rest = _PREFIX.sub("", _HEAD.sub("", used[0])).lstrip()
        before, start, after = rest.partition(_START)
        inner = "".join(f"{group}\n" for group in groups)
        return "\n".join([*prefixes, "", f"{before}{start}{inner}{after}"])

    def _files_of(self, name: str) -> list[Facet]:
        return [each for each in self.files if each.name == name]

    def _having(self, name: str, terms: Sequence[Term]) -> frozenset[str]:
        """Return the contracts with one of `terms`; of those that no pair has, the store is asked.

        A day is no value that could be listed, so its contracts are found when one asks.
        """
        known = self.pairs[name]
        found = frozenset[str]().union(*(known[term] for term in terms if term in known))
        others = [term for term in terms if term not in known]
        return found | _column(self.store, self.text({name: others})) if others else found

    def _is_said(self, thing: ox.NamedNode) -> bool:
        return next(self.store.quads.quads_for_pattern(thing, None, None, None), None) is not None


def read_facets(folder: Path) -> tuple[Facet, ...]:
    """Return the facets of `folder`, which is the room's `queries/facets`."""
    return tuple(_read_facet(path) for path in sorted(folder.glob("*.rq")))


def open_facets(store: EmbeddedStore, files: tuple[Facet, ...], base: str) -> Facets:
    """Return the facets of what `store` holds, which must not change; `base` asks for contracts."""
    pairs: dict[str, dict[Term, frozenset[str]]] = {}
    every = _column(store, base)
    for file in files:
        pairs[file.name] = pairs.get(file.name, {}) | _pairs(store, file.text, every)
    return Facets(store, base, files, every, pairs)


def _read_facet(path: Path) -> Facet:
    name, text = f"queries/facets/{path.name}", read_query(path)
    declared = read_declarations(name, text, _KEYS)

    def values(key: str) -> tuple[str, ...]:
        return tuple(each.value for each in declared if each.key == key)

    return Facet(
        path.name.partition(".")[0], values("family"),
        "".join(values("datatype")), values("word"), text,
    )  # fmt: skip


def _pairs(store: EmbeddedStore, text: str, every: frozenset[str]) -> dict[Term, frozenset[str]]:
    """Return the contracts of each value that the query `text` gives."""
    found: defaultdict[Term, set[str]] = defaultdict(set)
    for contract, value in select(store, text, "queries/facets/"):
        found[value].add(contract.value)
    return {term: frozenset(having) & every for term, having in found.items()}


def _column(store: EmbeddedStore, text: str) -> frozenset[str]:
    return frozenset(row[0].value for row in select(store, text, "queries/facets/"))


def _body(text: str) -> str:
    """Return what stands between the braces of WHERE."""
    return text.partition(_START)[2].rpartition("}")[0]


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" if line else line for line in text.split("\n"))
