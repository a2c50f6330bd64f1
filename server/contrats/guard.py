"""Refuse, before the engine sees it, a query that would call out, update, or crash the process.

The engine has no switch for SERVICE and reads without a tokenizer: to it `SERVICE:x {` is a remote
call, so is `trueSERVICE<…> {`, and a `<` after a value may open an IRI or mean "less than". So each
`<` that can be both is followed as both, and the text is read twice when it holds code point
escapes: as written (the engine) and decoded first (https://www.w3.org/TR/sparql11-query/#codepointEscape).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from contrats.errors import QueryRefusedError
from contrats.extent import refuse_extent
from contrats.tokens import FORMS, PROLOGUE, TOKEN, decode, depth, next_token, place

if TYPE_CHECKING:
    import re

    from contrats.limits import Limits

MAX_DEPTH_READ_OTHERWISE: Final = 200
"""Levels where a `<` was taken for "less than", though most likely it opens an IRI."""
MAX_READINGS: Final = 40_000
"""Tokens looked at over all readings; an honest query of 16 KiB has some 6,000."""
UPDATES: Final = frozenset(
    "ADD CLEAR COPY CREATE DELETE DROP INSERT LOAD MOVE WITH".split()  # noqa: SIM905
)
_OPENED_BY: Final = {"}": "{", ")": "(", "]": "["}
_OPERANDS: Final = frozenset(
    {"variable", "string", "number", "language", "name", "iri", "TRUE", "FALSE", ")", ">"}
)
"""After one of these, within parentheses, `<` may mean "less than"."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where one way of reading the text has come to."""

    at: int
    deepest: int
    open: tuple[str, ...] = ()
    before: str = ""
    """Kind of the last token, or its own text for a bracket, a word or a sign."""
    otherwise: bool = False
    """Whether a `<` that could open an IRI was taken for "less than"."""


def check(text: str, limits: Limits, *, at_length: bool = False) -> str:
    """Return the form of `text` (SELECT, ASK, CONSTRUCT or DESCRIBE) or raise `QueryRefusedError`.

    `at_length` lets a text be as long as it likes: a person may, on their own machine. A text that
    no rule refuses may still be malformed: that is for the engine to say. Then the
    form is the first word that is not part of the prologue, or "SELECT".
    """
    refuse_extent(text, limits, at_length=at_length)
    form = form_of(text)
    decoded, origins = decode(text)
    if _is_plain(decoded, limits) and (decoded == text or _is_plain(text, limits)):
        return form
    _explore(text, text, None, limits.nesting)
    if decoded != text:
        _explore(decoded, text, origins, limits.nesting)
    return form


def _is_plain(text: str, limits: Limits) -> bool:
    """Tell whether `text`, however it is read, names no service, and is not deep as we read it.

    How deep it is another way does not matter here: a worker that it ends is one of many.
    """
    if "service" in text.lower():
        return False
    if sum(text.count(each) for each in "{([") <= limits.nesting:
        return True
    return depth(text) <= limits.nesting


def form_of(text: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE; an update is a `QueryRefusedError`."""
    for match in TOKEN.finditer(text):
        if match.lastgroup != "word":
            continue
        word = match["word"].upper()
        if word in UPDATES:
            line, column = place(text, match.start())
            raise QueryRefusedError(
                f"Mise à jour refusée : {word}, ligne {line}, colonne {column}. Ce point d’accès "
                "est en lecture seule ; écrivez SELECT, ASK, CONSTRUCT ou DESCRIBE.",
                f"Update refused: {word}, line {line}, column {column}. This endpoint is "
                "read-only; write SELECT, ASK, CONSTRUCT or DESCRIBE.",
                line,
                column,
            )
        if word not in PROLOGUE:
            return word if word in FORMS else "SELECT"
    return "SELECT"


def _explore(text: str, original: str, origins: list[int] | None, deepest: int) -> None:
    """Follow every reading of `text`; raise at the first remote call or too deep bracket."""
    todo = [_Reading(0, deepest)]
    seen = set(todo)
    while todo:
        reading = todo.pop()
        match = TOKEN.match(text, reading.at)
        if match is None:  # the end of the text
            continue
        where = place(original, origins[match.start()] if origins else match.start())
        for following in _follow(text, match, reading, where):
            if following not in seen:
                seen.add(following)
                todo.append(following)
        if len(seen) > MAX_READINGS:
            raise _refuse("trop de lectures possibles", "too many possible readings", where)


def _follow(
    text: str, match: re.Match[str], reading: _Reading, where: tuple[int, int]
) -> list[_Reading]:
    """Return what may be read after the token `match`: one reading, two, or none."""
    kind, token, end = match.lastgroup, match[0], match.end()
    if kind == "space":
        return [replace(reading, at=end)]
    if kind == "bracket":
        return _bracket(token, end, reading, where)
    _refuse_service(text, match, reading, where)
    before = token.upper() if kind in {"word", "other"} else kind or ""
    if kind == "variable" and reading.before == "VALUES":
        before = "VALUES"
    following = [replace(reading, at=end, before=before)]
    if kind == "iri" and reading.open[-1:] == ("(",) and reading.before in _OPERANDS:
        start = match.start() + 1
        following.append(replace(reading, at=start, before="<", otherwise=True))
    return following


def _bracket(token: str, end: int, reading: _Reading, where: tuple[int, int]) -> list[_Reading]:
    """Return the reading inside or outside the bracket `token`, none when it closes another.

    In a data block nothing is compared: its brackets are kept as "VALUES{" and "VALUES(".
    """
    inner = reading.open[-1:]
    if token not in _OPENED_BY:
        limit = MAX_DEPTH_READ_OTHERWISE if reading.otherwise else reading.deepest
        if len(reading.open) >= limit:
            raise _refuse(
                f"plus de {limit} niveaux d’imbrication", f"more than {limit} levels", where
            )
        block = reading.before == "VALUES" or inner == ("VALUES{",)
        opened = f"VALUES{token}" if block else token
        return [replace(reading, at=end, open=(*reading.open, opened), before=token)]
    if not inner or inner[0][-1] != _OPENED_BY[token]:
        return []
    before = "VALUES" if inner == ("VALUES(",) else token
    return [replace(reading, at=end, open=reading.open[:-1], before=before)]


def _refuse_service(
    text: str, match: re.Match[str], reading: _Reading, where: tuple[int, int]
) -> None:
    """Raise when the token `match` holds the keyword SERVICE where the engine would obey it."""
    kind, token = match.lastgroup, match[0].lower()
    if reading.open[-1:] not in {(), ("{",)}:
        return  # within parentheses no graph pattern stands
    if kind == "word":
        called = "service" in token
    elif kind == "name":
        glued = "service" in token.partition(":")[0] and reading.before != "GRAPH"
        called = glued and next_token(text, match.end()) == "{"
    else:
        return
    if called:
        raise _refuse("SERVICE (appel distant)", "SERVICE (remote call)", where)


def _refuse(fr: str, en: str, where: tuple[int, int]) -> QueryRefusedError:
    """Return the refusal of what stands at `where`."""
    line, column = where
    return QueryRefusedError(
        f"Requête refusée : {fr}, ligne {line}, colonne {column}. Ce point d’accès ne répond que "
        "de ses propres données ; ôtez cette partie.",
        f"Query refused: {en}, line {line}, column {column}. This endpoint answers from its own "
        "data only; take that part out.",
        line,
        column,
    )
