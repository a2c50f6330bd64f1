"""What validation found, told to a person who does not know SHACL, and to a machine that does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.errors import InvalidDataError
from contrats.vocabulary import EXTERNAL, PREFIXES, compact

if TYPE_CHECKING:
    from contrats.border import OxTerm

SH: Final = EXTERNAL["sh"]
VIOLATION: Final = f"{SH}Violation"
INFO: Final = f"{SH}Info"
REPORT: Final = f"{PREFIXES['graph']}report"

_RDF_TYPE = ox.NamedNode(f"{EXTERNAL['rdf']}type")
_BOOLEAN = ox.NamedNode(f"{EXTERNAL['xsd']}boolean")
_SEVERITIES = {
    VIOLATION: ("Erreur", "Violation"),
    f"{SH}Warning": ("À revoir", "Warning"),
    INFO: ("Pour information", "Info"),
}
_CONSEQUENCES = {
    f"{PREFIXES['shape']}Contract-provenance",
    f"{PREFIXES['shape']}Statement-holds",
}
"""A value at fault is also another value than the one whose provenance is given: said last."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: of what, which shape says so, and where it is written.

    `path` is the SPARQL spelling of the shape's path, `path_iri` its IRI when it is a property.
    """

    severity: str
    shape: str
    component: str
    focus: OxTerm
    path: str | None
    path_iri: str | None
    value: OxTerm | None
    fr: str
    en: str
    file: str | None = None
    line: int | None = None
    suggestion: str | None = None

    def __str__(self) -> str:
        """Return the finding as lines for a terminal: place, sentences, what was found."""
        place = self.file or "?"
        if self.line is not None:
            place = f"{place}:{self.line}"
        severity_fr, severity_en = _SEVERITIES.get(self.severity, ("Constat", "Finding"))
        lines = [
            f"{place} {show(self.focus)}",
            f"  {severity_fr} : {self.fr}",
            f"  {severity_en}: {self.en}",
        ]
        found = " ".join(text for text in (self.path, show(self.value)) if text)
        if found:
            # Without a value nothing was found: it is the property that is meant.
            said = "propriété / property" if self.value is None else "trouvé / found"
            lines.append(f"  {said}: {found}")
        if self.suggestion:
            lines.append(f"  vouliez-vous dire / did you mean: {self.suggestion}")
        return "\n".join([*lines, f"  ({compact(self.shape)})"])

    @property
    def order(self) -> tuple[str, ...]:
        """Return what sorts findings: worst first, then by file, causes first, by line."""
        place = (self.file or "", str(self.shape in _CONSEQUENCES), f"{self.line or 0:08}")
        found = (str(self.focus), self.shape, self.path or "", str(self.value))
        return (str(self.rank), *place, *found)

    @property
    def rank(self) -> int:
        """Return how bad the finding is: 0 is worst."""
        return [*_SEVERITIES, self.severity].index(self.severity)


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one validation, in their order."""

    findings: tuple[Finding, ...]

    @property
    def violations(self) -> tuple[Finding, ...]:
        """Return the findings that stop a release."""
        return tuple(each for each in self.findings if each.severity == VIOLATION)

    @property
    def conforms(self) -> bool:
        """Tell whether a release may be made of what was validated."""
        return not self.violations

    def count(self, severity: str) -> int:
        """Return how many findings of that severity are told, each once."""
        return len({str(each) for each in self.findings if each.severity == severity})

    def tell(self, *, infos: bool) -> str:
        """Return the findings for a terminal, a blank line between two, the worst ones last.

        Without `infos`, those that ask for nothing are left out. Two constraints of one shape may
        find the same fault: it is told once.
        """
        told = [each for each in self.findings if infos or each.severity != INFO]
        told.sort(key=lambda each: -each.rank)
        return "\n\n".join(dict.fromkeys(map(str, told)))

    def __str__(self) -> str:
        """Return all findings for a terminal."""
        return self.tell(infos=True)


class RefusedDataError(InvalidDataError):
    """Validation found violations; `report` holds them."""

    def __init__(self, report: Report) -> None:
        """Count the violations of `report` in both languages."""
        count = report.count(VIOLATION)
        super().__init__(
            f"{count_fr(count, 'erreur')} dans les données ; rien n’est publié. "
            f"Corrigez-{'les' if count > 1 else 'la'}, puis relancez « contrats check ».",
            f"{count_en(count, 'violation')} in the data; nothing is published. "
            f"Mend {'them' if count > 1 else 'it'}, then run `contrats check` again.",
        )
        self.report = report


def count_fr(number: int, word: str) -> str:
    """Return the number and the French noun in agreement: 0 and 1 take the singular."""
    return f"{number} {word}{'s' if number > 1 else ''}"


def count_en(number: int, word: str) -> str:
    """Return the number and the English noun in agreement: only 1 takes the singular."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def report_triples(report: Report) -> list[ox.Triple]:
    """Return `report` as a SHACL validation report without blank nodes.

    https://www.w3.org/TR/shacl/#validation-report; a path that is no single property is left out,
    since it could only be written with blank nodes, and results may lack one.
    """
    node = ox.NamedNode(REPORT)
    conforms = "false" if report.findings else "true"
    triples = [
        ox.Triple(node, _RDF_TYPE, _sh("ValidationReport")),
        ox.Triple(node, _sh("conforms"), ox.Literal(conforms, datatype=_BOOLEAN)),
    ]
    for number, finding in enumerate(report.findings, start=1):
        result = ox.NamedNode(f"{REPORT}#{number}")
        triples.append(ox.Triple(node, _sh("result"), result))
        triples += _result_triples(result, finding)
    return triples


def _result_triples(result: ox.NamedNode, finding: Finding) -> list[ox.Triple]:
    """Return one sh:ValidationResult."""
    values: list[tuple[str, OxTerm | None]] = [
        ("focusNode", finding.focus),
        ("resultSeverity", ox.NamedNode(finding.severity)),
        ("sourceShape", ox.NamedNode(finding.shape)),
        ("sourceConstraintComponent", ox.NamedNode(finding.component)),
        ("resultPath", ox.NamedNode(finding.path_iri) if finding.path_iri else None),
        ("value", finding.value),
        ("resultMessage", ox.Literal(finding.fr, language="fr")),
        ("resultMessage", ox.Literal(finding.en, language="en")),
    ]
    return [
        ox.Triple(result, _RDF_TYPE, _sh("ValidationResult")),
        *(ox.Triple(result, _sh(name), value) for name, value in values if value is not None),
    ]


def show(term: OxTerm | None) -> str:
    """Return `term` as a person writes it in Turtle; nothing for nothing."""
    if isinstance(term, ox.NamedNode):
        return compact(term.value)
    if isinstance(term, ox.Literal) and not term.language:
        name = compact(term.datatype.value)
        return f'"{term.value}"' if name == "xsd:string" else f'"{term.value}"^^{name}'
    return str(term) if term is not None else ""


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)
