"""Whatever stands in a cell, a workbook holds it as text; the same tables are the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.server.sheets import Cell, read_book

from contrats.workbook import MOST_CHARACTERS, Sheet, Value, write_workbook

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
RUNS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠a", "\t=1", "\r=1", "\n=1"]


def sheet_of(*texts: Value) -> Sheet:
    return Sheet("Essai", ("mots",), tuple((text,) for text in texts))


@pytest.mark.parametrize("text", RUNS)
def test_what_a_spreadsheet_might_run_is_quoted_text(text: str) -> None:
    book = read_book(write_workbook([sheet_of(text, "a=1")], "Essai"))

    assert book["Essai"][1:] == [[Cell("s", text, quoted=True)], [Cell("s", "a=1", quoted=False)]]


@settings(max_examples=40, deadline=None)
@given(TEXTS)
@example("_x0041_ n’est pas A")
@example("\x00\x01\x1f\x7f\ufffe\uffff\u2028")
@example("  bords  ")
@example("{=1+1}")
@example("http://exemple.test/a#b")
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    book = read_book(write_workbook([sheet_of(text)], "Essai"))

    (cell,) = book["Essai"][1]
    assert (cell.kind, cell.text) == ("s", text)


def test_a_text_that_no_cell_holds_is_cut_and_says_so() -> None:
    fits, longer = "é" * MOST_CHARACTERS, "𝔸" * MOST_CHARACTERS

    book = read_book(write_workbook([sheet_of(fits, longer)], "Essai"))

    assert book["Essai"][1][0].text == fits
    cut = book["Essai"][2][0].text
    assert cut.startswith("𝔸𝔸𝔸")
    assert cut.endswith("CSV)")
    assert len(cut.encode("utf-16-le")) // 2 in {MOST_CHARACTERS, MOST_CHARACTERS - 1}


def test_a_table_that_no_sheet_holds_goes_on_in_another() -> None:
    book = read_book(write_workbook([sheet_of(*"abcdefg")], "Essai", most_rows=4))

    found = {name: [row[0].text for row in rows] for name, rows in book.items()}
    assert found == {
        "Essai": ["mots", "a", "b", "c"],
        "Essai (2)": ["mots", "d", "e", "f"],
        "Essai (3)": ["mots", "g"],
    }


def test_nothing_is_an_empty_cell_and_a_table_without_rows_a_sheet() -> None:
    book = read_book(write_workbook([sheet_of(None, "", 0), Sheet("Vide", ("a",), ())], "Essai"))

    assert book["Essai"][1:] == [[Cell("n", "0", quoted=False)]]
    assert [[cell.text for cell in row] for row in book["Vide"]] == [["a"]]


def test_the_same_tables_are_the_same_bytes() -> None:
    sheets = [sheet_of("a", "=b", 3), Sheet("Autre", ("x", "y"), (("1", None),))]

    assert write_workbook(sheets, "Essai") == write_workbook(sheets, "Essai")
