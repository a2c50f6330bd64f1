"""Faults planted in a copy of real files are each caught and named, at their file and line.

Thirty, three of each of ten kinds, and a few beyond (`faults.yaml`). They are planted together,
each on its own: what is found must be what each of them is to be told as, and nothing more.
`unseen.yaml` says which kinds are not caught, and is held to it.
"""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
import yaml

from contrats.derivation import GRAPH, derive, read_rules
from contrats.references import find_dangling_references
from contrats.report import INFO
from contrats.rooms import find_rooms
from contrats.shapes import read_shapes
from contrats.sources import SourceFile, all_quads, read_sources
from contrats.validation import validate
from contrats.vocabulary import compact

if TYPE_CHECKING:
    from contrats.report import Finding, Report
    from contrats.running import Running

HERE: Final = Path(__file__).parent

Told = tuple[str, str, str]
"""A shape, a file, and what the line reads that is told: the whole line, or words of it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One slip: in `file`, each text of `slips` became the one beside it, and `told` is said."""

    kind: str
    name: str
    file: str
    slips: tuple[tuple[str, str], ...]
    told: tuple[Told, ...] = ()


def read_faults(name: str) -> list[Fault]:
    return [_fault(each) for each in yaml.safe_load((HERE / name).read_text("utf-8"))]


def _fault(entry: dict[str, object]) -> Fault:
    """Return one entry; what is told is told in its own file where no other is given."""
    file, told = str(entry["file"]), entry.get("told", [])
    slips = [entry, entry["also"]] if "also" in entry else [entry]
    assert isinstance(told, list)
    return Fault(
        kind=str(entry["kind"]),
        name=str(entry.get("name", entry["kind"])),
        file=file,
        slips=tuple((str(each["before"]), str(each["after"])) for each in slips),  # type: ignore[index]
        told=tuple((shape, (where or [file])[0], words) for shape, words, *where in told),
    )


FAULTS: Final = read_faults("faults.yaml")
UNSEEN: Final = read_faults("unseen.yaml")
KINDS: Final = Counter(fault.kind for fault in FAULTS if fault.kind != "beyond the ten")


@dataclass(frozen=True, slots=True)
class World:
    """A copy of the rooms that bears faults, and what validation finds in it."""

    root: Path
    report: Report

    def told(self) -> set[Told]:
        """Return what is found but the infos: shape, file, and what the line reads."""
        return {
            (compact(each.shape).removeprefix("shape:"), each.file or "?", self._line(each))
            for each in self.report.findings
            if each.severity != INFO
        }

    def _line(self, finding: Finding) -> str:
        if finding.file is None or finding.line is None:
            return "?"
        lines = (self.root / finding.file).read_text("utf-8").splitlines()
        return lines[finding.line - 1].strip()


@pytest.fixture(scope="module")
def planted(few: Path, running: Running, tmp_path_factory: pytest.TempPathFactory) -> World:
    return _plant(few, running, tmp_path_factory.mktemp("planted"), FAULTS)


@pytest.fixture(scope="module")
def unseen(few: Path, running: Running, tmp_path_factory: pytest.TempPathFactory) -> World:
    return _plant(few, running, tmp_path_factory.mktemp("unseen"), UNSEEN)


def test_there_are_three_faults_of_each_of_ten_kinds() -> None:
    assert len(KINDS) == 10
    assert set(KINDS.values()) == {3}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.kind}: {fault.name}")
def test_a_planted_fault_is_caught_and_named_at_its_line(fault: Fault, planted: World) -> None:
    found = planted.told()

    missing = [told for told in fault.told if not any(_is_told(told, each) for each in found)]

    assert fault.told
    assert missing == []


def test_nothing_else_is_found_than_what_was_planted(planted: World) -> None:
    expected = [told for fault in FAULTS for told in fault.told]

    surplus = [each for each in planted.told() if not any(_is_told(t, each) for t in expected)]

    assert surplus == []


def test_what_no_rule_can_see_is_not_found(unseen: World) -> None:
    assert unseen.told() == set()


def test_a_link_to_no_actor_is_told_once_though_rules_derive_from_it(
    few: Path, tmp_path: Path
) -> None:
    file, slip = "data/contracts/valence-2019.ttl", "cv:hasParticipant actor:ch-valance"
    fault = Fault("", "", file, (("cv:hasParticipant actor:ch-valence", slip),))
    _copy(few, tmp_path, [fault])
    rooms = find_rooms(tmp_path)
    sources = read_sources(rooms)
    derived = SourceFile(
        "queries/rules", GRAPH, derive(all_quads(sources), read_rules(rooms.queries))
    )

    found = list(find_dangling_references([*sources, derived], read_shapes(rooms.shapes)))

    assert [(each.file, each.suggestion) for each in found] == [(file, "actor:ch-valence")]


def _is_told(told: Told, found: Told) -> bool:
    """Tell whether `found` is the shape and the file of `told`, at a line that holds its words."""
    return told[:2] == found[:2] and told[2] in found[2]


def _plant(few: Path, running: Running, root: Path, faults: list[Fault]) -> World:
    _copy(few, root, faults)
    rooms = find_rooms(root)
    sources = read_sources(rooms)
    derived = derive(all_quads(sources), read_rules(rooms.queries))
    return World(root, validate(sources, derived, read_shapes(rooms.shapes), running=running))


def _copy(few: Path, root: Path, faults: list[Fault]) -> None:
    """Copy the rooms of `few` to `root` and make each slip, where its text first stands."""
    shutil.copytree(few, root, dirs_exist_ok=True)
    for fault in faults:
        path = root / fault.file
        text = path.read_text("utf-8")
        places = [_place(text, before, fault) for before, _ in fault.slips]
        for place, (before, after) in sorted(zip(places, fault.slips, strict=True), reverse=True):
            text = text[:place] + after + text[place + len(before) :]
        path.write_text(text, "utf-8")


def _place(text: str, before: str, fault: Fault) -> int:
    assert before in text, f"{fault.file} no longer says {before}"
    return text.index(before)
