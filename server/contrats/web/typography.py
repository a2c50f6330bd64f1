"""French typography: one filter over the text of a page, never over data, `pre` or English."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_NBSP: Final = "\N{NO-BREAK SPACE}"
_NARROW: Final = "\N{NARROW NO-BREAK SPACE}"
_MONTHS: Final = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_TAG: Final = re.compile(r"(<[^>]*>)")
_NAME: Final = re.compile(r"</?([a-zA-Z][\w-]*)")
_LANG: Final = re.compile(r'\slang="([^"]*)"')
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "area", "base", "wbr"})
_RAW: Final = frozenset({"pre", "code", "textarea", "style", "script"})
_PLAIN: Final = frozenset({"svg", "title", "option"})
"""Elements whose text takes spaces and apostrophes, but no markup."""
_TEXT_RULES: Final = (
    (re.compile(r"(?<=\w)(?:'|&#39;)(?=[\w<&]|$)"), "’"),
    (re.compile(r"«[ \u00a0]?"), f"«{_NBSP}"),
    (re.compile(r"[ \u00a0]?»"), f"{_NBSP}»"),
    (re.compile(r"(?<=\S) :(?=\s|$)"), f"{_NBSP}:"),
    (re.compile(r"(?<=[^\s&]) ([;!?%])"), rf"{_NARROW}\1"),
    (re.compile(rf"\b(\d{{1,2}}) ({_MONTHS})\b"), rf"\1{_NBSP}\2"),
    (re.compile(r"\b1er (?=\w)"), f"1er{_NBSP}"),
)
_MARKUP_RULES: Final = (
    (re.compile(r"\b1er\b"), "1<sup>er</sup>"),
    (re.compile(r"\b(\d{1,2})e(?=[\s\u00a0])"), r"\1<sup>e</sup>"),
    (re.compile(r"(?<![\w-])(\d{1,4}-\d{1,4})(?![\w-])"), r'<span class="nowrap">\1</span>'),
)


def set_french(html: str) -> str:
    """Return the page `html` with its French text set as French readers expect.

    The page is our own output: `<` and `>` in text and attributes are escaped, so that what stands
    between them is a tag.
    """
    pieces = _TAG.split(html)  # a text, a tag, a text, and so on
    open_elements: list[tuple[str, bool, bool]] = [("", False, True)]  # name, raw, may hold markup
    for place in range(0, len(pieces), 2):
        text = pieces[place]
        if text and not text.isspace():
            _, raw, markup = open_elements[-1]
            if not raw:
                pieces[place] = _set(text, markup=markup)
        if place + 1 < len(pieces):
            _step(pieces[place + 1], open_elements)
    return "".join(pieces)


def _step(tag: str, open_elements: list[tuple[str, bool, bool]]) -> None:
    """Enter or leave the element of `tag`."""
    name, closes, language = _read_tag(tag)
    if not name:
        return
    if closes:
        if len(open_elements) > 1 and open_elements[-1][0] == name:
            open_elements.pop()
        return
    _, raw, markup = open_elements[-1]
    raw = raw or name in _RAW
    if language:
        raw = name in _RAW or language != "fr"
    open_elements.append((name, raw, markup and name not in _PLAIN))


@lru_cache(maxsize=4_000)  # most tags of a page stand in others too
def _read_tag(tag: str) -> tuple[str, bool, str]:
    """Return the element's name, empty when it holds nothing, whether it ends, its language."""
    found = _NAME.match(tag)
    name = found[1].lower() if found and not tag.endswith("/>") else ""
    language = _LANG.search(tag)
    return "" if name in _VOID else name, tag.startswith("</"), language[1] if language else ""


@lru_cache(maxsize=20_000)  # most runs of a page stand in others too
def _set(text: str, *, markup: bool) -> str:
    """Return `text`, a run between two tags, set in French."""
    for pattern, replacement in _TEXT_RULES:
        text = pattern.sub(replacement, text)
    for pattern, replacement in _MARKUP_RULES if markup else ():
        text = pattern.sub(replacement, text)
    return text
