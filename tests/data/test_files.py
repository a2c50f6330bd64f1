"""The files of `data/` as one body: each statement in one place, each text clean."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.rooms import find_rooms

if TYPE_CHECKING:
    from contrats.sources import SourceFile

DATA = find_rooms().data
LONGEST = 450
"""Lines of a file of `data/`; the two contracts of Valence and their plan, read line by line,
have more."""


def test_no_statement_stands_in_two_graphs(published: list[ox.Quad]) -> None:
    """The union of the graphs is a bag to the engine: what is said twice is counted twice."""
    graphs: defaultdict[ox.Triple, set[str]] = defaultdict(set)
    for quad in published:
        graphs[quad.triple].add(str(quad.graph_name))

    assert {str(triple): found for triple, found in graphs.items() if len(found) > 1} == {}


def test_no_text_has_blanks_at_its_ends_or_twice_within(sources: tuple[SourceFile, ...]) -> None:
    texts = {
        (source.path, quad.object.value)
        for source in sources
        for quad in source.quads
        if isinstance(quad.object, ox.Literal)
    }

    assert {each for each in texts if each[1] != " ".join(each[1].split())} == {
        # The official list writes it so.
        ("data/territories/epci.csv", "CA ECLA  (Espace Communautaire Lons Agglomération)"),
    }


def test_each_graph_is_described_in_itself(sources: tuple[SourceFile, ...]) -> None:
    kind = ox.NamedNode("http://www.w3.org/ns/sparql-service-description#Graph")
    described = {q.subject for source in sources for q in source.quads if q.object == kind}

    assert {source.graph for source in sources} - described == set()


def test_every_file_is_in_canonical_form() -> None:
    """What `turtlefmt` writes, so that a change shows as what it is."""
    found = subprocess.run(
        [Path(sys.executable).with_name("turtlefmt"), "--check", DATA],
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, f"{found.stdout}{found.stderr}repair / réparer : make fix"


def test_no_line_ends_with_a_blank_and_no_file_is_written_on_another_system() -> None:
    files = [path for path in DATA.rglob("*") if path.suffix in {".ttl", ".csv", ".tsv"}]
    spoilt = {
        str(path.relative_to(DATA))
        for path in files
        for line in path.read_bytes().split(b"\n")[:-1]
        if line.endswith((b" ", b"\r")) or (line.endswith(b"\t") and path.suffix != ".tsv")
    }

    assert spoilt == set(), "repair / réparer : make fix"
    assert {path.name for path in files if not path.read_bytes().endswith(b"\n")} == set()


def test_a_file_fits_in_the_view_of_who_reviews_it() -> None:
    lines = {
        path.relative_to(DATA).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in DATA.rglob("*.ttl")
    }

    assert {name for name, count in lines.items() if count > LONGEST} == {
        "contracts/valence-2012.ttl",
        "contracts/valence-2019.ttl",
        "plans/auvergne-rhone-alpes.ttl",
    }


def test_a_contract_has_a_file_of_its_own_name(sources: tuple[SourceFile, ...]) -> None:
    """The name of the file, of the thing, of the graph and the identifier are one."""
    contracts = [each for each in sources if each.path.startswith("data/contracts/")]
    identifier = ox.NamedNode("http://purl.org/dc/terms/identifier")
    names = {
        source.path: {str(q.object) for q in source.quads if q.predicate == identifier}
        for source in contracts
    }

    assert names == {each.path: {f'"{Path(each.path).stem}"'} for each in contracts}
    assert all(each.graph.value.endswith(f"contract/{Path(each.path).stem}") for each in contracts)
