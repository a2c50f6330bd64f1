"""What must hold of every route, so that none that is added is forgotten (`routes.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.server.web.routes import CHANGING, EXAMPLES, REDIRECTED, addresses

from contrats.web.headers import HEADERS

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from contrats.release import Release

MALICE: Final = {
    "Host": "malin.test",
    "X-Forwarded-Host": "malin.test",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Prefix": "/malin.test",
    "Forwarded": "host=malin.test",
    "X-Original-URL": "/malin.test",
}
_TEXTS: Final = ("text/", "application/xml")
_IN_304: Final = ("ETag", "Vary", "Cache-Control", "Content-Location", "Link")
BROWSER: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def paths(app: Flask, release: Release) -> list[tuple[str, str]]:
    return list(addresses(app, release.identifier))


@pytest.fixture(scope="module")
def answers(app: Flask, paths: list[tuple[str, str]]) -> dict[tuple[str, str], TestResponse]:
    """Return the answer to a browser at each address."""
    client = app.test_client()
    return {each: client.get(each[1], headers={"Accept": BROWSER}) for each in paths}


def test_no_example_is_left_of_a_route_that_is_gone(app: Flask) -> None:
    assert set(EXAMPLES) - {rule.rule for rule in app.url_map.iter_rules()} == set()


def test_every_address_answers(answers: dict[tuple[str, str], TestResponse]) -> None:
    expected = {each: REDIRECTED.get(each[0], 200) for each in answers}

    assert {each: answer.status_code for each, answer in answers.items()} == expected


def test_every_answer_bears_the_headers_that_keep_readers_safe(
    answers: dict[tuple[str, str], TestResponse],
) -> None:
    for (_, path), answer in answers.items():
        for name in HEADERS:
            assert name in answer.headers, (path, name)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path


def test_every_text_says_that_it_is_utf_8(answers: dict[tuple[str, str], TestResponse]) -> None:
    for (_, path), answer in answers.items():
        kind = answer.headers["Content-Type"]
        if kind.startswith(_TEXTS) or "+xml" in kind:
            assert kind.endswith("; charset=utf-8"), path


def test_everything_that_is_known_already_is_304_with_the_headers_alone(
    app: Flask, answers: dict[tuple[str, str], TestResponse]
) -> None:
    client = app.test_client()
    for (rule, path), answer in answers.items():
        if rule in REDIRECTED.keys() | CHANGING:
            assert not answer.data or rule in CHANGING, path
            continue
        tag = answer.headers["ETag"]
        known = {"Accept": BROWSER, "If-None-Match": tag}
        again = client.get(path, headers=known)
        assert not tag.startswith("W/"), path
        assert (again.status_code, again.data) == (304, b""), path
        for name in _IN_304:
            if name in answer.headers:
                assert again.headers.getlist(name) == answer.headers.getlist(name), (path, name)


def test_head_is_get_without_the_body(
    app: Flask, answers: dict[tuple[str, str], TestResponse]
) -> None:
    client = app.test_client()
    for (_, path), answer in answers.items():
        head = client.head(path, headers={"Accept": BROWSER})
        taken = ("Contrats-Seconds", "Date", "Expires")
        assert head.status_code == answer.status_code, path
        assert head.data == b"", path
        assert [each for each in head.headers if each[0] not in taken] == [
            each for each in answer.headers if each[0] not in taken
        ], path


def test_options_tell_what_may_be_asked_and_what_may_not_is_405(
    app: Flask, paths: list[tuple[str, str]]
) -> None:
    client = app.test_client()
    for rule, path in paths:
        options, refused = client.options(path), client.delete(path)
        methods = {
            method
            for each in app.url_map.iter_rules()
            if each.rule == rule
            for method in each.methods or ()
        }
        allowed = ", ".join(sorted(methods))
        assert (options.status_code, options.headers["Allow"]) == (200, allowed), path
        assert options.headers["Access-Control-Allow-Origin"] == "*", path
        assert (refused.status_code, refused.headers["Allow"]) == (405, allowed), path
        assert allowed in refused.get_json()["detail-en"], path


def test_nothing_is_taken_from_the_host_that_a_request_names(
    app: Flask, paths: list[tuple[str, str]]
) -> None:
    client = app.test_client()
    for _, path in paths:
        answer = client.get(path, headers=MALICE | {"Accept": BROWSER})
        assert b"malin.test" not in answer.data, path
        assert "malin.test" not in str(answer.headers), path
        assert "gopher" not in str(answer.headers), path


def test_links_in_headers_are_short_and_lead_to_other_forms(
    app: Flask, answers: dict[tuple[str, str], TestResponse]
) -> None:
    client, routes = app.test_client(), app.url_map.bind("localhost")
    seen = 0
    for (_, path), answer in answers.items():
        linked = answer.headers.get("Link", "")
        assert len(linked) < 2_000, path
        for part in linked.split(", ") if 'rel="alternate"' in linked else []:
            target, _, said = part[1:].partition(">")
            if 'rel="alternate"' not in said:
                continue
            assert routes.match(target.partition("?")[0]), (path, target)
            if path.startswith(("/doc/", "/graph/laws")):
                found = client.get(target).headers["Content-Type"].partition(";")[0]
                assert f'type="{found}"' in said, (path, target)
                seen += 1
    assert seen == 15
