"""A citation says what was asked of which release, in a form that its reader can parse."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from contrats.citation import Citation, release_address, write_bibtex, write_ris
from contrats.vocabulary import BASE

QUERY = 'SELECT ?a WHERE { ?a ?b "50 % & {plus}"@fr . # x\n}'
CITED = Citation(
    name="contrats-sante-signatories",
    question="Qui a signé le contrat ?",
    dataset="Contrats locaux de santé en données liées",
    publisher="La rédaction des Contrats locaux de santé",
    release="2026-11-22-0f136edb358f",
    issued="2026-11-22",
    address=release_address(BASE, "2026-11-22-0f136edb358f", [("query", QUERY)]),
    digest="9bf9",
)


def fields_of(bibtex: str) -> dict[str, str]:
    """Return the fields of an entry, each on its line."""
    return dict(re.findall(r"^  (\w+) += (.*?),?$", bibtex, re.MULTILINE))


def tags_of(ris: str) -> list[tuple[str, str]]:
    """Return the tags of a record with their values."""
    return [(line[:2], line[6:]) for line in ris.removesuffix("\r\n").split("\r\n")]


def test_the_address_asks_the_same_of_that_release() -> None:
    parts = urlsplit(CITED.address)

    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == (
        f"{BASE}release/2026-11-22-0f136edb358f/sparql"
    )
    assert parse_qs(parts.query) == {"query": [QUERY]}


def test_a_bibtex_entry_holds_what_a_reference_needs() -> None:
    text = write_bibtex(CITED)

    assert text.startswith("@misc{contrats-sante-signatories-2026-11-22-0f136edb358f,\n")
    assert fields_of(text) == {
        "author": "{{La rédaction des Contrats locaux de santé}}",
        "title": "{{Qui a signé le contrat ?}}",
        "howpublished": "{Contrats locaux de santé en données liées}",
        "version": "{2026-11-22-0f136edb358f}",
        "year": "{2026}",
        "month": "nov",
        "url": f"{{{CITED.address}}}",
        "note": "{Contrats locaux de santé en données liées, publication "
        "2026-11-22-0f136edb358f ; requête SHA-256 9bf9}",
    }


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("50 % & plus", r"50 \% \& plus"),
        ("{a}_b^c~d#e$f", r"\{a\}\_b\textasciicircum{}c\textasciitilde{}d\#e\$f"),
        ("a\\b", r"a\textbackslash{}b"),
        ("deux\n  lignes", "deux lignes"),
    ],
)
def test_nothing_in_a_text_is_obeyed_by_tex(text: str, escaped: str) -> None:
    entry = write_bibtex(replace(CITED, question=text))

    assert fields_of(entry)["title"] == f"{{{{{escaped}}}}}"
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")


def test_a_record_of_ris_begins_and_ends_and_has_one_line_a_tag() -> None:
    tags = tags_of(write_ris(replace(CITED, question="Une\r\nER  - question")))

    assert tags[0] == ("TY", "DATA")
    assert tags[-1] == ("ER", "")
    assert [tag for tag, _ in tags].count("ER") == 1
    assert dict(tags)["TI"] == "Une ER - question"
    assert dict(tags)["DA"] == "2026/11/22/"
    assert dict(tags)["AU"] == "La rédaction des Contrats locaux de santé,"
    assert dict(tags)["UR"] == CITED.address


@pytest.mark.parametrize(("issued", "month"), [("2026", None), ("2026-03", "mar"), ("", None)])
def test_a_date_is_as_precise_as_it_is_known(issued: str, month: str | None) -> None:
    fields = fields_of(write_bibtex(replace(CITED, issued=issued)))

    assert fields.get("month") == month
    assert fields["year"] == f"{{{issued[:4]}}}"
