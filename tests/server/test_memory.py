"""What a build remembers is whole, or is worked out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contrats.memory import Memory

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_kept_is_recalled(tmp_path: Path) -> None:
    Memory(tmp_path, "code").keep("findings", "key", "é\n".encode())

    assert Memory(tmp_path, "code").recall("findings", "key") == "é\n".encode()


def test_other_code_remembers_nothing_of_it(tmp_path: Path) -> None:
    Memory(tmp_path, "code").keep("findings", "key", b"kept")

    assert Memory(tmp_path, "other code").recall("findings", "key") is None


def test_a_damaged_file_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    memory = Memory(tmp_path, "code")
    memory.keep("findings", "key", b"kept")
    (file,) = tmp_path.iterdir()
    for damaged in (file.read_bytes()[:-1], b"", b"\xff" * 80):
        file.write_bytes(damaged)

        assert memory.recall("findings", "key") is None


def test_what_was_not_used_is_forgotten(tmp_path: Path) -> None:
    Memory(tmp_path, "code").keep("findings", "old", b"old")
    memory = Memory(tmp_path, "code")
    memory.keep("findings", "new", b"new")

    memory.forget()

    assert memory.recall("findings", "old") is None
    assert memory.recall("findings", "new") == b"new"


def test_without_a_folder_nothing_is_remembered() -> None:
    memory = Memory()
    memory.keep("findings", "key", b"kept")

    assert memory.recall("findings", "key") is None
