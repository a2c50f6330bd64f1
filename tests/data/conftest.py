"""A small copy of the rooms, whole in itself: some contracts and all that they refer to."""

from __future__ import annotations

import csv
import re
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from contrats.memory import Memory
from contrats.rooms import find_rooms
from contrats.running import Running

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEPT: Final = (
    "auxois-morvan-2016",
    "beauvaisis-2024",
    "chambery-2015",
    "cornouaille-2023",
    "fleury-merogis-2023",
    "les-mureaux-2012",
    "les-mureaux-2019",
    "les-mureaux-2025",
    "marseille-2024",
    "matoury-2019",
    "valence-2012",
    "valence-2019",
)
"""Three that follow one another, two of which sources disagree, complete lists and open ones."""


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the four rooms, cut to what the contracts of `KEPT` refer to."""
    root = tmp_path_factory.mktemp("few")
    rooms = find_rooms()
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(getattr(rooms, name), root / name)
    shutil.copytree(rooms.data, root / "data", ignore=_leave_out)
    _cut_groups(root / "data")
    _cut_communes(root / "data")
    _cut_rows(root / "data" / "classification.csv", _is_of_kept_contract)
    _cut_rows(root / "data" / "alignments.sssom.tsv", _is_aligned_here)
    return root


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Running:
    """Return how copies of `few` are validated: what is alike in several is judged once."""
    return Running(Memory(tmp_path_factory.mktemp("memory")))


def _leave_out(folder: str, names: list[str]) -> set[str]:
    """Return the files of `folder` that are not copied: the contracts that are not kept."""
    if not folder.endswith("contracts"):
        return set()
    return {name for name in names if name.removesuffix(".ttl") not in KEPT}


def _cut_groups(data: Path) -> None:
    """Leave only the groups of territories that a contract has as its territory."""
    path = data / "territory-groups.ttl"
    head, *blocks = path.read_text("utf-8").split("\n\nterritory:")
    contracts = "".join(each.read_text("utf-8") for each in (data / "contracts").iterdir())
    kept = [block for block in blocks if f"territory:{block.split(' ', 1)[0]} " in contracts]
    path.write_text("\n\nterritory:".join([head, *kept]).rstrip() + "\n", "utf-8")


def _cut_communes(data: Path) -> None:
    """Leave only the communes that something names, and those of the intercommunalities named."""
    texts = [path.read_text("utf-8") for path in data.rglob("*.ttl")]
    codes = {code.upper() for text in texts for code in re.findall(r":commune-(\w+)", text)}
    groups = (data / "territory-groups.ttl").read_text("utf-8")
    sirens = set(re.findall(r":intercommunalite-(\d+)", groups))
    path = data / "territories" / "communes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    kept = [row for row in rows if row[0] in codes or row[-1] in sirens]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *kept])


def _cut_rows(path: Path, is_kept: Callable[[str], bool]) -> None:
    """Leave only the lines of the table at `path` that are kept; the header always is."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if is_kept(line)), "utf-8")


def _is_of_kept_contract(line: str) -> bool:
    return line.split(",", 1)[0] in {"contract_id", *KEPT}


def _is_aligned_here(line: str) -> bool:
    """Tell whether a line of alignments is of no contract, or of one that is kept."""
    contract = re.match(r"(?:priorite|principe|element):([^\t]+)-\d+\t", line)
    return contract is None or contract[1] in KEPT
