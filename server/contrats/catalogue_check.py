"""The catalogue of a release, judged as portals will read it: a violation stops the build."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.catalogue.feeds import cut_feed
from contrats.catalogue.words import LANGUAGES
from contrats.report import INFO, RefusedDataError, Report
from contrats.shapes import REFERENCE, TERM
from contrats.sources import SourceFile
from contrats.validation import validate
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.report import Finding
    from contrats.shapes import Shapes

_FILES: Final = {"fr": "catalog.ttl", "en": "en/catalog.ttl"}
_OF_THE_DATA: Final = frozenset({TERM, REFERENCE})

_log = logging.getLogger(__name__)


def check_record(record: Iterable[ox.Triple], shapes: Shapes) -> None:
    """Judge the feed of each language that `record` is cut into, by `shapes`.

    Raises `RefusedDataError` on a violation; what is only doubtful is said, once.
    """
    if not shapes.judging():
        return
    triples = list(record)
    report = Report(tuple(each for name in LANGUAGES for each in judge_feed(triples, name, shapes)))
    if not report.conforms:
        raise RefusedDataError(report)
    doubts = {(each.fr, each.en) for each in report.findings if each.severity != INFO}
    for french, english in sorted(doubts):
        _log.info("catalogue : %s / %s", french, english)


def judge_feed(record: Iterable[ox.Triple], language: str, shapes: Shapes) -> list[Finding]:
    """Return what `shapes` find in the feed in `language` that `record` is cut into."""
    graph = ox.NamedNode(f"{BASE}{_FILES[language]}")
    feed = cut_feed(record, language)
    quads = tuple(ox.Quad(t.subject, t.predicate, t.object, graph) for t in feed)
    found = validate([SourceFile(_FILES[language], graph, quads)], (), shapes).findings
    return [each for each in found if each.shape not in _OF_THE_DATA]
