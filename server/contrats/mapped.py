"""What the mappings gave of their tables, remembered as long as neither changes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.canonical import canonical_lines, join_lines
from contrats.mapping import Mapped, find_tables, read_mapping, run_mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    from contrats.mapping import Mapping
    from contrats.memory import Memory
    from contrats.rooms import Rooms

    Take: TypeAlias = Callable[[bytes], object]

_NAME = "table"


def map_tables(rooms: Rooms, memory: Memory, take: Take) -> list[Mapped]:
    """Return what each mapping constructs, in the order of their names.

    `take` is given each as N-Triples, as soon as they are known: before they are taken to pieces.
    """
    mappings = sorted((rooms.queries / "tables").glob("*.rq"))
    return [_map(read_mapping(path), rooms.data, memory, take) for path in mappings]


def _map(mapping: Mapping, data: Path, memory: Memory, take: Take) -> Mapped:
    """Return what `mapping` constructs, by running it when it or a table has changed."""
    key = _key(mapping, data)
    kept = memory.recall(_NAME, key)
    if kept is not None:
        return _read(kept, mapping, take)
    mapped = run_mapping(mapping, data)
    mapped = replace(mapped, written=join_lines(canonical_lines(mapped.quads)))
    memory.keep(_NAME, key, _write(mapped))
    take(_triples(mapped.written, mapping))
    return mapped


def _key(mapping: Mapping, data: Path) -> str:
    """Return the SHA-256 of all that decides what a mapping gives."""
    digest = hashlib.sha256(f"{mapping.name}\n{mapping.text}".encode())
    for name, path, form in find_tables(mapping, data):
        content = path.read_bytes()
        digest.update(f"\n{name} {form} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _write(mapped: Mapped) -> bytes:
    """Return `mapped` as a line of JSON, then its quads."""
    said = {"names": mapped.names, "text": mapped.text, "lines": mapped.lines}
    return json.dumps(said).encode() + b"\n" + mapped.written


def _triples(quads: bytes, mapping: Mapping) -> bytes:
    """Return `quads`, canonical N-Quads of one graph, as N-Triples."""
    return quads.replace(f" <{mapping.graph.value}> .\n".encode(), b" .\n")


def _read(content: bytes, mapping: Mapping, take: Take) -> Mapped:
    head, _, quads = content.partition(b"\n")
    take(_triples(quads, mapping))
    said = json.loads(head)
    return Mapped(
        graph=mapping.graph,
        names=tuple(said["names"]),
        text=said["text"],
        quads=tuple(ox.parse(quads, format=ox.RdfFormat.N_QUADS)),
        lines=said["lines"],
        written=quads,
    )
