"""The hook that brings what others made: with npm, without it, and when the bytes differ."""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from contrats.web.editor import BUNDLE as EDITOR
from contrats.web.outlines import BUNDLE as OUTLINES

SERVER = Path(__file__).parents[2] / "server"
VENDOR = "server/contrats/web/static/vendor"
BUNDLE = {"package/build/a.js": b"let a", "package/build/a.css": b"a {}", "package/other.js": b"b"}
PINS = """\
[[bundle]]
folder = "{folder}"
package = "bundle"
version = "1.0.0"
integrity = "{integrity}"
files = ["build/a.js", "build/a.css"]
seconds = 2
fr = "Bulle SPARQL"
en = "SPARQL bubble"
without_fr = "rien ne bouge"
without_en = "nothing moves"
"""
PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "contrats"
version = "0"

[tool.hatch.build.targets.wheel]
packages = ["server/contrats"]

[tool.hatch.build.targets.wheel.hooks.custom]
path = "server/bundles.py"
"""

pytestmark = pytest.mark.skipif(
    not (SERVER / "bundles.py").is_file(), reason="there is no checkout to look at"
)


class Yard:
    """A small project with our hook, where `npm` is what a test makes of it."""

    def __init__(self, root: Path) -> None:
        """Lay out the project in `root`, under version control as ours is."""
        self.root = root
        self.bin = root / "bin"
        package = root / "server" / "contrats"
        for folder in (package, self.bin):
            folder.mkdir(parents=True)
        (package / "__init__.py").touch()
        (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
        (root / ".gitignore").write_text(f"{VENDOR}/\n", encoding="utf-8")
        (root / "server/bundles.py").write_bytes((SERVER / "bundles.py").read_bytes())
        self.pin(archive_of(BUNDLE))

    def pin(self, archive: bytes, *others: bytes) -> None:
        """Pin the bytes of `archive`, in the folder `0`, and of the others in those after it."""
        text = "".join(
            PINS.format(integrity=f"sha512-{base64.b64encode(digest).decode()}", folder=folder)
            for folder, digest in enumerate(hashlib.sha512(a).digest() for a in (archive, *others))
        )
        (self.root / "server/bundles.toml").write_text(text, encoding="utf-8")

    def npm(self, archive: bytes, before: str = "") -> None:
        """Have npm pack `archive`, after the command `before`."""
        (self.root / "archive").write_bytes(archive)
        script = f"#!/bin/sh\n{before}\n/bin/cp {self.root}/archive bundle-1.0.0.tgz\n"
        (self.bin / "npm").write_text(script, encoding="utf-8")
        (self.bin / "npm").chmod(0o755)

    def build(self) -> tuple[set[str], str]:
        """Return what the wheel holds of the bundle, and what was said; the build ends well."""
        done = subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", self.root / "dist"],
            cwd=self.root, env={"PATH": str(self.bin)}, capture_output=True, check=False,
            encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        with zipfile.ZipFile(next((self.root / "dist").glob("*.whl"))) as wheel:
            names = [name for name in wheel.namelist() if "/vendor/" in name]
        said = [line for line in done.stderr.splitlines() if "SPARQL" in line]
        return {name.rpartition("/")[2] for name in names}, "\n".join(said)


def archive_of(files: dict[str, bytes]) -> bytes:
    """Return an archive of `files`."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return written.getvalue()


@pytest.fixture
def yard(tmp_path: Path) -> Yard:
    return Yard(tmp_path)


def test_the_wheel_carries_the_files_that_are_wanted_of_the_bundle(yard: Yard) -> None:
    yard.npm(archive_of(BUNDLE))

    carried, said = yard.build()

    assert carried == {"a.js", "a.css", "stamp.txt"}
    assert (yard.root / VENDOR / "0" / "a.js").read_bytes() == b"let a"
    assert said == ""


