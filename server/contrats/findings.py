"""Findings as bytes, to be remembered from one run to the next."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from contrats.report import Finding
from contrats.triples import read_term

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_findings(findings: Iterable[Finding]) -> bytes:
    """Return `findings` as JSON; terms are written as in N-Triples."""
    return json.dumps([_plain(each) for each in findings], ensure_ascii=False).encode()


def read_findings(content: bytes) -> tuple[Finding, ...]:
    """Return the findings that `write_findings` wrote."""
    return tuple(_finding(**each) for each in json.loads(content))


def _plain(finding: Finding) -> dict[str, str | int | None]:
    value = str(finding.value) if finding.value is not None else None
    return asdict(finding) | {"focus": str(finding.focus), "value": value}


def _finding(focus: str, value: str | None, **rest: str) -> Finding:
    found = read_term(value) if value is not None else None
    return Finding(focus=read_term(focus), value=found, **rest)  # type: ignore[arg-type]
