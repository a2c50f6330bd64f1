"""What a build remembers changes how long the next one takes, never what it gives."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats import assembly, mapped, validation
from contrats.core import judge
from contrats.errors import WorkerError
from contrats.mapping import run_mapping
from contrats.release import build, check
from contrats.rooms import find_rooms
from contrats.search import write_index

if TYPE_CHECKING:
    from pathlib import Path

    from contrats.core import Task
    from contrats.mapping import Mapped, Mapping
    from contrats.report import Finding

HERE = "data/contracts/here-2019.ttl"


def change(root: Path, old: str, new: str, name: str = HERE) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def files_of(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    names = {path: path.relative_to(folder) for path in paths}
    return {n.as_posix(): p.read_bytes() for p, n in names.items() if n.parts[0] != "store"}


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which files pySHACL is asked about."""
    names: list[str] = []

    def note(shapes: bytes, task: Task) -> tuple[Finding, ...]:
        names.append(task.name)
        return judge(shapes, task)

    monkeypatch.setattr(validation, "judge", note)
    return names


def test_only_the_contract_that_changed_is_judged_again(
    small: Path, tmp_path: Path, judged: list[str]
) -> None:
    build(find_rooms(small), tmp_path / "releases")
    assert HERE in judged
    judged.clear()
    change(small, "d’ici 2019-2023", "d’ici 2019–2023")

    build(find_rooms(small), tmp_path / "releases")

    assert judged == [HERE]


def test_a_contract_is_judged_again_when_another_no_longer_points_to_it(
    small: Path, tmp_path: Path, judged: list[str]
) -> None:
    build(find_rooms(small), tmp_path / "releases")
    judged.clear()
    change(small, " ;\n    cls:succeeds contract:here-2012 .", " .")

    build(find_rooms(small), tmp_path / "releases")

    assert "data/contracts/here-2012.ttl" in judged


@pytest.mark.parametrize("processes", [False, True])
def test_a_rebuild_gives_the_bytes_of_a_first_build(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, processes: bool
) -> None:
    if processes:
        monkeypatch.setattr(assembly, "LITTLE", 0)
        monkeypatch.setattr(validation, "LITTLE", 0)
    build(find_rooms(small), tmp_path / "releases", [write_index])
    change(small, "d’ici 2019-2023", "d’ici 2019–2023")

    again = build(find_rooms(small), tmp_path / "releases", [write_index])
    first = build(find_rooms(small), tmp_path / "others", [write_index])

    assert files_of(again) == files_of(first)
    for folder in (again, first):
        store = set(ox.Store.read_only(str(folder / "store")))
        assert store == set(ox.parse(path=folder / "contrats.nq"))


def test_findings_are_remembered_with_all_that_is_told_of_them(small: Path, tmp_path: Path) -> None:
    rooms, releases = find_rooms(small), tmp_path / "releases"
    change(small, "    cls:generation 2 ;\n", "")
    first = build(rooms, releases)
    report = (first / "report.ttl").read_bytes()
    assert b"ValidationResult" in report
    (small / HERE).write_text((small / HERE).read_text("utf-8") + "# a remark\n", "utf-8")

    again = build(rooms, releases)

    assert (again / "report.ttl").read_bytes() == report


@pytest.mark.parametrize("damage", ["cut", "emptied", "removed", "other bytes", "of a folder"])
def test_a_damaged_memory_changes_nothing(small: Path, tmp_path: Path, damage: str) -> None:
    rooms, releases = find_rooms(small), tmp_path / "releases"
    build(rooms, releases)
    for path in sorted((releases / ".cache").iterdir()):
        content = path.read_bytes()
        path.unlink()
        if damage == "cut":
            path.write_bytes(content[:-1])
        elif damage == "emptied":
            path.write_bytes(b"")
        elif damage == "other bytes":
            path.write_bytes(json.dumps({"damage": 1}).encode())
        elif damage == "of a folder":
            path.mkdir()
            shutil.rmtree(path)
    change(small, "d’ici 2019-2023", "d’ici 2019–2023")

    again = build(rooms, releases)

    assert files_of(again) == files_of(build(rooms, tmp_path / "others"))


def test_a_table_is_read_again_only_when_it_changed(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []

    def note(mapping: Mapping, data: Path) -> Mapped:
        names.append(mapping.name)
        return run_mapping(mapping, data)

    monkeypatch.setattr(mapped, "run_mapping", note)
    rooms, releases = find_rooms(small), tmp_path / "releases"
    build(rooms, releases)
    change(small, "d’ici 2019-2023", "d’ici 2019–2023")
    build(rooms, releases)
    assert names == ["queries/tables/themes.rq"]
    change(small, "sante-mentale|vaccination", "sante-mentale", "data/themes.csv")

    again = build(rooms, releases)

    assert names == ["queries/tables/themes.rq"] * 2
    assert files_of(again) == files_of(build(rooms, tmp_path / "others"))


def test_what_no_build_uses_any_more_is_removed(small: Path, tmp_path: Path) -> None:
    rooms, releases = find_rooms(small), tmp_path / "releases"
    build(rooms, releases)
    kept = len(list((releases / ".cache").iterdir()))

    for year in range(2023, 2027):
        change(small, f"2019-{year}", f"2019-{year + 1}")
        build(rooms, releases)

    # The build before also left how its disk store was written.
    assert len(list((releases / ".cache").iterdir())) == kept + 1


def test_a_process_that_fails_is_one_message_and_the_last_release_stays(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms, releases = find_rooms(small), tmp_path / "releases"
    first = build(rooms, releases)
    change(small, "d’ici 2019-2023", "d’ici 2019–2023")
    monkeypatch.setattr(assembly, "LITTLE", 0)
    monkeypatch.setattr(validation, "LITTLE", 0)
    monkeypatch.setattr(validation, "judge", exit)

    with pytest.raises(WorkerError, match=HERE):
        build(rooms, releases)

    assert (releases / "current").resolve() == first.resolve()
    assert not (releases / ".building").exists()


def test_checking_alone_gives_the_same_report(small: Path, tmp_path: Path) -> None:
    change(small, "    cls:generation 2 ;\n", "")
    folder = build(find_rooms(small), tmp_path / "releases")

    _, report = check(find_rooms(small))

    published = (folder / "report.ttl").read_text("utf-8")
    assert published.count("a sh:ValidationResult") == len(report.findings) > 0
