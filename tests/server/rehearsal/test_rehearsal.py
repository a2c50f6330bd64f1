"""What a rehearsal says of catalogues of all kinds: of each, for each harvester, what and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from contrats.rehearsal.fetching import Bounds, Network
from contrats.rehearsal.rehearsal import rehearse
from contrats.rehearsal.telling import as_data, tell

if TYPE_CHECKING:
    from contrats.rehearsal.remarks import Rehearsal

TODAY: Final = date(2026, 11, 29)


def check(url: str, bounds: Bounds | None = None) -> Rehearsal:
    """Return the rehearsal of the catalogue at `url`."""
    bounds = bounds or Bounds(request_seconds=20)
    return rehearse(url, Network(bounds), TODAY, bounds)


def said(rehearsal: Rehearsal) -> dict[str, list[str]]:
    """Return, for each harvester, its verdicts and what weighs more than a note, as short lines."""
    lines = {}
    for harvest in rehearsal.harvests:
        told = [f"{r.weight.value} {r.code}" for r in harvest.remarks if r.weight.value != "note"]
        for item in harvest.items:
            told.append(f"{item.verdict.value} {item.title}")
            told += [
                f"  {r.weight.value} {r.code}" for r in item.remarks if r.weight.value != "note"
            ]
        lines[harvest.harvester] = told
    return lines


TAKEN: Final = ["taken Écoles"]
EXPECTED: Final[dict[str, tuple[list[str], list[str]]]] = {
    "plain.ttl": (TAKEN, TAKEN),
    "typed/plain": (TAKEN, TAKEN),
    "moved/plain.ttl": (["stop redirection"], TAKEN),
    "huge/plain.ttl": (TAKEN, ["stop too-big"]),
    "none.ttl": (["stop error-status"], ["stop error-status"]),
    "broken.ttl": (["stop unreadable"], ["stop unreadable"]),
    "bad-language-tag.ttl": (["stop unreadable"], ["stop unreadable"]),
    "remote-context.jsonld": (["stop unreadable"], ["stop unreadable"]),
    "latin/plain.ttl": (["guess charset-missing", "taken Écoles"], ["stop not-utf-8"]),
    "bare/plain.ttl": (["guess charset-missing", "taken Ã\x89coles"], TAKEN),
    "page-1.ttl": (["taken Écoles", "taken Crèches"], ["taken Écoles", "taken Crèches"]),
    "loop-1.ttl": (
        ["stop endless", "taken Écoles", "taken Crèches"],
        ["taken Écoles", "taken Crèches"],
    ),
    "same-identifier.ttl": (
        ["taken Écoles", "skipped Crèches", "  skip identifier-twice"],
        ["taken Écoles", "taken Crèches"],
    ),
    "blank-node.ttl": (
        ["guessed Écoles", "  lose blank-node", "  lose page-missing"],
        ["guessed Écoles", "  guess blank-node"],
    ),
    "no-identifier.ttl": (["skipped Écoles", "  skip identifier-missing"], TAKEN),
    "no-title.ttl": (
        ["skipped ecoles", "  skip title-missing"],
        ["skipped ecoles", "  stop title-missing"],
    ),
    "keyword.ttl": (TAKEN, ["skipped Écoles", "  skip tag-refused"]),
    "checksum.ttl": (["skipped Écoles", "  skip checksum-refused"], TAKEN),
    "future.ttl": (
        ["guessed Écoles", "  lose geometry-unreadable", "  lose modified-in-the-future"],
        ["guessed Écoles", "  lose place-without-geometry"],
    ),
    "guesses.ttl": (
        [
            "guessed Escuelas",
            "  lose time-with-an-iri",
            "  guess media-type-unknown",
            "  guess title-at-random",
        ],
        ["guessed Escuelas", "  lose time-without-dates"],
    ),
    "services.ttl": (
        [
            "taken Écoles",
            "guessed Une série",
            "  lose contact-missing",
            "  lose description-missing",
            "  lose keywords-missing",
            "  lose place-without-geometry",
            "  guess frequency-missing",
            "  guess licence-missing",
            "  guess series-as-data-set",
            "taken Service listé",
            "skipped Service d’ailleurs",
            "  skip served-unidentified",
            "skipped Service d’un fichier",
            "  skip access-service-only",
        ],
        TAKEN,
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_harvester_takes_skips_or_guesses_as_its_rules_say(elsewhere: str, name: str) -> None:
    found = said(check(elsewhere + name))

    assert (found["udata"], found["ckanext-dcat"]) == EXPECTED[name]


def test_every_remark_speaks_both_languages(elsewhere: str) -> None:
    for name in EXPECTED:
        rehearsal = check(elsewhere + name)
        remarks = [
            remark
            for harvest in rehearsal.harvests
            for remark in [*harvest.remarks, *(r for i in harvest.items for r in i.remarks)]
        ]
        for remark in [*remarks, *rehearsal.files]:
            assert remark.fr.endswith((".", ")")), remark
            assert remark.en.endswith((".", ")")), remark
            assert remark.fr != remark.en


def test_a_file_that_is_not_there_is_told(elsewhere: str) -> None:
    rehearsal = check(f"{elsewhere}guesses.ttl")

    assert [each.code for each in rehearsal.files] == ["file-not-found"]
    assert f"{elsewhere}gone.csv: 404" in rehearsal.files[0].en
    assert check(f"{elsewhere}plain.ttl").files == ()


def test_a_head_that_is_not_get_is_told(elsewhere: str) -> None:
    assert [each.code for each in check(f"{elsewhere}huge/plain.ttl").files] == ["head-is-not-get"]


def test_no_more_is_read_than_is_allowed(elsewhere: str) -> None:
    bounds = Bounds(page_bytes=100, request_seconds=20)

    rehearsal = check(f"{elsewhere}plain.ttl", bounds)

    assert said(rehearsal) == {"udata": ["stop too-big"], "ckanext-dcat": ["stop too-big"]}


def test_an_address_where_nobody_listens_is_told() -> None:
    rehearsal = check("http://127.0.0.1:9/catalog.ttl")

    assert said(rehearsal) == {"udata": ["stop unreachable"], "ckanext-dcat": ["stop unreachable"]}
    assert not rehearsal.whole


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://", "http://["])
def test_only_the_web_is_asked(url: str) -> None:
    assert all(each.stopped for each in check(url).harvests)


def test_what_is_told_says_all_that_the_data_says(elsewhere: str) -> None:
    rehearsal = check(f"{elsewhere}services.ttl")

    told, data = tell(rehearsal), as_data(rehearsal)

    assert data["nothingSkipped"] is False
    for harvest in data["harvests"]:
        for item in harvest["items"]:
            assert item["title"] in told
            assert all(r["fr"] in told and r["en"] in told for r in item["remarks"])
    assert told.splitlines()[-1] == "Skipped: 2; harvests that stop: –."
