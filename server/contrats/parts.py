"""The files of a part of the data: of one contract, or of the graphs that a data set takes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.canonical import graph_in, split_lines
from contrats.dumps import DUMPS, GRAPH_FORMS, digest, write_rdf
from contrats.quad_table import HEADER, quad_rows, write_csv
from contrats.vocabulary import PREFIXES, prefixes_of
from contrats.workbook import Sheet, write_workbook
from contrats.writing import iris_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

CONTRACT: Final = "contract"
"""The folder of the files of one contract, below that of the dumps."""
_CONTRACT_GRAPH: Final = f"{PREFIXES['graph']}{CONTRACT}/"


@dataclass(frozen=True, slots=True)
class Part:
    """The graphs of one file, by the ends of their IRIs; one that ends with `/` takes in others."""

    name: str
    graphs: tuple[str, ...]
    suffixes: tuple[str, ...] = ("ttl",)

    def holds(self, graph: str) -> bool:
        """Tell whether the statements of `graph` are in this part."""
        name = graph.removeprefix(PREFIXES["graph"])
        return any(name == g or (g.endswith("/") and name.startswith(g)) for g in self.graphs)


PARTS: Final = (
    Part("contracts", (f"{CONTRACT}/",)),
    Part("actors", ("actors", "events")),
    Part("plans-and-alignments", ("plans", "alignments")),
    Part("ontology", ("ontology/",), ("ttl", "rdf", "jsonld")),
    Part("vocabularies", ("themes", "populations", "vocabularies")),
)


def write_parts(canonical: Path, folder: Path) -> dict[str, str]:
    """Write, in `folder`, the parts of the canonical N-Quads; return the SHA-256 of each by name.

    Each holds the union of its graphs; one of which nothing is stated is left out.
    """
    graphs = _read_graphs(canonical)
    written: dict[str, str] = {}
    for part in PARTS:
        lines = [line for graph, own in graphs.items() if part.holds(graph) for line in own]
        quads = _parse(sorted(lines))
        triples = list(dict.fromkeys(quad.triple for quad in quads))
        forms = [dump for dump in DUMPS if dump.suffix in part.suffixes] if triples else []
        used = prefixes_of(iris_of(quads))
        for dump in forms:
            path = folder / f"{part.name}.{dump.suffix}"
            write_rdf(triples, path, dump.format, used)
            written[path.name] = digest(path)
    return written


def write_contracts(
    canonical: Path, folder: Path, sheets: Mapping[str, Sequence[Sheet]], share: int, shares: int
) -> dict[str, str]:
    """Write the files of each contract below `folder`, a `share` of them out of so many `shares`.

    `sheets` are the tables of each contract, by its name. Return the SHA-256 of each file by its
    name, such as `contract/valence-2019.nq`, which is the lines of its graph in `contrats.nq`.
    """
    graphs = _read_graphs(canonical)
    own = sorted(graph for graph in graphs if graph.startswith(_CONTRACT_GRAPH))[share::shares]
    written: dict[str, str] = {}
    for graph in own:
        name = graph.removeprefix(_CONTRACT_GRAPH)
        for path in _write_contract(folder / CONTRACT / name, graphs[graph], sheets.get(name, ())):
            written[f"{CONTRACT}/{path.name}"] = digest(path)
    return written


def _write_contract(stem: Path, lines: list[bytes], sheets: Sequence[Sheet]) -> Iterator[Path]:
    """Write the statements of one contract, and its tables; yield where each file is."""
    quads = _parse(lines)
    triples = [quad.triple for quad in quads]
    used = prefixes_of(iris_of(quads))
    rows = tuple(quad_rows(split_lines(b"".join(lines).decode())))
    for dump in DUMPS:
        path = stem.with_name(f"{stem.name}.{dump.suffix}")
        if dump.suffix == "nq":
            path.write_bytes(b"".join(lines))
        else:
            write_rdf(quads if dump in GRAPH_FORMS else triples, path, dump.format, used)
        yield path
    table = stem.with_name(f"{stem.name}.csv")
    with table.open("w", encoding="utf-8", newline="") as out:
        write_csv((HEADER, *rows), out)
    yield table
    book = stem.with_name(f"{stem.name}.xlsx")
    statements = Sheet("statements", HEADER, rows)
    book.write_bytes(write_workbook([*sheets, statements], stem.name))
    yield book


def _read_graphs(canonical: Path) -> dict[str, list[bytes]]:
    """Return the lines of each graph, in their order; those that no part takes in are left out."""
    graphs: dict[bytes, list[bytes]] = {}
    with canonical.open("rb") as lines:
        for line in lines:
            graphs.setdefault(graph_in(line), []).append(line)
    named = {graph[1:-1].decode(): own for graph, own in graphs.items()}
    return {g: own for g, own in named.items() if any(part.holds(g) for part in PARTS)}


def _parse(lines: Sequence[bytes]) -> list[ox.Quad]:
    return list(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))


def count_parts(folder: Path) -> dict[str, int]:
    """Return how many triples are read from each part that `write_parts` wrote in `folder`."""
    paths = {part.name: folder / f"{part.name}.ttl" for part in PARTS}
    return {
        name: sum(1 for _ in ox.parse(path=path, format=ox.RdfFormat.TURTLE))
        for name, path in paths.items()
        if path.is_file()
    }
