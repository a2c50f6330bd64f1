"""The disk store holds what the N-Quads say, whether built anew or from the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats import disk
from contrats.disk import Before, write_store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

OLD = range(10, 40)
NEW = [*range(12, 40), 41, 99]


@pytest.fixture
def before(tmp_path: Path) -> Before:
    """Return a store of some lines, with its N-Quads."""
    canonical, store = write_lines(tmp_path / "old.nq", OLD), tmp_path / "old"
    digests = write_store(store, canonical, None)
    return Before(store, canonical, disk._sha256(canonical), digests)  # noqa: SLF001


def write_lines(path: Path, numbers: Iterable[int]) -> Path:
    lines = [f'<urn:{n % 7}> <urn:p> "é{n}" <urn:g{n % 2}> .\n' for n in numbers]
    path.write_text("".join(sorted(lines)), "utf-8")
    return path


def held(store: Path) -> set[ox.Quad]:
    return set(ox.Store.read_only(str(store)))


def stated(canonical: Path) -> set[ox.Quad]:
    return set(ox.parse(path=canonical, format=ox.RdfFormat.N_QUADS))


def test_a_store_takes_the_lines_that_changed(tmp_path: Path, before: Before) -> None:
    canonical = write_lines(tmp_path / "new.nq", NEW)

    digests = write_store(tmp_path / "new", canonical, before)

    assert held(tmp_path / "new") == stated(canonical)
    assert set(before.digests.values()) & set(digests.values()), "nothing of it was copied"
    assert held(before.store) == stated(before.canonical), "the release before has changed"


def test_a_store_made_from_one_can_be_the_one_before(tmp_path: Path, before: Before) -> None:
    second = write_lines(tmp_path / "second.nq", NEW)
    digests = write_store(tmp_path / "second", second, before)
    third = write_lines(tmp_path / "third.nq", OLD)
    sha256 = disk._sha256(second)  # noqa: SLF001

    write_store(tmp_path / "third", third, Before(tmp_path / "second", second, sha256, digests))

    assert held(tmp_path / "third") == stated(third)


@pytest.mark.parametrize("spoilt", ["a file changed", "a file gone", "other lines", "no lines"])
def test_a_store_that_is_not_as_it_was_written_is_not_used(
    tmp_path: Path, before: Before, spoilt: str
) -> None:
    canonical = write_lines(tmp_path / "new.nq", NEW)
    table = next(before.store.glob("*.sst"))
    if spoilt == "a file changed":
        table.write_bytes(table.read_bytes()[:-1] + b"x")
    elif spoilt == "a file gone":
        table.unlink()
    elif spoilt == "other lines":
        write_lines(before.canonical, range(10, 38))
    else:
        before.canonical.unlink()

    digests = write_store(tmp_path / "new", canonical, before)

    assert held(tmp_path / "new") == stated(canonical)
    assert not set(before.digests.values()) & (set(digests.values()) - empty(tmp_path / "new"))


def empty(store: Path) -> set[str]:
    """Return the hashes of files that any two stores share, such as CURRENT and IDENTITY."""
    return {disk._sha256(path) for path in store.iterdir() if path.suffix != ".sst"}  # noqa: SLF001


def test_many_changes_are_written_anew(
    tmp_path: Path, before: Before, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "MOST", 1)
    canonical = write_lines(tmp_path / "new.nq", NEW)

    write_store(tmp_path / "new", canonical, before)

    assert held(tmp_path / "new") == stated(canonical)
