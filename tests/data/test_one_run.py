"""Judged file by file, and once over the whole: the findings are those of one run of pySHACL."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

import pyshacl
import pytest
import rdflib
from rdflib import SH
from tests.prepared import to_prepared_graph

from contrats.border import from_rdflib
from contrats.derivation import GRAPH, derive, read_rules
from contrats.rooms import find_rooms
from contrats.shapes import REFERENCE, TERM, Shapes, read_shapes
from contrats.sources import SourceFile, all_quads, read_sources
from contrats.validation import validate

if TYPE_CHECKING:
    from pathlib import Path

    from contrats.report import Finding

Found = tuple[str, str, str, str | None, str, str]

KEPT: Final = ("les-mureaux-2012", "les-mureaux-2019", "les-mureaux-2025")
READ: Final = (
    "data/contracts/",
    "data/actors/ars",
    "data/events",
    "data/laws",
    "ontology/contrats",
)
LISTS: Final = ("assertion-statuses", "identification-bases", "roles", "stages")
FAULTS: Final = (
    ("les-mureaux-2019", r'    dcterms:title "2e[^;]*;\n', ""),
    ("les-mureaux-2019", "cls:declaredSignatoryCount 9 ;", "cls:declaredSignatoryCount 8 ;"),
    ("les-mureaux-2019", '"2023"^^xsd:gYear', '"2003"^^xsd:gYear'),
    ("les-mureaux-2012", "stage:signed ;", "role:signatory ;"),
    ("les-mureaux-2025", "schema:position 2 ;", 'schema:position "deux" ;'),
    ("les-mureaux-2012", "dcterms:spatial territory:", "cls:succeeds contract:les-mureaux-2025 ;"),
)
"""Core and SPARQL, values and links, dates and a loop: a slip of each in three real contracts."""


@pytest.fixture(scope="module")
def spoilt(few: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of rooms with three contracts that follow one another, each with slips."""
    root = shutil.copytree(few, tmp_path_factory.mktemp("spoilt") / "rooms")
    for path in (root / "data" / "contracts").iterdir():
        if path.stem not in KEPT:
            path.unlink()
    for name, old, new in FAULTS[:-1]:
        path = root / "data" / "contracts" / f"{name}.ttl"
        before = path.read_text("utf-8")
        pattern = old if old.startswith("    dcterms:title") else re.escape(old)
        after = re.sub(pattern, new, before, count=1)
        assert after != before, (name, old)
        path.write_text(after, "utf-8")
    path = root / "data" / "contracts" / f"{FAULTS[-1][0]}.ttl"
    text = path.read_text("utf-8")
    spot = text.index(FAULTS[-1][1])
    path.write_text(f"{text[:spot]}{FAULTS[-1][2]}\n    {text[spot:]}", "utf-8")
    return root


def published(root: Path) -> list[SourceFile]:
    """Return what is judged: with the rest of the rooms pySHACL would take minutes.

    What the contracts refer to is partly left out: that too is found, and must be found alike.
    """
    rooms = find_rooms(root)
    read = (*READ, *(f"ontology/{name}" for name in LISTS))
    sources = [s for s in read_sources(rooms) if s.path.startswith(read)]
    derived = derive(all_quads(sources), read_rules(rooms.queries))
    return [*sources, SourceFile("queries/rules", GRAPH, tuple(derived))]


def ask_once(sources: list[SourceFile], shapes: Shapes) -> set[Found]:
    """Return the results of one run of pySHACL over all of `sources`."""
    data = to_prepared_graph(all_quads(sources))
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes.graph, advanced=False, inplace=True)
    assert isinstance(results, rdflib.Graph)
    found = set()
    for result in results.objects(None, SH.result):
        value = results.value(result, SH.value)
        focus = results.value(result, SH.focusNode)
        assert focus is not None
        found.add(
            (
                str(results.value(result, SH.resultSeverity)),
                str(results.value(result, SH.sourceShape)),
                str(results.value(result, SH.sourceConstraintComponent)),
                str(from_rdflib(value)) if value is not None else None,
                str(from_rdflib(focus)),
                " ".join(sorted(str(each) for each in results.objects(result, SH.resultMessage))),
            )
        )
    return found


def told(finding: Finding) -> Found:
    return (
        finding.severity,
        finding.shape,
        finding.component,
        str(finding.value) if finding.value is not None else None,
        str(finding.focus),
        " ".join(sorted({finding.fr, finding.en})),
    )


def test_the_findings_are_those_of_one_run_over_everything(spoilt: Path) -> None:
    sources, shapes = published(spoilt), read_shapes(find_rooms(spoilt).shapes)

    report = validate(sources[:-1], sources[-1].quads, shapes)

    ours = {told(each) for each in report.findings if each.shape not in {TERM, REFERENCE}}
    assert len({shape for _, shape, *_ in ours}) > len(FAULTS)
    assert ours == ask_once(sources, shapes)
