"""The files of the rooms -> quads: one named graph a file, and every fault at its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn

import pyoxigraph as ox

from contrats.canonical import canonical_lines, split_lines
from contrats.errors import SourceError
from contrats.inventory import list_files, refuse_unread
from contrats.lines import line_of_blank_node
from contrats.literals import refuse_literals
from contrats.mapped import map_tables
from contrats.memory import Memory
from contrats.turtle import parse_turtle
from contrats.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from contrats.mapping import Mapped
    from contrats.rooms import Rooms

RESERVED: Final = frozenset({"derived", "queries", "report"})
"""Names of graphs that the build makes: no file may bear them."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file, named from its room (`data/contracts/valence-2019.ttl`), and what it states.

    `lines` tells where the things of a table are; in Turtle they are found by their names.
    `written` are the quads as canonical N-Quads, when that is known already.
    """

    path: str
    graph: ox.NamedNode
    quads: tuple[ox.Quad, ...] = field(repr=False)
    text: str = field(repr=False, default="")
    lines: Mapping[str, int] = field(repr=False, default_factory=dict)
    written: bytes = field(repr=False, default=b"")


def read_sources(
    rooms: Rooms, memory: Memory | None = None, take: Callable[[bytes], object] = len
) -> tuple[SourceFile, ...]:
    """Return all that `rooms.ontology` and `rooms.data` state, in the order of the paths.

    `memory` may know what an unchanged table gives; `take` is given each table's triples early.
    Raise `SourceError` at the first file that is not what its name says, with line and column.
    """
    files = [*list_files(rooms.ontology, "ontology"), *list_files(rooms.data, "data")]
    turtle = [read_turtle(path, n, _graph_of(n)) for n, path in files if n.endswith(".ttl")]
    mapped = map_tables(rooms, memory or Memory(), take)
    read = {source.path for source in turtle} | {name for each in mapped for name in each.names}
    refuse_unread([name for name, _ in files], read)
    tables = [_table_source(each) for each in mapped]
    _refuse_shared_graphs(turtle, tables)
    sources = sorted([*turtle, *tables], key=lambda source: source.path)
    refuse_literals([placed for source in sources for placed in _literals_of(source)])
    return tuple(sources)


def all_quads(sources: Iterable[SourceFile]) -> list[ox.Quad]:
    """Return the quads of all `sources`, in their order."""
    return [quad for source in sources for quad in source.quads]


def all_lines(sources: Iterable[SourceFile]) -> list[str]:
    """Return the canonical N-Quads of all `sources`, in code point order, each once."""
    found, unwritten = list[str](), list[ox.Quad]()
    for source in sources:
        if source.written:
            found += split_lines(source.written.decode("utf-8"))
        else:
            unwritten += source.quads
    found += canonical_lines(unwritten)
    found.sort()  # of runs that are sorted already
    return list(dict.fromkeys(found))


def read_turtle(path: Path, name: str, graph: ox.NamedNode) -> SourceFile:
    """Return the Turtle file at `path`, called `name`, as the quads of `graph`.

    Prefixes are those of `vocabulary`, blank nodes are refused: what has no name cannot be cited.
    """
    text, triples = parse_turtle(path, name)
    quads = tuple(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
    if any(_is_anonymous(quad) for quad in quads):
        line = line_of_blank_node(text)
        raise SourceError(
            f"{name}:{line} : nœud anonyme ; donnez-lui un nom (statement:…, place:…).",
            f"{name}:{line}: blank node; give it a name (statement:…, place:…).",
        )
    return SourceFile(name, graph, quads, text)


def _table_source(mapped: Mapped) -> SourceFile:
    """Return what a mapping constructed, under the path of the first table that it reads."""
    name, text = mapped.names[0], mapped.text
    return SourceFile(name, mapped.graph, mapped.quads, text, mapped.lines, mapped.written)


def _graph_of(name: str) -> ox.NamedNode:
    """Return the graph of a file.

    `data/contracts/x.ttl` fills `graph:contract/x`, `data/x.ttl` and all files of `data/x/` fill
    `graph:x`, `ontology/x.ttl` fills `graph:ontology/x`.
    """
    steps = name.removesuffix(".ttl").split("/")
    if all(_NAME.fullmatch(step) for step in steps) and _graph_name(*steps) not in RESERVED:
        return ox.NamedNode(PREFIXES["graph"] + _graph_name(*steps))
    raise SourceError(
        f"{name} : un nom de fichier est fait de minuscules sans accent, de chiffres et de traits "
        f"d’union, et n’est ni {' ni '.join(sorted(RESERVED))} ; renommez-le.",
        f"{name}: a file name is lower-case ASCII letters, digits and hyphens, "
        f"and neither {' nor '.join(sorted(RESERVED))}; rename it.",
    )


def _graph_name(room: str, first: str, *rest: str) -> str:
    """Return the name of the graph of a file, from the steps of its path."""
    if room == "ontology":
        return "/".join((room, first, *rest))
    return "/".join(("contract", *rest)) if first == "contracts" and rest else first


def _is_anonymous(quad: ox.Quad) -> bool:
    """Tell whether a quad holds anything but IRIs and literals: a blank node, a triple term."""
    return not isinstance(quad.subject, ox.NamedNode) or not isinstance(
        quad.object, ox.NamedNode | ox.Literal
    )


def _refuse_shared_graphs(turtle: list[SourceFile], tables: list[SourceFile]) -> None:
    """Refuse two files for one graph, but for those of one folder, and for tables."""
    owners: dict[ox.NamedNode, str] = {}
    for source in turtle:
        first = owners.setdefault(source.graph, source.path)
        if first != source.path and _folder(first) != _folder(source.path):
            _refuse_second_owner(source, first)
    for source in tables:
        if source.graph in owners:
            _refuse_second_owner(source, owners[source.graph])


def _folder(path: str) -> str:
    """Return the folder that holds `path`."""
    return path.rpartition("/")[0]


def _refuse_second_owner(source: SourceFile, first: str) -> NoReturn:
    raise SourceError(
        f"{source.path} : son graphe <{source.graph.value}> est déjà celui de {first} ; "
        "renommez l’un des deux fichiers.",
        f"{source.path}: its graph <{source.graph.value}> is already that of {first}; "
        "rename one of the two files.",
    )


def _literals_of(source: SourceFile) -> Iterable[tuple[str, str, ox.Literal]]:
    """Yield each literal with the path and the text of its file."""
    for quad in source.quads:
        value = quad.object
        if isinstance(value, ox.Literal):
            yield source.path, source.text, value
