"""The language of the interface: French, and English below `/en`; data stays in its own words.

A message is written in French where it is used; `locales/en/*.po` hold the English ones, and a test
keeps the two in step (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html).
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import request
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import Environment

FRENCH: Final = "fr"
ENGLISH: Final = "en"
BELOW: Final = f"/{ENGLISH}"
"""The path below which every page is in English."""
LOCALES: Final = Path(__file__).parent / "locales"
_SPOKEN: Final = ContextVar("contrats.language", default=FRENCH)
"""A page asks for it hundreds of times: that is quicker to ask than a request."""


class InTwoTongues:
    """A WSGI application that serves its pages in English below `/en`, as if mounted there.

    Pages are made before the call returns.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        """Keep the application, which asks `language`."""
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 -- PEP 3333's own
        """Answer, the language told apart from the path."""
        path = environ.get("PATH_INFO", "")
        if path == BELOW or path.startswith(f"{BELOW}/"):
            below = {
                "SCRIPT_NAME": f"{environ.get('SCRIPT_NAME', '')}{BELOW}",
                "PATH_INFO": path.removeprefix(BELOW) or "/",
            }
            before = _SPOKEN.set(ENGLISH)
            try:
                return self.app(environ | below, start_response)
            finally:
                _SPOKEN.reset(before)
        return self.app(environ, start_response)


def language() -> str:
    """Return the language of the page that is being made."""
    return _SPOKEN.get()


def is_english() -> bool:
    """Tell whether the page that is being made is in English."""
    return language() == ENGLISH


def root() -> str:
    """Return the path below which the site is served, in whatever language: that of data."""
    return request.script_root.removesuffix(BELOW) if is_english() else request.script_root


def in_other_language(wanted: str) -> str:
    """Return the path, with its fields, of the same page in the language `wanted`."""
    asked = request.query_string.decode("utf-8", "replace")
    below = BELOW if wanted == ENGLISH else ""
    path = request.path.removesuffix(".html")  # the same, whichever way it was asked for
    return f"{root()}{below}{path}{'?' if asked else ''}{asked}"


def _(message: str, **values: Any) -> str:  # noqa: ANN401 -- what a sentence is completed by
    """Return `message` in the language of the page, its `%(name)s` filled in."""
    return _gettext(message) % values


def ngettext(one: str, many: str, count: int, **values: Any) -> str:  # noqa: ANN401
    """Return `one` or `many` for `count` things in the language of the page; `%(num)s` is `count`.

    Zero takes the singular in French, the plural in English.
    """
    return _ngettext(one, many, count) % ({"num": count} | values)


def mark(message: str) -> str:
    """Return `message` as it is: a sentence of a table of them, translated where it is shown."""
    return message


def speak(environment: Environment) -> None:
    """Let the templates of `environment` say their messages in the language of the page."""
    environment.policies["ext.i18n.trimmed"] = True
    environment.add_extension("jinja2.ext.i18n")
    environment.globals["language"] = language
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext, _ngettext, newstyle=True
    )
    environment.globals["_"] = _say


def languages() -> dict[str, Any]:
    """Return what every template may ask about languages."""
    return {"lang": language(), "in_other_language": in_other_language, "data_root": root()}


def _say(message: str, /, **values: Any) -> Markup:  # noqa: ANN401 -- what a sentence takes
    """Return `message` as the extension's own does, its values escaped, without its detours."""
    return _marked(message, language()) % values if values else _whole(message, language())


@cache  # the messages of the templates
def _whole(message: str, spoken: str) -> Markup:
    return _marked(message, spoken) % {}


@cache
def _marked(message: str, spoken: str) -> Markup:
    return Markup(_english().gettext(message) if spoken == ENGLISH and message else message)  # noqa: S704 -- ours


def _gettext(message: str) -> str:
    return _english().gettext(message) if is_english() and message else message


def _ngettext(one: str, many: str, count: int) -> str:
    if is_english():
        return _english().ngettext(one, many, count)
    return one if abs(count) < 2 else many  # noqa: PLR2004 -- where French begins its plural


@cache
def _english() -> Translations:
    """Return the messages in English of all parts of the site."""
    found = Catalog(ENGLISH)
    for path in sorted((LOCALES / ENGLISH).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, ENGLISH):
                if message.id and message.string:
                    found.add(message.id, message.string)
    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return Translations(compiled)
