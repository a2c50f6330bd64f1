"""The tokens of a SPARQL text, each with its place."""

from __future__ import annotations

import re
from typing import Final

# Terminals of https://www.w3.org/TR/sparql11-query/#sparqlGrammar, none longer than the engine's.
_ESCAPE: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LOCAL: Final = r"[\w:\-\u00B7]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
TOKEN: Final = re.compile(
    rf"""
      (?P<space>\s++|\#[^\r\n]*+)
    | (?P<string>\"\"\"(?:\"?\"?(?:[^\"\\]|\\.))*+\"\"\" | '''(?:'?'?(?:[^'\\]|\\.))*+'''
        | \"(?:[^\"\\\r\n]|\\.)*+\" | '(?:[^'\\\r\n]|\\.)*+')
    | (?P<iri><(?:[^<>\"{{}}|^`\\\x00-\x20]|{_ESCAPE})*+>)
    | (?P<variable>[?$]\w++)
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[a-z]++)?)
    | (?P<blank>_:\w(?:[\w\-\u00B7]|\.++(?=[\w\-\u00B7]))*+)
    | (?P<name>(?:[^\W\d_](?:[\w\-\u00B7]|\.++(?=[\w\-\u00B7]))*+)?:
        (?:(?:{_LOCAL})(?:{_LOCAL}|\.++(?={_LOCAL}))*+)?)
    | (?P<word>[^\W\d]\w*+)
    | (?P<number>\d++(?:\.\d*+)?(?:[eE][+-]?\d++)?)
    | (?P<bracket>[{{}}()\[\]])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
PROLOGUE: Final = frozenset({"BASE", "PREFIX", "VERSION"})
_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column of `offset`, both counted from 1."""
    before = text[:offset]
    line = before.count("\n") + 1
    return line, offset - (before.rfind("\n") + 1) + 1


def decode(text: str) -> tuple[str, list[int]]:
    """Return `text` with its code point escapes replaced, and for each character where it stood.

    Where there is nothing to replace, nothing stood elsewhere.
    """
    if "\\u" not in text and "\\U" not in text:
        return text, []
    decoded: list[str] = []
    origins: list[int] = []
    at = 0
    for match in _CODE_POINT.finditer(text):
        code = int(match[1] or match[2], 16)
        character = chr(code) if code <= 0x10FFFF else "\ufffd"  # noqa: PLR2004
        decoded += [*text[at : match.start()], character]
        origins += [*range(at, match.start()), match.start()]
        at = match.end()
    return "".join([*decoded, *text[at:]]), [*origins, *range(at, len(text) + 1)]


def next_token(text: str, at: int) -> str:
    """Return the next token of `text` that is neither white space nor a comment."""
    match = TOKEN.match(text, at)
    while match and match.lastgroup == "space":
        match = TOKEN.match(text, match.end())
    return match[0] if match else ""


def names_dataset(text: str) -> bool:
    """Tell whether `text` has a FROM clause: the keyword, also glued to another (`ASKFROM<g>`).

    https://www.w3.org/TR/sparql11-query/#specifyingDataset
    """
    if "FROM" not in text.upper():
        return False
    words = (match["word"] for match in TOKEN.finditer(text) if match.lastgroup == "word")
    return any("FROM" in word.upper() for word in words)


def depth(text: str) -> int:
    """Return how deep the brackets of `text` are nested."""
    now = deepest = 0
    for match in TOKEN.finditer(text):
        if match.lastgroup == "bracket":
            now += 1 if match[0] in "{([" else -1
            deepest = max(deepest, now)
    return deepest


def first_stray(text: str) -> int | None:
    """Return where something stands that opens neither a prologue nor a query, if it does."""
    for match in TOKEN.finditer(text):
        if match.lastgroup in {"space", "name", "iri", "string"}:
            continue
        word = (match["word"] or "").upper()
        if word in PROLOGUE:
            continue
        return None if word.startswith(tuple(FORMS)) else match.start()
    return None


def path_signs(text: str) -> list[int]:
    """Return where `/`, `|` and `^` stand; `||` and `^^` are no part of a property path."""
    found = [m for m in TOKEN.finditer(text) if m.lastgroup == "other" and m[0] in "/|^"]
    at = {m.start(): m[0] for m in found}
    doubled = {"|", "^"}
    return [
        here
        for here, sign in at.items()
        if sign not in doubled or sign not in {at.get(here - 1), at.get(here + 1)}
    ]
