"""The tables repeat labels for the curator who reads them: they must be those of the things."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.rooms import find_rooms
from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA: Final = find_rooms().data
KINDS: Final = {
    "priorite": "priority",
    "principe": "principle",
    "element": "key-element",
    "prs": "plan",
}


def labels(whole: ox.Store) -> dict[str, str]:
    """Return the French label of each thing."""
    named = whole.quads_for_pattern(None, ox.NamedNode(f"{PREFIXES['skos']}prefLabel"), None)
    return {
        quad.subject.value: quad.object.value
        for quad in named
        if isinstance(quad.subject, ox.NamedNode)
        if isinstance(quad.object, ox.Literal) and quad.object.language == "fr"
    }


def rows_of(name: str, delimiter: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter=delimiter)


def iri_of(curie: str) -> str:
    prefix, _, name = curie.partition(":")
    return PREFIXES[KINDS.get(prefix, prefix)] + name


def test_a_row_of_the_classification_repeats_the_label_of_its_priority(whole: ox.Store) -> None:
    known = labels(whole)

    others = [
        (row["contract_id"], row["n"], row["title"])
        for row in rows_of("classification.csv", ",")
        if known.get(f"{PREFIXES['priority']}{row['contract_id']}-{row['n']}") != row["title"]
    ]

    assert others == []


def test_an_alignment_repeats_the_labels_of_what_it_brings_together(whole: ox.Store) -> None:
    known = labels(whole)
    pairs = [
        (row[f"{side}_id"], row[f"{side}_label"])
        for row in rows_of("alignments.sssom.tsv", "\t")
        for side in ("subject", "object")
        if side == "subject" or row["object_id"].startswith("prs:")
    ]

    assert pairs
    assert [pair for pair in pairs if known.get(iri_of(pair[0])) != pair[1]] == []
