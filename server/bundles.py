"""The build hook that brings what others made: fetched by npm, and kept if it is as pinned."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PINS: Final = "server/bundles.toml"
VENDOR: Final = "server/contrats/web/static/vendor"
_STAMP: Final = "stamp.txt"
_LARGEST: Final = 8 * 1024 * 1024
"""Bytes of one file of a bundle; more is no bundle of ours."""


class Pin(NamedTuple):
    """A package, the SHA-512 of its archive as npm writes it, and the files that are kept.

    They lie in `folder` of the vendor folder; fetching them may take `seconds`. `fr` and `en` say
    what it is for, the others what a page does without it. No dataclass: hatchling loads this file
    outside of all modules.
    """

    folder: str
    package: str
    version: str
    integrity: str
    files: tuple[str, ...]
    seconds: int
    fr: str
    en: str
    without_fr: str
    without_en: str


class BundleError(Exception):
    """Why a bundle is not there, in both languages; the build goes on without it."""

    def __init__(self, fr: str, en: str) -> None:
        """Keep both sentences."""
        super().__init__(fr, en)
        self.fr = fr
        self.en = en


class BundleHook(BuildHookInterface[BuilderConfig]):
    """Bring the bundles before a wheel is made, editable or not, and have the wheel carry them."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- as its parent
        """Bring what `server/bundles.toml` pins, or say on stderr what is not there and why."""
        root = Path(self.root)
        build_data["artifacts"].append(f"/{VENDOR}/")
        pins = read_pins(root / PINS)
        clear(pins, root / VENDOR)
        for pin in pins:
            try:
                bring(pin, root / VENDOR / pin.folder)
            except BundleError as error:
                sys.stderr.write(f"{error.fr}\n{error.en}\n")


def read_pins(path: Path) -> tuple[Pin, ...]:
    """Return what the file `path` pins."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Pin(**(each | {"files": tuple(each["files"])})) for each in said["bundle"])


def clear(pins: Iterable[Pin], vendor: Path) -> None:
    """Remove from the folder `vendor` all that is of none of `pins`."""
    kept = {pin.folder for pin in pins}
    for path in vendor.iterdir() if vendor.is_dir() else ():
        if not path.is_dir():
            path.unlink()
        elif path.name not in kept:
            shutil.rmtree(path)


def bring(pin: Pin, vendor: Path) -> None:
    """Have the files of `pin`, and nothing else, in the folder `vendor`, or raise `BundleError`."""
    if _is_there(pin, vendor):
        return
    shutil.rmtree(vendor, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        archive = _fetch(pin, Path(folder))
        _check(pin, archive.read_bytes())
        files = _extract(pin, archive)
    vendor.mkdir(parents=True)
    for name, content in files.items():
        (vendor / name).write_bytes(content)
    (vendor / _STAMP).write_text(_stamp(pin, files), encoding="utf-8")


def _is_there(pin: Pin, vendor: Path) -> bool:
    """Tell whether `vendor` holds the files of `pin` as they were extracted."""
    kept = {_name(file): vendor / _name(file) for file in pin.files}
    if not all(path.is_file() for path in (vendor / _STAMP, *kept.values())):
        return False
    found = {name: path.read_bytes() for name, path in kept.items()}
    return (vendor / _STAMP).read_text(encoding="utf-8") == _stamp(pin, found)


def _stamp(pin: Pin, files: Mapping[str, bytes]) -> str:
    """Return what tells these files from any others: the archive's hash, and that of each."""
    hashes = (f"{hashlib.sha512(files[name]).hexdigest()}  {name}" for name in sorted(files))
    return "\n".join((f"{pin.package}@{pin.version} {pin.integrity}", *hashes, ""))


def _fetch(pin: Pin, folder: Path) -> Path:
    """Return the archive of `pin`, which npm puts into `folder`."""
    npm = shutil.which("npm")
    if npm is None:
        raise _absent(
            pin,
            "npm est introuvable ; installez npm, puis refaites la construction",
            "npm was not found; install npm, then build again",
        )
    journal = folder / "npm.txt"
    try:
        _pack(npm, pin, folder, journal)
        return next(folder.glob("*.tgz"))
    except subprocess.TimeoutExpired as fault:
        why = f"{pin.seconds} s"
        raise _unanswered(pin, f"rien en {why}", f"nothing in {why}") from fault
    except (OSError, subprocess.SubprocessError, StopIteration) as fault:
        lines = journal.read_text(encoding="utf-8", errors="replace").splitlines()
        why = next((line for line in lines if line.strip()), str(fault))[:120]
        raise _unanswered(pin, why, why) from fault


def _pack(npm: str, pin: Pin, folder: Path, journal: Path) -> None:
    """Have `npm` put the archive into `folder`, and what it complains of into `journal`."""
    spec = f"{pin.package}@{pin.version}"
    command = [npm, "pack", spec, "--ignore-scripts", "--fetch-retries=0", "--loglevel=error"]
    with journal.open("wb") as said:
        subprocess.run(  # noqa: S603 -- npm, and what we pin
            command, cwd=folder, timeout=pin.seconds, check=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=said,
        )  # fmt: skip


def _check(pin: Pin, archive: bytes) -> None:
    """Refuse an archive that is not, to the bit, the one that was pinned."""
    found = f"sha512-{base64.b64encode(hashlib.sha512(archive).digest()).decode()}"
    if found != pin.integrity:
        raise _absent(
            pin,
            f"ATTENTION, L’ARCHIVE REÇUE N’EST PAS CELLE ATTENDUE : empreinte {found} au lieu de "
            f"{pin.integrity} ({PINS}) ; rien n’en a été extrait ; cherchez d’où elle vient",
            f"WARNING, THE ARCHIVE RECEIVED IS NOT THE ONE EXPECTED: hash {found} instead of "
            f"{pin.integrity} ({PINS}); nothing was extracted; find out where it comes from",
        )


def _extract(pin: Pin, archive: Path) -> dict[str, bytes]:
    """Return the files of `pin` by their last name: regular ones, so no path leads elsewhere."""
    found: dict[str, bytes] = {}
    with tarfile.open(archive, mode="r:gz") as opened:
        for member in opened:
            file = member.name.removeprefix("package/")
            if member.isreg() and file in pin.files and member.size <= _LARGEST:
                content = opened.extractfile(member)
                found[_name(file)] = content.read() if content else b""
    missing = ", ".join(file for file in pin.files if _name(file) not in found)
    if missing:
        raise _absent(
            pin,
            f"l’archive ne contient pas {missing} ; corrigez « files » dans {PINS}",
            f'the archive does not hold {missing}; correct "files" in {PINS}',
        )
    return found


def _name(file: str) -> str:
    return file.rpartition("/")[2]


def _absent(pin: Pin, fr: str, en: str) -> BundleError:
    return BundleError(
        f"{pin.fr} ({pin.package} {pin.version}) non installé : {fr}. En attendant, "
        f"{pin.without_fr}.",
        f"{pin.en} ({pin.package} {pin.version}) not installed: {en}. Until then {pin.without_en}.",
    )


def _unanswered(pin: Pin, fr: str, en: str) -> BundleError:
    return _absent(
        pin,
        f"npm n’a pas pu le prendre ({fr}) ; vérifiez le réseau, puis refaites la construction",
        f"npm could not fetch it ({en}); check the network, then build again",
    )
