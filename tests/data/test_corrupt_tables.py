"""A corrupt row of a real table stops the build with the file, the line and what to do."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

from contrats.derivation import derive, read_rules
from contrats.errors import SourceError
from contrats.report import show
from contrats.rooms import find_rooms
from contrats.shapes import read_shapes
from contrats.sources import all_quads, read_sources
from contrats.validation import validate
from contrats.vocabulary import compact

if TYPE_CHECKING:
    from pathlib import Path

    from contrats.running import Running

COMMUNES: Final = "data/territories/communes.csv"
INTERCOMMUNALITIES: Final = "data/territories/epci.csv"
CLASSIFICATION: Final = "data/classification.csv"
ALIGNMENTS: Final = "data/alignments.sssom.tsv"

Found = tuple[str, str, int, str, str]
"""A shape, a file, a line, the value found and the name that is proposed in its stead."""


@dataclass(frozen=True, slots=True)
class Slip:
    """In the row of `table` that begins with `row`, the pattern `before` became `after`."""

    name: str
    table: str
    row: str
    before: str
    after: str

    def make(self, root: Path) -> int:
        """Make the slip in the table below `root`, and return its line."""
        path = root / self.table
        lines = path.read_text("utf-8").splitlines()
        place = next(n for n, line in enumerate(lines) if line.startswith(self.row))
        slipped = re.sub(self.before, self.after, lines[place], count=1)
        assert slipped != lines[place], f"{self.table} no longer has {self.before} in {self.row}"
        lines[place] = slipped
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return place + 1


REFUSED: Final = (
    (
        Slip("a column dropped", COMMUNES, "code,", ",epci_siren", ""),
        "colonnes manquantes : epci_siren ; inconnues : – ; il faut, une fois chacune : code, name",
    ),
    (
        Slip("a column renamed", CLASSIFICATION, "contract_id,", ",n,", ",no,"),
        "colonnes manquantes : n ; inconnues : no ; il faut, une fois chacune",
    ),
    (
        Slip("a cell too few", COMMUNES, "26362,", ",84,", ","),
        "6 cellules au lieu de 7 ; une cellule vide garde son séparateur",
    ),
    (
        Slip("a cell too many", CLASSIFICATION, "valence-2012,4,", "$", ",x"),
        "10 cellules au lieu de 9 ; une cellule vide garde son séparateur",
    ),
    (
        Slip("a tab too few", ALIGNMENTS, "priorite:valence-2019-2\t", "\teditorial\t", "\t"),
        "12 cellules au lieu de 13",
    ),
    (
        Slip("a commune twice", COMMUNES, "78440,", "^78440", "26362"),
        "code=26362 est déjà à la ligne",
    ),
    (
        Slip("a priority twice", CLASSIFICATION, "valence-2012,4,", ",4,", ",3,"),
        "contract_id=valence-2012, n=3 est déjà à la ligne",
    ),
    (
        Slip("a commune without code", COMMUNES, "26362,", "^26362", ""),
        "la cellule « code » est vide ; remplissez-la, ou retirez la ligne",
    ),
    (
        Slip("a match with nothing", ALIGNMENTS, "priorite:valence-2019-2\t", "\tprs:pop-4", "\t"),
        "la cellule « object_id » est vide",
    ),
    (
        Slip("a population in words", COMMUNES, "26362,", ",64458,", ",beaucoup,"),
        "la cellule « population » contient « beaucoup » ; il faut un nombre entier",
    ),
    (
        Slip("a comma in a number", CLASSIFICATION, "valence-2012,4,", r"0\.95", '"0,95"'),
        "la cellule « confidence » contient « 0,95 » ; il faut un nombre, écrit avec un point",
    ),
    (
        Slip("a thirteenth month", CLASSIFICATION, "valence-2012,4,", "2026-11-22", "2026-13-22"),
        "la cellule « date » contient « 2026-13-22 » ; il faut une date, écrite 2026-11-22",
    ),
    (
        Slip("an unknown prefix", ALIGNMENTS, "priorite:valence-2019-2\t", "prs:pop-4", "pr:pop-4"),
        "« pr » n’est pas dans le curie_map",
    ),
)

TOLD: Final = (
    (
        Slip("an unknown département", COMMUNES, "78440,", ",78,", ",2Z,"),
        ("Reference", "territory:departement-2z", "territory:departement-"),
    ),
    (
        Slip("an unknown region", COMMUNES, "97307,", ",03,", ",99,"),
        ("Reference", "territory:region-99", "territory:region-"),
    ),
    (
        Slip("an unknown EPCI", COMMUNES, "91235,", "200057859", "200057895"),
        (
            "Reference",
            "territory:intercommunalite-200057895",
            "territory:intercommunalite-200057",
        ),
    ),
    (
        Slip("another département that exists", COMMUNES, "26362,", ",26,", ",62,"),
        ("Commune-departement", "", ""),
    ),
    (
        Slip(
            "an unknown theme", CLASSIFICATION, "valence-2012,4,", ",vaccination,", ",vacination,"
        ),
        ("Reference", "theme:vacination", "theme:vaccination"),
    ),
    (
        Slip("an unknown population", CLASSIFICATION, "valence-2012,3,", ",jeunes,", ",jeune,"),
        ("Reference", "population:jeune", "population:jeunes"),
    ),
    (
        Slip(
            "an unknown contract",
            CLASSIFICATION,
            "valence-2012,5,",
            "^valence-2012",
            "valance-2012",
        ),
        ("Reference", "priority:valance-2012-5", "priority:valence-2012-5"),
    ),
    (
        Slip("a number beyond the list", CLASSIFICATION, "valence-2019,12,", ",12,", ",13,"),
        ("Reference", "priority:valence-2019-13", "priority:valence-2019-"),
    ),
    (
        Slip(
            "an unknown priority", ALIGNMENTS, "priorite:valence-2019-2\t", "2019-2\t", "2019-22\t"
        ),
        ("Reference", "priority:valence-2019-22", "priority:valence-2019-2"),
    ),
    (
        Slip(
            "an unknown item", ALIGNMENTS, "priorite:valence-2019-4\t", "prs:cos-x1", "prs:cos-x11"
        ),
        ("Reference", "plan:cos-x11", "plan:cos-x1"),
    ),
    (
        Slip(
            "a relation that is none", ALIGNMENTS, "priorite:valence-2019-1\t", "narrowM", "narowM"
        ),
        ("Alignment-relation", "skos:narowMatch", ""),
    ),
)


@pytest.mark.parametrize(("slip", "words"), REFUSED, ids=lambda each: getattr(each, "name", ""))
def test_a_row_that_cannot_be_read_is_refused_at_its_line(
    slip: Slip, words: str, few: Path, tmp_path: Path
) -> None:
    shutil.copytree(few, tmp_path, dirs_exist_ok=True)
    line = slip.make(tmp_path)

    with pytest.raises(SourceError) as caught:
        read_sources(find_rooms(tmp_path))

    assert caught.value.fr.startswith(f"{slip.table}:{line} ")
    assert words in caught.value.fr
    assert caught.value.en.startswith(f"{slip.table}:{line}")


@pytest.fixture(scope="module")
def found(
    few: Path, running: Running, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[int], set[Found]]:
    """Return the lines of all slips of `TOLD`, and the violations of a copy that bears them all."""
    root = tmp_path_factory.mktemp("slipped")
    shutil.copytree(few, root, dirs_exist_ok=True)
    lines = [slip.make(root) for slip, _ in TOLD]
    rooms = find_rooms(root)
    sources = read_sources(rooms)
    derived = derive(all_quads(sources), read_rules(rooms.queries))
    report = validate(sources, derived, read_shapes(rooms.shapes), running=running)
    return lines, {
        (
            compact(each.shape).removeprefix("shape:"),
            each.file or "?",
            each.line or 0,
            show(each.value),
            each.suggestion or "",
        )
        for each in report.violations
    }


@pytest.mark.parametrize("number", range(len(TOLD)), ids=lambda n: TOLD[n][0].name)
def test_a_row_that_leads_nowhere_is_a_violation_at_its_line(
    number: int, found: tuple[list[int], set[Found]]
) -> None:
    slip, (shape, value, proposed) = TOLD[number]
    lines, violations = found

    here = [each for each in violations if each[:4] == (shape, slip.table, lines[number], value)]

    assert len(here) == 1
    assert here[0][4].startswith(proposed)


def test_every_violation_of_a_table_is_told_at_a_line_that_slipped(
    found: tuple[list[int], set[Found]],
) -> None:
    lines, violations = found
    slipped = {(slip.table, line) for (slip, _), line in zip(TOLD, lines, strict=True)}

    assert {(file, line) for _, file, line, *_ in violations if line} <= slipped
