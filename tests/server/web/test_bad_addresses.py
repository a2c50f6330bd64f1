"""Addresses that lead nowhere, whatever was written: the reason, in the form that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient

SUFFIXED = (
    "/doc/contract/valence-2019", "/graph/laws", "/graph/report", "/def", "/shape", "/catalog",
    "/contracts", "/compare", "/queries/figures", "/queries/figures/cite", "/sitemap/contract",
    "/cite/contract/valence-2019", "/card/contract/valence-2019", "/dump/contrats",
    "/id/contract/x", "/static/style",
)  # fmt: skip
TRICKS = (
    "/doc/contract/valence-2019%2ettl%2e", "/doc/contract/..%2f..%2fetc", "/doc/contract/%00",
    "/doc/contract/valence-2019%0d%0aX-Evil:%201", "/doc/contract/VALENCE-2019",
    "/doc/contract/valence-2019/", "/doc//contract/valence-2019", "/doc/contract/valence%2D2019.",
    "/graph/..%2f..%2fmanifest.json", "/graph/laws/..", "/static/..%2fapp.py", "/static/%00",
    "/static/../app.py", "/dump/..%2fmanifest.json", "/sitemap/..%2fpages.xml", "/doc/contract/%FF",
    "/doc/contract/%e2%80%ae", "/en/en/contracts", "/doc/contract/" + "a" * 6_000,
    "/" + "%41" * 3_000, "/doc/<script>/x", "/def/hasPriority", "/id/contract/valence-2019.ttl",
)  # fmt: skip
FORMS = {
    "text/html": "text/html; charset=utf-8",
    "text/turtle": "text/turtle; charset=utf-8",
    "application/rdf+xml": "application/rdf+xml; charset=utf-8",
    "text/plain": "text/plain; charset=utf-8",
    "image/png": "application/problem+json",
}


@pytest.mark.parametrize("accept", FORMS)
@pytest.mark.parametrize("path", [*(f"{each}.xyz" for each in SUFFIXED), *TRICKS])
def test_an_address_that_leads_nowhere_is_404_with_the_reason_in_the_form_asked_for(
    client: FlaskClient, path: str, accept: str
) -> None:
    answer = client.get(path, headers={"Accept": accept})

    assert answer.status_code == 404
    assert answer.content_type == FORMS[accept]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "X-Evil" not in answer.headers
    assert "Link" not in answer.headers
    assert "<script>" not in answer.text
    assert 80 < len(answer.data) < 60_000
    if accept == "text/turtle":
        assert len(list(ox.parse(answer.data, format=ox.RdfFormat.TURTLE))) > 4


@pytest.mark.parametrize("path", [f"{each}.xyz" for each in SUFFIXED[:12]])
def test_an_unknown_suffix_is_told_with_those_there_are(client: FlaskClient, path: str) -> None:
    said = client.get(path, headers={"Accept": "text/plain"}).text

    assert "xyz" in said or "." in said
    assert len(said) > 60


def test_options_of_what_is_nowhere_is_404_and_of_all_is_told(client: FlaskClient) -> None:
    assert client.options("/nowhere").status_code == 404
    assert client.options("/doc/contract/nowhere").headers["Allow"] == "GET, HEAD, OPTIONS"


def test_links_reach_a_client_of_the_real_server_with_each_304(address: str) -> None:
    def headers_of(known: str | None) -> tuple[int, str | None, str | None]:
        request = Request(f"{address}/doc/theme/sante-mentale.ttl", method="GET")  # noqa: S310
        if known:
            request.add_header("If-None-Match", known)
        try:
            with urlopen(request) as answer:  # noqa: S310 -- loopback
                return answer.status, answer.headers["Link"], answer.headers["ETag"]
        except OSError as answer:  # urllib takes a 304 for an error
            found = getattr(answer, "headers", {})
            return getattr(answer, "code", 0), found["Link"], found["ETag"]

    first = headers_of(None)
    again, remembered = headers_of(first[2]), headers_of(first[2])

    assert first[0] == 200
    assert 'rel="canonical"' in (first[1] or "")
    assert again == remembered == (304, *first[1:])
