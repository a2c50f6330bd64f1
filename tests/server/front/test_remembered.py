"""Responses are kept in memory for a while, and on disk when anyone may ask for them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats.front.archive import open_archive
from contrats.front.remembered import Memory, Remembered, key_of, open_memory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from contrats.front.remembered import Key

PART = st.binary(max_size=40)


def key(path: str, fields: bytes = b"") -> Key:
    found = key_of({"method": "GET", "path": path, "query_string": fields, "headers": []})
    assert found is not None
    return found


def page(body: bytes, *, counted: bool = False) -> Remembered:
    return Remembered(((b"etag", b'"1"'), (b"vary", b"Accept")), body, b'"1"', counted)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    opened = open_memory(tmp_path, 40_000, 10_000)
    yield opened
    opened.close()


def push_out(memory: Memory) -> None:
    """Have memory give its place to others."""
    for number in range(40):
        memory.recent.keep(number, page(b"x"), 4_000)


def test_what_memory_had_no_room_for_is_read_again(memory: Memory) -> None:
    memory.keep(key("/a"), page(b"text"))

    push_out(memory)

    assert memory.recent.find(key("/a")) is None
    assert memory.find(key("/a")) == page(b"text")
    assert memory.recent.find(key("/a")) == page(b"text")


@pytest.mark.parametrize(
    ("fields", "counted"), [(b"page=2", False), (b"", True)], ids=["fields", "a query"]
)
def test_what_anyone_can_ask_for_without_end_is_not_kept_on_disk(
    memory: Memory, fields: bytes, *, counted: bool
) -> None:
    memory.keep(key("/a", fields), page(b"text", counted=counted))

    push_out(memory)

    assert memory.find(key("/a", fields)) is None


def test_a_full_archive_keeps_what_it_has(tmp_path: Path) -> None:
    archive = open_archive(tmp_path, 10)
    archive.keep("a", [b"12345678"])

    archive.keep("b", [b"123"])
    archive.keep("a", [b"9"])

    assert archive.find("a") == [b"12345678"]
    assert archive.find("b") is None
    archive.close()
    assert archive.find("a") is None
    assert not list(tmp_path.iterdir())


@given(st.dictionaries(st.text(), st.lists(PART)))
def test_each_record_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, records: dict[str, list[bytes]]
) -> None:
    archive = open_archive(tmp_path_factory.getbasetemp(), 100_000)
    for name, parts in records.items():
        archive.keep(name, parts)

    assert {name: archive.find(name) for name in records} == records
    archive.close()
