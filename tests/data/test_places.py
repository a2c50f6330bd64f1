"""Every place points at the words that it claims to hold, where the two documents are at hand."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from contrats.vocabulary import BASE, PREFIXES

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
CONTRACTS = [ROOT / "data" / "contracts" / f"valence-{year}.ttl" for year in (2012, 2019)]
QUOTED = ("Priority", "Principle", "KeyElement", "ActionArea", "TargetGroup", "Objective")

pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the two documents are not beside the checkout"
)


Pairs = list[tuple[str, str]]


def parse(path: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=BASE)
    return store


def term(name: str) -> ox.NamedNode:
    prefix, local = name.split(":", 1)
    return ox.NamedNode(PREFIXES[prefix] + local)


def value(node: object) -> str:
    """Return the text of an IRI or a literal: nothing else stands in `data/`."""
    assert isinstance(node, ox.NamedNode | ox.Literal)
    return node.value


def pairs(store: ox.Store, name: str, subject: str | None = None) -> Pairs:
    """Return subject and object of each triple with the property `name`."""
    about = ox.NamedNode(subject) if subject else None
    found = store.quads_for_pattern(about, term(name), None)
    return [(value(quad.subject), value(quad.object)) for quad in found]


def texts() -> dict[str, list[str]]:
    """Return the lines of each document under its SHA-256."""
    found = {}
    for path in SEEDS.glob("*.txt"):
        content = path.read_bytes()
        found[hashlib.sha256(content).hexdigest()] = content.decode("utf-8").split("\n")
    return found


def lines_of_sources() -> dict[str, list[str]]:
    """Return the lines of each document under the IRI of its source."""
    known = texts()
    recorded = pairs(parse(ROOT / "data" / "sources" / "documents.ttl"), "cls:sha256")
    return {source: known[sha256] for source, sha256 in recorded}


def plain(text: str) -> str:
    """Return `text` in small letters, with one space for each run of blanks, hyphens rejoined."""
    text = text.replace("’", "'").lower()
    return re.sub(r"\s+", " ", re.sub(r"-\s+", "-", text))


def quotations() -> list[tuple[str, str, tuple[str, ...]]]:
    """Return (subject, words, extracts) for each name that is given in the source's own words."""
    return [
        (
            subject,
            words,
            tuple(place for _, place in pairs(store, "prov:hadPrimarySource", subject)),
        )
        for path in CONTRACTS
        for store in [parse(path)]
        for subject, words in [*pairs(store, "cls:nameInSource"), *labels(store)]
    ]


def labels(store: ox.Store) -> Pairs:
    """Return the labels of the things that are called as the source calls them."""
    kinds = {f"{PREFIXES['cls']}{kind}" for kind in QUOTED}
    things = [subject for subject, kind in pairs(store, "rdf:type") if kind in kinds]
    return [pair for thing in things for pair in pairs(store, "skos:prefLabel", thing)]


def extracts() -> dict[str, tuple[str, int, int]]:
    """Return the source, first and last line of each extract."""
    return {
        extract: (source, int(first), int(last))
        for path in sorted((ROOT / "data" / "extracts").glob("valence-*.ttl"))
        for store in [parse(path)]
        for extract, source in pairs(store, "oa:hasSource")
        for _, first in pairs(store, "cls:firstLine", extract)
        for _, last in pairs(store, "cls:lastLine", extract)
    }


def test_the_documents_at_hand_are_those_whose_sha256_is_recorded() -> None:
    documents = parse(ROOT / "data" / "sources" / "documents.ttl")
    recorded = {sha256 for _, sha256 in pairs(documents, "cls:sha256")}

    assert recorded == set(texts())


@pytest.mark.parametrize(
    ("subject", "words", "places"),
    quotations() if SEEDS.is_dir() else [],
    ids=lambda text: text.removeprefix(f"{BASE}id/") if str(text).startswith(BASE) else "",
)
def test_a_name_in_the_words_of_the_source_stands_at_one_of_its_places(
    subject: str, words: str, places: tuple[str, ...]
) -> None:
    read = [
        plain("\n".join(lines_of_sources()[source][first - 1 : last]))
        for source, first, last in (extracts()[place] for place in places)
    ]

    assert any(plain(words) in each for each in read), (
        f"{subject}: {words!r} is at none of {places}"
    )


@pytest.mark.parametrize("place", sorted(extracts()), ids=lambda iri: iri.rsplit("/", 1)[-1])
def test_a_place_begins_and_ends_on_a_line_with_words(place: str) -> None:
    source, first, last = extracts()[place]

    lines = lines_of_sources()[source]

    assert lines[first - 1].strip(), f"line {first} is blank"
    assert lines[last - 1].strip(), f"line {last} is blank"
