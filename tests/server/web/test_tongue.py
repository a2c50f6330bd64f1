"""Both languages of the interface: each message has its English, and no English is left over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask

import contrats
from contrats.web.tongue import ENGLISH, LOCALES, InTwoTongues, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(contrats.__file__).parent
METHODS = [("web/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
OPTIONS = {"web/templates/**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
KEYWORDS = {**DEFAULT_KEYWORDS, "mark": None}
Message: TypeAlias = str | tuple[str, ...]


def said() -> dict[Message, str]:
    """Return each message of the pages, and where it is said first."""
    found: dict[Message, str] = {}
    extracted = extract_from_dir(
        PACKAGE, METHODS, OPTIONS, KEYWORDS, directory_filter=lambda path: "static" not in str(path)
    )
    for file, line, message, _comments, _context in extracted:
        if message:
            found.setdefault(message, f"{file}:{line}")
    return found


def translated() -> Iterator[tuple[str, Message, Message]]:
    """Yield each English message: its file, what it translates, what it says."""
    for path in sorted((LOCALES / ENGLISH).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, ENGLISH, abort_invalid=True):
                if message.id:
                    yield path.name, _frozen(message.id), _frozen(message.string or "")


def _frozen(text: str | list[str] | tuple[str, ...]) -> Message:
    return text if isinstance(text, str) else tuple(text)


def test_each_message_has_its_english() -> None:
    known = {message for _file, message, english in translated() if english and all(english)}

    assert {where: message for message, where in said().items() if message not in known} == {}


def test_no_english_is_left_of_a_message_that_is_gone() -> None:
    known = set(said())

    assert [(file, each) for file, each, _english in translated() if each not in known] == []


def test_no_message_is_translated_in_two_ways() -> None:
    ways: dict[Message, set[Message]] = {}
    for _file, message, english in translated():
        ways.setdefault(message, set()).add(english)

    assert {message: english for message, english in ways.items() if len(english) > 1} == {}


def test_a_translation_is_completed_by_the_same_values() -> None:
    def values(message: Message) -> set[str]:
        texts = [message] if isinstance(message, str) else message
        return {name for text in texts for name in re.findall(r"%\((\w+)\)s", text)}

    assert [m for _file, m, english in translated() if values(m) != values(english)] == []


@pytest.fixture
def app() -> Flask:
    """Return an application of one page, in two languages."""
    app = Flask(__name__)
    app.wsgi_app = InTwoTongues(app.wsgi_app)  # type: ignore[method-assign]

    @app.get("/")
    def count() -> str:
        return "|".join([_("oui"), *(ngettext("%(num)s an", "%(num)s ans", n) for n in (0, 1, 2))])

    return app


def test_a_page_below_en_speaks_english_and_another_french(app: Flask) -> None:
    client = app.test_client()

    assert client.get("/").text == "oui|0 an|1 an|2 ans"
    assert client.get("/en/").text == "yes|0 years|1 year|2 years"


def test_a_path_that_only_begins_like_it_is_not_english(app: Flask) -> None:
    assert app.test_client().get("/english").status_code == 404
