"""A release is whole, the same bytes each time, and switched to in one step."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from contrats.errors import InvalidDataError, ReleaseError
from contrats.release import build, check_release, open_release
from contrats.rooms import find_rooms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# A build that stops in the middle, once all its other files are written, until it is killed.
SLOW_BUILD = """
import sys, time
from pathlib import Path
from contrats.release import build
from contrats.rooms import find_rooms

def wait(folder, quads):
    (folder / "waiting").touch()
    time.sleep(60)

build(find_rooms(Path(sys.argv[1])), Path(sys.argv[2]), [wait])
"""


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file of a release, the disk store left out."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    names = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: content for name, content in names.items() if not name.startswith("store/")}


def break_data(root: Path) -> None:
    path = root / "data" / "contracts" / "here-2019.ttl"
    path.write_text(path.read_text("utf-8").replace("dcterms:title", "dcterms:titel"), "utf-8")


def change_data(root: Path) -> None:
    path = root / "data" / "contracts" / "here-2019.ttl"
    path.write_text(path.read_text("utf-8").replace("d’ici", "de là"), "utf-8")


def test_two_builds_are_the_same_bytes(small: Path, tmp_path: Path) -> None:
    first = build(find_rooms(small), tmp_path / "one")
    second = build(find_rooms(small), tmp_path / "two")

    assert first.name == second.name
    assert files_of(first) == files_of(second)


def test_two_builds_in_processes_of_their_own_are_the_same_bytes(
    small: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "contrats", "build", "--rooms", str(small), "--releases"]
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([*command, str(tmp_path / seed)], check=True, env=environment)

    assert files_of(tmp_path / "1" / "current") == files_of(tmp_path / "2" / "current")


def test_a_release_holds_all_its_forms(small: Path, tmp_path: Path) -> None:
    folder = build(find_rooms(small), tmp_path / "releases")

    names = sorted(files_of(folder))
    assert [name for name in names if not name.startswith("dumps/")] == [
        "catalogue.ttl",
        "contrats.nq",
        "manifest.json",
        "report.ttl",
        "void.ttl",
    ]
    forms = ("csv", "jsonld", "nq", "nt", "rdf", "trig", "ttl")
    assert [name for name in names if name.startswith("dumps/contrats.")] == sorted(
        ["dumps/contrats.xlsx", *(f"dumps/contrats.{f}{gz}" for f in forms for gz in ("", ".gz"))]
    )
    assert [name for name in names if name.startswith("dumps/contract/")] == sorted(
        f"dumps/contract/here-{year}.{form}" for year in (2012, 2019) for form in (*forms, "xlsx")
    )


def test_the_disk_store_holds_what_the_canonical_file_says(small: Path, tmp_path: Path) -> None:
    folder = build(find_rooms(small), tmp_path / "releases")

    stored = set(ox.Store.read_only(str(folder / "store")))

    assert stored == set(ox.parse(path=folder / "contrats.nq"))


def test_the_manifest_names_each_file_and_each_graph(small: Path, tmp_path: Path) -> None:
    folder = build(find_rooms(small), tmp_path / "releases")

    manifest = json.loads((folder / "manifest.json").read_bytes())

    files = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    expected = {n: hashlib.sha256(c).hexdigest() for n, c in files_of(folder).items()}
    assert files == {name: digest for name, digest in expected.items() if name != "manifest.json"}
    lines = (folder / "contrats.nq").read_bytes().splitlines(keepends=True)
    for entry in manifest["graphs"]:
        own = [line for line in lines if line.endswith(f"<{entry['graph']}> .\n".encode())]
        assert (len(own), hashlib.sha256(b"".join(own)).hexdigest()) == (
            entry["quads"],
            entry["sha256"],
        )
    assert sum(entry["quads"] for entry in manifest["graphs"]) == len(lines)


def test_nothing_in_a_release_tells_where_it_was_built(small: Path, tmp_path: Path) -> None:
    folder = build(find_rooms(small), tmp_path / "releases")

    assert not [n for n, content in files_of(folder).items() if str(tmp_path).encode() in content]


def test_the_release_is_named_for_its_version_and_its_manifest(small: Path, tmp_path: Path) -> None:
    folder = build(find_rooms(small), tmp_path / "releases")

    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert folder.name == f"2026-01-02-{digest[:12]}"


def test_the_current_release_can_be_opened(small: Path, tmp_path: Path) -> None:
    folder = build(find_rooms(small), tmp_path / "releases")

    release = open_release(tmp_path / "releases")

    assert (release.identifier, release.version) == (folder.name, "2026-01-02")
    assert release.issued == "2026-01-02"
    assert release.path("dumps/contrats.ttl").is_file()


def test_a_writer_adds_a_file_to_the_manifest(small: Path, tmp_path: Path) -> None:
    def write(folder: Path, quads: Sequence[ox.Quad]) -> None:
        (folder / "count.txt").write_text(str(len(quads)))

    folder = build(find_rooms(small), tmp_path / "releases", [write])

    assert "count.txt" in [entry.path for entry in check_release(folder).manifest.files]


def test_a_build_of_nothing_new_does_nothing(small: Path, tmp_path: Path) -> None:
    first = build(find_rooms(small), tmp_path / "releases")
    before = first.stat().st_mtime_ns, (first / "contrats.nq").stat().st_ino

    second = build(find_rooms(small), tmp_path / "releases")

    assert (second.stat().st_mtime_ns, (second / "contrats.nq").stat().st_ino) == before


def test_a_build_of_something_new_keeps_the_release_before(small: Path, tmp_path: Path) -> None:
    first = build(find_rooms(small), tmp_path / "releases")
    change_data(small)

    second = build(find_rooms(small), tmp_path / "releases")

    assert first != second
    assert check_release(first).identifier == first.name
    assert open_release(tmp_path / "releases").identifier == second.name


def test_going_back_to_data_of_before_switches_back(small: Path, tmp_path: Path) -> None:
    original = (small / "data" / "contracts" / "here-2019.ttl").read_bytes()
    first = build(find_rooms(small), tmp_path / "releases")
    change_data(small)
    build(find_rooms(small), tmp_path / "releases")
    (small / "data" / "contracts" / "here-2019.ttl").write_bytes(original)

    third = build(find_rooms(small), tmp_path / "releases")

    assert third == first
    assert open_release(tmp_path / "releases").identifier == first.name


def test_a_violation_leaves_the_last_release(small: Path, tmp_path: Path) -> None:
    folder = build(find_rooms(small), tmp_path / "releases")
    before = files_of(folder)
    break_data(small)

    with pytest.raises(InvalidDataError):
        build(find_rooms(small), tmp_path / "releases")

    assert open_release(tmp_path / "releases").identifier == folder.name
    assert files_of(folder) == before
    assert not (tmp_path / "releases" / ".building").exists()


def test_a_killed_build_leaves_the_last_release_and_is_cleaned_up(
    small: Path, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    folder = build(find_rooms(small), releases)
    change_data(small)
    killed = subprocess.Popen([sys.executable, "-c", SLOW_BUILD, str(small), str(releases)])
    wait_for(releases / ".building" / "waiting", killed)

    killed.send_signal(signal.SIGKILL)
    killed.wait()

    assert (releases / ".building" / "contrats.nq").is_file()
    assert open_release(releases).identifier == folder.name
    after = build(find_rooms(small), releases)
    assert open_release(releases).identifier == after.name != folder.name
    assert not (releases / ".building").exists()


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while not path.exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("contrats.nq", "absent"),
        ("dumps/contrats.ttl", "absent"),
        ("manifest.json", "absent"),
    ],
)
def test_a_release_that_lacks_a_file_is_refused(
    small: Path, tmp_path: Path, name: str, words: str
) -> None:
    folder = build(find_rooms(small), tmp_path / "releases")
    (folder / name).unlink()

    with pytest.raises(ReleaseError) as caught:
        open_release(tmp_path / "releases")

    assert name in caught.value.fr
    assert words in caught.value.fr
    assert "\n" not in caught.value.fr


@pytest.mark.parametrize("name", ["contrats.nq", "manifest.json"])
def test_a_release_with_another_byte_is_refused(small: Path, tmp_path: Path, name: str) -> None:
    folder = build(find_rooms(small), tmp_path / "releases")
    content = bytearray((folder / name).read_bytes())
    content[10] ^= 1
    (folder / name).write_bytes(content)

    with pytest.raises(ReleaseError, match=name):
        open_release(tmp_path / "releases")


def test_a_damaged_release_is_made_again(small: Path, tmp_path: Path) -> None:
    folder = build(find_rooms(small), tmp_path / "releases")
    (folder / "contrats.nq").unlink()

    again = build(find_rooms(small), tmp_path / "releases")

    assert again == folder
    assert check_release(again).version == "2026-01-02"


def test_a_folder_without_a_release_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="aucune publication ; faites-en une"):
        open_release(tmp_path)


def test_a_current_that_leads_nowhere_is_told(small: Path, tmp_path: Path) -> None:
    shutil.rmtree(build(find_rooms(small), tmp_path / "releases"))

    with pytest.raises(ReleaseError, match="aucune publication"):
        open_release(tmp_path / "releases")
