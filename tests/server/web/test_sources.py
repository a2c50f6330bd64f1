"""The sources: the list of all, and the page of each with all that was read there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.server.web.test_pages import read, words

if TYPE_CHECKING:
    from flask.testing import FlaskClient

LINES = "/doc/source/seed-valence-2012"
PAGE = "/doc/source/src-lesmureaux-fr-informationssante-15321-856058"
TABLE = "/doc/source/decoupage-administratif-6-0-0"


def section(page: str, anchor: str) -> str:
    """Return the block `anchor` of `page`."""
    return page.partition(f'id="{anchor}"')[2].partition("</section>")[0]


def test_every_source_is_listed_with_who_published_it_and_what_was_read(
    client: FlaskClient,
) -> None:
    page = section(read(client, "/sources"), "liste")
    rows = re.findall(r'<th role="rowheader".*?</tr>', page, re.DOTALL)
    one = next(words(row) for row in rows if "/doc/source/seed-valence-2019" in row)

    assert len(rows) == 263
    assert "Communiqué du 4 avril 2019" in one
    assert "communiqué" in one
    assert re.search(r" 2 \(voir la requête\)\s+113 \(voir la requête\)", one)


def test_the_list_is_narrowed_by_kind_and_by_publisher(client: FlaskClient) -> None:
    press = section(read(client, "/sources?kind=press-article"), "liste")
    both = section(read(client, "/sources?kind=press-release&publisher=ARS+Grand+Est"), "liste")
    unnamed = section(read(client, "/sources?publisher=-"), "liste")

    assert "39 sur 263" in words(press)
    assert set(re.findall(r'data-l="Éditeur">(.*?)</td>', both)) == {
        '<span lang="fr">ARS Grand Est</span>'
    }
    assert set(re.findall(r'data-l="Sorte"><a [^>]*>(.*?)</a>', both)) == {"communiqué"}
    assert '<span lang="fr">' not in unnamed


@pytest.mark.parametrize("asked", ["kind=%3Cscript%3E", "publisher=nobody"])
def test_a_choice_that_the_form_does_not_offer_is_refused(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/sources?{asked}", headers={"Accept": "text/html"})

    assert answer.status_code == 400
    assert "<script>" not in answer.text


def test_what_was_read_stands_line_by_line_in_the_order_of_the_document(
    client: FlaskClient,
) -> None:
    page = section(read(client, LINES), "lu")
    first = page.partition("</table>")[0]
    lines = [int(found) for found in re.findall(r'data-l="Lignes">(\d+)', first)]

    assert len(lines) > 20
    assert lines == sorted(lines)


def test_what_no_source_states_as_it_is_says_who_and_how(client: FlaskClient) -> None:
    pages = [section(read(client, path), "lu") for path in (LINES, PAGE)]
    rows = re.findall(r'<th role="rowheader".*?</tr>', "".join(pages), re.DOTALL)
    body = next(row for row in rows if "CAF de la Drôme" in row)
    editorial = next(row for row in rows if "ed-mark" in row)

    assert "déduit organisme déduit du territoire et de la date" in words(body)
    assert "Raison" in words(editorial)
    assert "Auteur" in words(editorial)


def test_what_is_read_for_no_contract_is_counted_by_kind(client: FlaskClient) -> None:
    page = words(section(read(client, TABLE), "autres"))

    assert re.search(r"[Cc]ommune 34\s?969", page)
    assert "Aucun contrat n’a été lu dans ce document." in words(read(client, TABLE))


def test_a_source_speaks_english_below_en(client: FlaskClient) -> None:
    page = words(read(client, f"/en{PAGE}"))

    assert "What was read in it" in page
    assert "institution page" in page
    assert "read the original document" in page.casefold()
    assert "Ce qui" not in page