def test_a_bundle_that_is_there_is_not_fetched_again(yard: Yard) -> None:
    yard.npm(archive_of(BUNDLE))
    yard.build()
    (yard.bin / "npm").unlink()

    carried, said = yard.build()

    assert carried == {"a.js", "a.css", "stamp.txt"}
    assert said == ""


def test_a_bundle_that_was_touched_is_fetched_again(yard: Yard) -> None:
    yard.npm(archive_of(BUNDLE))
    yard.build()
    (yard.root / VENDOR / "0" / "a.js").write_bytes(b"let evil")

    yard.build()

    assert (yard.root / VENDOR / "0" / "a.js").read_bytes() == b"let a"


def test_what_is_pinned_is_what_the_page_looks_for() -> None:
    pinned = tomllib.loads((SERVER / "bundles.toml").read_text(encoding="utf-8"))["bundle"]

    files = {f"vendor/{pin['folder']}/{Path(file).name}" for pin in pinned for file in pin["files"]}

    assert files >= {*EDITOR, OUTLINES}


def test_without_npm_the_build_says_so_in_both_languages_and_goes_on(yard: Yard) -> None:
    carried, said = yard.build()

    french, english = said.splitlines()
    assert carried == set()
    assert "npm est introuvable" in french
    assert "npm was not found" in english


@pytest.mark.parametrize(
    ("before", "why"),
    [
        ("echo 'npm error code ENOTFOUND' >&2; exit 1", "npm error code ENOTFOUND"),
        ("exec /bin/sleep 30", "2 s"),
    ],
    ids=["no-network", "no-answer"],
)
def test_without_an_answer_the_build_says_so_and_goes_on(yard: Yard, before: str, why: str) -> None:
    yard.npm(archive_of(BUNDLE), before)

    carried, said = yard.build()

    assert carried == set()
    assert len(said.splitlines()) == 2
    assert why in said


def test_of_an_archive_with_another_hash_nothing_is_extracted(yard: Yard) -> None:
    yard.npm(archive_of(BUNDLE | {"package/build/a.js": b"let evil"}))

    carried, said = yard.build()

    assert carried == set()
    assert not list((yard.root / VENDOR).rglob("*"))
    assert "ATTENTION, L’ARCHIVE REÇUE N’EST PAS CELLE ATTENDUE" in said
    assert "WARNING, THE ARCHIVE RECEIVED IS NOT THE ONE EXPECTED" in said


def test_a_bundle_that_is_no_longer_the_pinned_one_is_taken_away(yard: Yard) -> None:
    yard.npm(archive_of(BUNDLE))
    yard.build()
    yard.pin(b"another version")

    carried, _ = yard.build()

    assert carried == set()


def test_one_bundle_is_brought_though_another_is_not(yard: Yard) -> None:
    archive = archive_of(BUNDLE)
    yard.npm(archive)
    yard.pin(b"another archive", archive)

    carried, said = yard.build()

    assert carried == {"a.js", "a.css", "stamp.txt"}
    assert (yard.root / VENDOR / "1" / "a.js").is_file()
    assert len(said.splitlines()) == 2
    assert "rien ne bouge" in said
    assert "nothing moves" in said


def test_what_no_pin_names_is_taken_away(yard: Yard) -> None:
    yard.npm(archive_of(BUNDLE))
    for name in ("left.js", "old/left.js"):
        path = yard.root / VENDOR / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    carried, _ = yard.build()

    assert carried == {"a.js", "a.css", "stamp.txt"}
    assert [path.name for path in (yard.root / VENDOR).iterdir()] == ["0"]


@pytest.mark.parametrize(
    "member", ["package/../../build/a.js", "/build/a.js", "build/../build/a.js"]
)
def test_no_path_of_an_archive_leads_elsewhere(yard: Yard, member: str) -> None:
    hostile = archive_of({member: b"let evil", "package/build/a.css": b"a {}"})
    yard.pin(hostile)
    yard.npm(hostile)

    carried, said = yard.build()

    assert carried == set()
    assert "build/a.js" in said
    assert not list(yard.root.rglob("a.js"))
