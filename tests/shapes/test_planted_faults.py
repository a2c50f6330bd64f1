"""Faults planted in a copy of the real data are found, each told in a sentence of its own."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

from contrats.derivation import GRAPH, derive, read_rules
from contrats.references import find_dangling_references
from contrats.rooms import find_rooms
from contrats.shapes import read_shapes
from contrats.sources import SourceFile, all_quads, read_sources
from contrats.validation import validate

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

    from contrats.report import Report

OLD: Final = "data/contracts/valence-2012.ttl"
NEW: Final = "data/contracts/valence-2019.ttl"


@dataclass(frozen=True, slots=True)
class Fault:
    """One slip of the pen: in `file`, `before` became `after`; `sentences` is what is then said."""

    name: str
    file: str
    before: str
    after: str
    sentences: tuple[str, ...]


FAULTS: Final = (
    Fault(
        "a dropped title",
        NEW,
        """contract:valence-2019 a cls:LocalHealthContract ;
    dcterms:title "Contrat local de santé de Valence 2019-2023"@fr ;""",
        "contract:valence-2019 a cls:LocalHealthContract ;",
        (
            "Un contrat a un titre en français, et un seul par langue.",
            "La valeur dont on donne la provenance est bien celle que porte la chose décrite.",
        ),
    ),
    Fault(
        "two dates swapped",
        NEW,
        """dcat:startDate "2019"^^xsd:gYear ;
    dcat:endDate "2023"^^xsd:gYear""",
        """dcat:startDate "2023"^^xsd:gYear ;
    dcat:endDate "2019"^^xsd:gYear""",
        ("Une période ne finit pas avant d’avoir commencé.",),
    ),
    Fault(
        "the first contract signed after the second",
        OLD,
        '"2012-12-21"^^xsd:date',
        '"2019-12-21"^^xsd:date',
        (
            "Un contrat est signé avant la fin de sa période.",
            "Un contrat ne succède pas à un contrat signé après lui.",
            "Le texte qui fonde un contrat était en vigueur à la date de la signature.",
        ),
    ),
    Fault(
        "a territory in the place of an actor",
        NEW,
        "cv:hasParticipant actor:ors-auvergne-rhone-alpes",
        "cv:hasParticipant territory:commune-26362",
        ("Une participation est celle d’un acteur décrit, et d’un seul.",),
    ),
    Fault(
        "a doubled priority number",
        NEW,
        "cls:priorityNumber 12 ;",
        "cls:priorityNumber 11 ;",
        ("Deux priorités d’un contrat n’ont pas le même numéro.",),
    ),
    Fault(
        "a signatory missing from a complete list",
        NEW,
        "participation:valence-2019-ch-valence , ",
        "",
        ("Une liste complète de signataires en compte autant que le contrat en annonce.",),
    ),
    Fault(
        "a misspelled language",
        NEW,
        '"Bien-être psychique"@fr',
        '"Bien-être psychique"@ft',
        (
            "Le libellé dit sa langue, fr ou en, et n’a pas de blanc au début ni à la fin.",
            "Une priorité a un libellé en français, celui de sa source.",
        ),
    ),
    Fault(
        "an alignment no longer said to be anachronistic",
        "data/alignments.sssom.tsv",
        "\tanachronistic\n",
        "\t\n",
        ("Un alignement avec un projet adopté après la signature est dit anachronique.",),
    ),
    Fault(
        "a theme that is not in the list",
        "data/classification.csv",
        ",vaccination,",
        ",tous-habitants,",
        (
            "Le thème d’une priorité est pris dans la liste des thèmes.",
            "Un classement donne des thèmes de la liste des thèmes.",
            "Un classement a un thème principal au plus, de la liste des thèmes.",
            "Ce vers quoi mène une valeur est décrit dans l’un des fichiers.",
        ),
    ),
    Fault(
        "two digits of a SIREN number swapped",
        "data/actors.ttl",
        'skos:notation "222600017"',
        'skos:notation "222600071"',
        ("Un numéro SIREN a neuf chiffres, et le dernier est la clé juste des autres.",),
    ),
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return what validation finds in a copy of the rooms that bears all the faults."""
    root = tmp_path_factory.mktemp("rooms")
    _copy_rooms(root)
    for fault in FAULTS:
        _plant(fault, root)
    rooms = find_rooms(root)
    sources = read_sources(rooms)
    derived = derive(all_quads(sources), read_rules(rooms.queries))
    return validate(sources, derived, read_shapes(rooms.shapes))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_told_in_a_sentence_of_its_file(fault: Fault, report: Report) -> None:
    told = {(each.fr, each.file) for each in report.violations}

    assert set(fault.sentences) <= {sentence for sentence, _ in told}
    assert fault.file in {file for sentence, file in told if sentence in fault.sentences}


def test_nothing_else_is_found_than_what_was_planted(report: Report) -> None:
    planted = {sentence for fault in FAULTS for sentence in fault.sentences}

    assert {each.fr for each in report.violations} == planted


def test_a_link_to_no_actor_is_told_once_though_rules_derive_from_it(tmp_path: Path) -> None:
    _copy_rooms(tmp_path)
    slip = "cv:hasParticipant actor:ch-valance"
    _plant(Fault("", NEW, "cv:hasParticipant actor:ch-valence", slip, ()), tmp_path)
    rooms = find_rooms(tmp_path)
    sources = read_sources(rooms)
    derived = derive(all_quads(sources), read_rules(rooms.queries))

    found = list(find_dangling_references(_published(sources, derived), read_shapes(rooms.shapes)))

    assert [(each.file, each.suggestion) for each in found] == [(NEW, "actor:ch-valence")]


def _published(
    sources: tuple[SourceFile, ...], derived: tuple[ox.Quad, ...]
) -> tuple[SourceFile, ...]:
    return (*sources, SourceFile("queries/rules", GRAPH, derived))


def _copy_rooms(root: Path) -> None:
    rooms = find_rooms()
    for name in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(getattr(rooms, name), root / name)


def _plant(fault: Fault, root: Path) -> None:
    path = root / fault.file
    text = path.read_text(encoding="utf-8")
    assert fault.before in text, f"{fault.file} no longer says {fault.before}"
    path.write_text(text.replace(fault.before, fault.after), encoding="utf-8")
