"""How well names find what they mean: those that the sources write, against the editors' links.

    python tests/benchmarks/reconciliation.py [folder of the releases]

Each participation says how its source writes a body, and which body the editors made of it. Names
are asked three times: alone, with the départements of the contract as a place, and alone against
an index from which each name was taken out where it was only another name of a body (the editors
may have read it in that very source). A line each: how often the body comes first, or among the
first five; of how many names one is said to be certain, and how often that is right; and how long
a batch of ten takes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.reconciliation.index import open_index
from contrats.reconciliation.matching import find_candidates
from contrats.reconciliation.places import PLACE
from contrats.reconciliation.query import Query, Value
from contrats.reconciliation.writing import write_reconciliation
from contrats.release import find_current
from contrats.vocabulary import BASE, EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contrats.reconciliation.index import Index
    from contrats.reconciliation.ranking import Candidate
    from contrats.reconciliation.things import Thing

ACTOR: Final = "org:FormalOrganization"
_ALT: Final = f"{EXTERNAL['skos']}altLabel"
_ASKED: Final = """
SELECT ?participation ?name ?body (GROUP_CONCAT(COALESCE(STR(?place), "")) AS ?places)
WHERE {
    ?contract cv:hasParticipation ?participation .
    ?participation cls:nameInSource ?name ; cv:hasParticipant ?body .
    OPTIONAL { ?contract cls:inDepartement ?place }
} GROUP BY ?participation ?name ?body ORDER BY ?participation ?name
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A name in a source, the body that it means, and the départements of the contract."""

    name: str
    body: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of a number of samples: shares from 0 to 1, and the certain ones that are wrong."""

    first: float
    among_five: float
    certain: float
    right: float
    wrong: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        """Return the figures on a line."""
        return (
            f"first {self.first:6.1%}   among five {self.among_five:6.1%}   "
            f"certain {self.certain:6.1%}, right {self.right:6.2%}"
        )


def read_samples(quads: ox.Store) -> list[Sample]:
    """Return the names of all participations of a release."""
    prefixes = {"cls": f"{BASE}def#", "cv": EXTERNAL["cv"]}
    found = quads.query(_ASKED, prefixes=prefixes, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return [
        Sample(
            row["name"].value,
            row["body"].value.removeprefix(f"{BASE}id/"),
            tuple(place.removeprefix(f"{BASE}id/") for place in row["places"].value.split()),
        )
        for row in found
    ]


def judge_nothing(_thing: Thing, _pid: str, _values: Sequence[Value]) -> bool | None:
    """Know of no property but the place."""
    return None


def ask(sample: Sample, *, placed: bool) -> Query:
    """Return the query for a sample, with the places of its contract or without."""
    values = tuple(Value(place, place) for place in sample.places)
    properties = ((PLACE, values),) if placed and values else ()
    return Query(sample.name, (ACTOR,), 5, properties)


def measure(index: Index, samples: Sequence[Sample], *, placed: bool) -> Figures:
    """Return how well `samples` are found."""
    first = among = certain = right = 0
    wrong: list[tuple[str, str, str]] = []
    known: dict[Query, list[Candidate]] = {}
    with index.reading() as reader:
        for query in dict.fromkeys(ask(sample, placed=placed) for sample in samples):
            known[query] = find_candidates(reader, query, judge_nothing)
    for sample in samples:
        found = known[ask(sample, placed=placed)]
        ids = [each.thing.id for each in found]
        first += ids[:1] == [sample.body]
        among += sample.body in ids
        for each in found:
            if each.match:
                certain += 1
                right += each.thing.id == sample.body
                if each.thing.id != sample.body:
                    wrong.append((sample.name, each.thing.id, sample.body))
    total = len(samples)
    return Figures(
        first / total, among / total, certain / total, right / (certain or 1), tuple(wrong)
    )


def without(quads: Iterable[ox.Quad], samples: Sequence[Sample]) -> list[ox.Quad]:
    """Return `quads` without the other names of bodies that some source writes to the letter."""
    said = {(f"{BASE}id/{sample.body}", sample.name) for sample in samples}
    return [
        quad
        for quad in quads
        if quad.predicate.value != _ALT
        or not isinstance(quad.subject, ox.NamedNode)
        or not isinstance(quad.object, ox.Literal)
        or (quad.subject.value, quad.object.value) not in said
    ]


def main() -> None:
    """Measure and print."""
    folder = find_current(Path(sys.argv[1] if len(sys.argv) > 1 else "releases"))
    quads = ox.Store()
    quads.bulk_load(path=str(folder / "contrats.nq"), format=ox.RdfFormat.N_QUADS)
    samples = read_samples(quads)
    with tempfile.TemporaryDirectory() as made:
        index = _index(Path(made), quads)
        _tell("names alone", measure(index, samples, placed=False))
        _tell("with the place", measure(index, samples, placed=True))
        several = [sample for sample in samples if len(sample.name.split()) > 1]
        _tell("of two words or more", measure(index, several, placed=False))
        for placed in (False, True):
            sys.stdout.write(f"{_time(index, samples, placed=placed)}\n")
    with tempfile.TemporaryDirectory() as made:
        index = _index(Path(made), without(quads, samples))
        _tell("held out, alone", measure(index, samples, placed=False))
        _tell("held out, placed", measure(index, samples, placed=True))


def _index(folder: Path, quads: Iterable[ox.Quad]) -> Index:
    started = time.perf_counter()
    write_reconciliation(folder, quads)
    wrote = time.perf_counter()
    index = open_index(folder)
    opened = time.perf_counter()
    size = index.path.stat().st_size / 1e6
    sys.stdout.write(
        f"index of {size:.1f} MB written in {wrote - started:.1f} s, "
        f"opened in {(opened - wrote) * 1000:.0f} ms\n"
    )
    return index


def _tell(title: str, figures: Figures) -> None:
    sys.stdout.write(f"{title:22} {figures}\n")
    for wrong in sorted(set(figures.wrong)):
        sys.stdout.write(f"    not so: {wrong}\n")


def _time(index: Index, samples: Sequence[Sample], *, placed: bool) -> str:
    """Return how long batches of ten take."""
    took: list[float] = []
    for place in range(0, len(samples), 10):
        started = time.process_time()
        with index.reading() as reader:
            for sample in samples[place : place + 10]:
                find_candidates(reader, ask(sample, placed=placed), judge_nothing)
        took.append((time.process_time() - started) * 1000)
    took.sort()
    end = took[int(len(took) * 0.99)]
    return f"batch of ten, processor: median {median(took):.1f} ms, 99 in 100 below {end:.1f} ms"


if __name__ == "__main__":
    main()
