"""What validation found as a table, a row each: for a script, or to be sorted by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contrats.report import show
from contrats.vocabulary import compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contrats.border import OxTerm
    from contrats.report import Finding, Report

HEADER: Final = (
    "severity", "shape", "component", "focus", "path", "value", "message_fr", "message_en",
    "file", "line", "suggestion",
)  # fmt: skip


def finding_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield the header, then a row for each finding that is told, in the order of the report."""
    yield HEADER
    yield from dict.fromkeys(map(_row, report.findings))


def _row(finding: Finding) -> tuple[str, ...]:
    """Return one finding; its value is spelled as in Turtle, so that its datatype is not lost."""
    return (
        compact(finding.severity).removeprefix("sh:"),
        finding.shape,
        finding.component,
        _plain(finding.focus),
        finding.path or "",
        show(finding.value),
        finding.fr,
        finding.en,
        finding.file or "",
        "" if finding.line is None else str(finding.line),
        finding.suggestion or "",
    )


def _plain(term: OxTerm) -> str:
    return getattr(term, "value", None) or str(term)
