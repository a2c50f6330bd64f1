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
CONTRACTS = sorted((ROOT / "data" / "contracts").glob("*.ttl"))
QUOTED = ("Priority", "Principle", "KeyElement", "ActionArea", "TargetGroup", "Objective")

pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the two documents are not beside the checkout"
)


def parse(path: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=BASE)
    return store


def term(name: str) -> ox.NamedNode:
    prefix, local = name.split(":", 1)
    return ox.NamedNode(PREFIXES[prefix] + local)


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
    return {
        quad.subject.value: known[quad.object.value]
        for quad in parse(ROOT / "data" / "sources.ttl").quads_for_pattern(
            None, term("cls:sha256"), None
        )
    }


def plain(text: str) -> str:
    """Return `text` in small letters, with one space for each run of blanks, hyphens rejoined."""
    text = text.replace("’", "'").lower()
    return re.sub(r"\s+", " ", re.sub(r"-\s+", "-", text))


def quotations() -> list[tuple[str, str, str]]:
    """Return (subject, words, extract) for each name that is given in the source's own words."""
    found = []
    for path in CONTRACTS:
        store = parse(path)
        named = list(store.quads_for_pattern(None, term("cls:nameInSource"), None))
        for kind in QUOTED:
            for quad in store.quads_for_pattern(None, term("rdf:type"), term(f"cls:{kind}")):
                named += store.quads_for_pattern(quad.subject, term("skos:prefLabel"), None)
        for quad in named:
            for place in store.quads_for_pattern(
                quad.subject, term("prov:hadPrimarySource"), None
            ):
                found.append((quad.subject.value, quad.object.value, place.object.value))
    return found


def extracts() -> dict[str, tuple[str, int, int]]:
    """Return the source, first and last line of each extract."""
    found = {}
    for path in [*CONTRACTS, ROOT / "data" / "plans.ttl"]:
        store = parse(path)
        for quad in store.quads_for_pattern(None, term("oa:hasSource"), None):
            first, last = (
                int(next(store.quads_for_pattern(quad.subject, term(name), None)).object.value)
                for name in ("cls:firstLine", "cls:lastLine")
            )
            found[quad.subject.value] = (quad.object.value, first, last)
    return found


def test_the_documents_at_hand_are_those_whose_sha256_is_recorded() -> None:
    recorded = {
        quad.object.value
        for quad in parse(ROOT / "data" / "sources.ttl").quads_for_pattern(
            None, term("cls:sha256"), None
        )
    }

    assert recorded == set(texts())


@pytest.mark.parametrize(
    ("subject", "words", "place"),
    quotations() if SEEDS.is_dir() else [],
    ids=lambda value: value.removeprefix(f"{BASE}id/") if value.startswith(BASE) else "",
)
def test_a_name_in_the_words_of_the_source_stands_at_its_place(
    subject: str, words: str, place: str
) -> None:
    source, first, last = extracts()[place]

    read = plain("\n".join(lines_of_sources()[source][first - 1 : last]))

    assert plain(words) in read, f"{subject}: {words!r} is not in lines {first} to {last}"


@pytest.mark.parametrize("place", sorted(extracts()), ids=lambda iri: iri.rsplit("/", 1)[-1])
def test_a_place_begins_and_ends_on_a_line_with_words(place: str) -> None:
    source, first, last = extracts()[place]

    lines = lines_of_sources()[source]

    assert lines[first - 1].strip(), f"line {first} is blank"
    assert lines[last - 1].strip(), f"line {last} is blank"
