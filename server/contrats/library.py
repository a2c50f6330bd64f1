"""`queries/*.rq` -> saved queries: each a question that the data must answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from contrats.errors import QueryFileError
from contrats.header import (
    BOOLEAN,
    ROWS,
    Declaration,
    Parsed,
    one_value,
    parse_query,
    read_declarations,
    read_query,
    without_header,
)
from contrats.parameter import read_parameters
from contrats.tokens import FORMS, TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from contrats.parameter import Parameter

_TEXTS: Final = ("summary", "description", "limit", "columns")
"""What a query says of itself, in English under this key and in French under `<key>-fr`."""

_KEYS: Final = frozenset(
    {"question", "parameter", "values", *_TEXTS, *(f"{key}-fr" for key in _TEXTS)},
)


@dataclass(frozen=True, slots=True)
class Column:
    """A variable of the answer, and how a table heads it in both languages."""

    name: str
    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question, the SPARQL that answers it, what the answer holds and what limits it.

    `question` is the number of the competency question that it answers; it, descriptions and
    limits may be empty. `form` is SELECT, ASK or CONSTRUCT; only a SELECT has `columns`.
    """

    name: str
    question: str
    summary: str
    summary_fr: str
    description: str
    description_fr: str
    limit: str
    limit_fr: str
    parameters: tuple[Parameter, ...]
    text: str = field(repr=False)
    form: str = "SELECT"
    columns: tuple[Column, ...] = ()

    @property
    def body(self) -> str:
        """Return the query without its header, which says the same to people."""
        return without_header(self.text)

    def heading(self, name: str, *, english: bool = False) -> str:
        """Return how a table and a form call the variable `name`, else the variable."""
        found = next((each for each in self.columns if each.name == name), None)
        if found is None:
            return name
        return found.en if english else found.fr


def read_library(queries: Path) -> tuple[SavedQuery, ...]:
    """Return the saved queries of the room, those in its subfolders left out, by name."""
    return tuple(read_saved_query(path) for path in sorted(queries.glob("*.rq")))


def read_saved_query(path: Path) -> SavedQuery:
    """Return the saved query at `path`, or raise `QueryFileError` at the line that is wrong."""
    name = f"queries/{path.name}"
    text = read_query(path)
    declared = read_declarations(name, text, _KEYS)
    parsed = parse_query(name, text)
    return SavedQuery(
        name=path.stem,
        question=_optional(name, declared, "question"),
        summary=one_value(name, declared, "summary"),
        summary_fr=one_value(name, declared, "summary-fr"),
        description=_optional(name, declared, "description"),
        description_fr=_optional(name, declared, "description-fr"),
        limit=_optional(name, declared, "limit"),
        limit_fr=_optional(name, declared, "limit-fr"),
        parameters=read_parameters(
            name, declared, parsed.variables if parsed.gives == ROWS else None
        ),
        text=text,
        form=_form(name, text, parsed),
        columns=_columns(name, declared, parsed.variables),
    )


def _optional(name: str, declared: tuple[Declaration, ...], key: str) -> str:
    """Return the value of `key`, empty when it is not declared."""
    return one_value(name, declared, key) if any(d.key == key for d in declared) else ""


def _form(name: str, text: str, parsed: Parsed) -> str:
    """Return the form of the query; what a DESCRIBE gives is the engine's choice, so refuse it."""
    if parsed.gives == ROWS:
        return "SELECT"
    if parsed.gives == BOOLEAN:
        return "ASK"
    words = ((match["word"] or "").upper() for match in TOKEN.finditer(text))
    if next((word for word in words if word in FORMS), "") == "CONSTRUCT":
        return "CONSTRUCT"
    raise QueryFileError(
        f"{name} : une question prête est un SELECT, un ASK ou un CONSTRUCT, non un DESCRIBE.",
        f"{name}: a saved query is a SELECT, an ASK or a CONSTRUCT, not a DESCRIBE.",
    )


def _columns(
    name: str, declared: tuple[Declaration, ...], projected: tuple[str, ...]
) -> tuple[Column, ...]:
    """Return the headings of the variables, which are those variables where none are declared."""
    fr, en = (
        _headings(name, declared, key, projected) or projected for key in ("columns-fr", "columns")
    )
    return tuple(map(Column, projected, fr, en))


def _headings(
    name: str, declared: tuple[Declaration, ...], key: str, projected: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the headings under `key`, one a variable in the order of the SELECT, or none."""
    found = [each for each in declared if each.key == key]
    if not found:
        return ()
    headings = tuple(part.strip() for part in one_value(name, declared, key).split("|"))
    if len(headings) == len(projected) and all(headings):
        return headings
    listed = ", ".join(f"?{each}" for each in projected) or "–"
    raise QueryFileError(
        f"{name}:{found[0].line} : « #+ {key}: » a {len(headings)} titres ; il en faut un par "
        f"variable du SELECT, dans l’ordre, séparés par « | » : {listed}.",
        f'{name}:{found[0].line}: "#+ {key}:" has {len(headings)} headings; it takes one a '
        f'variable of the SELECT, in that order, with "|" between: {listed}.',
    )
