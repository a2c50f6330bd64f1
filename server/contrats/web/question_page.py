"""The page of a saved query: its form, its answer, its SPARQL, how to take, trust and cite it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.citation import write_bibtex, write_ris
from contrats.engine.asked import ROWS
from contrats.engine.rows import SHOWN, read_rows
from contrats.parameter import LEXICAL
from contrats.vocabulary import BASE
from contrats.web import address, views
from contrats.web.answer_table import AnswerTable, make_table
from contrats.web.asking import Asking, answer
from contrats.web.choices import choices_of
from contrats.web.citing import cite_asking
from contrats.web.media import CITATIONS, GRAPHS, RESULTS
from contrats.web.parts import Head, Link
from contrats.web.site import this_site
from contrats.web.snippets import Snippet, snippets_of
from contrats.web.tongue import _, is_english
from contrats.web.wording import description_of, heading_of, limit_of, summary_of
from contrats.web.words import duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contrats.citation import Citation
    from contrats.engine.asked import Answered
    from contrats.given import Choice
    from contrats.library import SavedQuery
    from contrats.parameter import Parameter
    from contrats.web.media import Variant
    from contrats.web.passport import Passport

_VARIABLE: Final = re.compile(r"(\?[A-Za-z]\w*)")
_OTHERS: Final = 5
_TABLES: Final = sorted(RESULTS, key=lambda variant: variant.suffix not in {"csv", "tsv"})
"""What opens in a spreadsheet first."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter in the form: a list when its values are known, else a line to write in."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]
    pattern: str
    hint: str


@dataclass(frozen=True, slots=True)
class Result:
    """The answer: yes or no, or a table; `partial` tells that the table does not hold it all."""

    verdict: bool | None
    table: AnswerTable | None
    total: int
    partial: bool


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """All that the page shows."""

    query: SavedQuery
    fields: tuple[Field, ...]
    result: Result
    forms: tuple[Link, ...]
    limit: tuple[str, ...]
    """What the answer does not say; every second piece is the name of a variable."""
    text: str
    file: str
    snippets: tuple[Snippet, ...]
    passport: Passport
    again: str
    duration: str
    given: tuple[tuple[str, str], ...]
    citation: Citation
    cited: tuple[tuple[Link, str], ...]
    others: tuple[Link, ...]


def show_question(asking: Asking) -> str:
    """Return the page of a saved query with its answer."""
    query = asking.query
    answered, passport = answer(asking, ROWS)
    citation = cite_asking(asking)
    written = (write_bibtex(citation), write_ris(citation))
    page = QuestionPage(
        query,
        tuple(_field(each, asking) for each in query.parameters),
        _result(asking, answered),
        tuple(_file(asking, v) for v in (GRAPHS if query.form == "CONSTRUCT" else _TABLES)),
        tuple(_VARIABLE.split(limit_of(query))),
        asking.text,
        address.data(asking.path("rq")),
        snippets_of(asking),
        passport,
        address.local(passport.again.removeprefix(address.public(""))),
        duration(passport.seconds),
        tuple((heading_of(query, name), each.label) for name, each in asking.choices.items()),
        citation,
        tuple(zip((_citation_link(asking, v) for v in CITATIONS), written, strict=True)),
        _others(query),
    )
    return views.render("query.html", "queries", head=_head(query), page=page)


def _result(asking: Asking, answered: Answered) -> Result:
    """Return what `answered`, in the form `ROWS`, holds."""
    columns, rows = read_rows(answered.body) if isinstance(answered.body, bytes) else ((), [])
    total = answered.count or 0
    if asking.query.form == "ASK":
        return Result(str(rows[0]["boolean"]).startswith('"true"'), None, total, partial=False)
    partial = total > SHOWN
    return Result(None, make_table(asking, columns, rows, partial=partial), total, partial)


def _field(parameter: Parameter, asking: Asking) -> Field:
    """Return how the form asks for `parameter`, what was asked chosen."""
    given = asking.choices.get(parameter.name)
    choices = choices_of(parameter)
    pattern, hint = "", ""
    if not choices:
        pattern, *hints = LEXICAL[parameter.datatype]
        hint = hints[is_english()]
    return Field(
        parameter.name,
        heading_of(asking.query, parameter.name),
        given.value if given else "",
        tuple((c.value, _option(c)) for c in choices),
        pattern,
        hint,
    )


def _option(choice: Choice) -> str:
    """Return how a list names `choice`, a contract after its place."""
    if not choice.place:
        return choice.label
    return _("%(kind)s : %(name)s", kind=choice.place, name=choice.label)


def _file(asking: Asking, variant: Variant) -> Link:
    return Link(variant.name, address.data(asking.path(variant.suffix)))


def _citation_link(asking: Asking, variant: Variant) -> Link:
    path = asking.path(variant.suffix).replace(f".{variant.suffix}", f"/cite.{variant.suffix}", 1)
    return Link(variant.name, address.local(path))


def _others(query: SavedQuery) -> tuple[Link, ...]:
    """Return other questions: first those with a parameter of the same name, then the next ones."""
    library = this_site().library
    at = library.index(query)
    following = [*library[at + 1 :], *library[:at]]
    names = {each.name for each in query.parameters}
    following.sort(key=lambda other: not names & {each.name for each in other.parameters})
    return tuple(
        Link(summary_of(other), address.local(f"/queries/{other.name}"), other.summary)
        for other in following[:_OTHERS]
    )


def _head(query: SavedQuery) -> Head:
    crumbs: Sequence[Link] = (
        Link(_(views.HOME), address.local("/")),
        Link(_("Requêtes"), address.local("/queries")),
    )
    above = _("Question prête")
    if query.question:
        above = _("Question prête · question de recherche %(number)s", number=query.question)
    iri = f"{BASE}queries/{query.name}"
    return Head(
        summary_of(query), above, description_of(query) or None, iri, (), tuple(crumbs),
        query.summary,
    )  # fmt: skip
