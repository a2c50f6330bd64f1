"""What a request gives to the parameters of a saved query: terms, or the error that says which."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, TypeAlias

from contrats.errors import QueryRefusedError
from contrats.parameter import IRI, LEXICAL, short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pyoxigraph as ox

    from contrats.parameter import Parameter

    Choices: TypeAlias = Callable[[Parameter], Sequence["Choice"]]

_LISTED: Final = 20
"""So many values are listed in an error; of a longer list, those that are nearest."""
_NEAR: Final = 5
_SHOWN: Final = 80
"""Characters of what was found that an error quotes."""


class ParameterError(QueryRefusedError):
    """A parameter of a saved query is unknown, given twice, or has a value that is not allowed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that is allowed: as a request writes it, as a term, and its name for people.

    A list shows `place` before the name of a contract, and is in that order.
    """

    value: str
    term: ox.NamedNode | ox.Literal
    label: str
    place: str = ""


def literal_choices(parameter: Parameter) -> tuple[Choice, ...]:
    """Return the literals that the header of the query lists; what is written is what is shown."""
    return tuple(Choice(each, parameter.term(each), each) for each in parameter.values)


def read_fields(
    parameters: Sequence[Parameter], fields: Sequence[tuple[str, str]], choices: Choices, where: str
) -> Mapping[str, ox.NamedNode | ox.Literal]:
    """Return the terms that the `fields` of a request give to `parameters`, or raise.

    An empty value means all, as does no value. `choices` gives what is allowed; `where` is the
    address at which a person finds it.
    """
    known = {each.name: each for each in parameters}
    for name, count in Counter(name for name, _ in fields).items():
        if name not in known:
            raise _unknown(name, list(known))
        if count > 1:
            raise _repeated(name, count)
    given = [(known[name], raw) for name, raw in fields if raw.strip()]
    return {
        each.name: read_value(each, raw, choices(each), f"{where}#{each.name}")
        for each, raw in given
    }


def read_value(
    parameter: Parameter, raw: str, choices: Sequence[Choice], where: str
) -> ox.NamedNode | ox.Literal:
    """Return what `raw` means for `parameter`, or raise `ParameterError`.

    One of `choices`, by its value or its whole IRI; without choices, a literal of the datatype.
    """
    value = raw.strip()
    for choice in choices:
        if value in {choice.value, choice.term.value}:
            return choice.term
    if choices or parameter.datatype == IRI:
        raise _not_allowed(parameter, value, choices, where)
    if re.fullmatch(LEXICAL[parameter.datatype][0], value) is None:
        raise _malformed(parameter, value)
    return parameter.term(value)


def _unknown(name: str, known: Sequence[str]) -> ParameterError:
    near = get_close_matches(name, known, 1)
    listed = ", ".join(known)
    return ParameterError(
        f"Le paramètre « {_shown(name)} » n’existe pas pour cette question. "
        + (f"Vouliez-vous dire « {near[0]} » ? " if near else "")
        + (f"Paramètres admis : {listed}." if known else "Elle n’en a aucun : ôtez-le."),
        f'The parameter "{_shown(name)}" does not exist for this question. '
        + (f'Did you mean "{near[0]}"? ' if near else "")
        + (f"Parameters allowed: {listed}." if known else "It has none: take it out."),
    )


def _repeated(name: str, count: int) -> ParameterError:
    return ParameterError(
        f"Le paramètre « {name} » est donné {count} fois ; donnez-le une fois, ou posez la "
        "question sans lui pour avoir toutes les réponses.",
        f'The parameter "{name}" is given {count} times; give it once, or ask without it to have '
        "all the answers.",
    )


def _not_allowed(
    parameter: Parameter, value: str, choices: Sequence[Choice], where: str
) -> ParameterError:
    """Return the error that says what is allowed: all of it, or how many and the nearest."""
    names = [choice.value for choice in choices]
    fr, en = (
        f"Valeurs admises : {', '.join(names)}.",
        f"Values allowed: {', '.join(names)}.",
    )
    if len(choices) > _LISTED or not choices:
        near = ", ".join(_nearest(value, choices))
        fr = (
            f"Il y en a {len(names)} d’admises, comme « {parameter.short_example} »"
            f"{f' ; les plus proches : {near}' if near else ''}. La liste : {where}"
        )
        en = (
            f'{len(names)} are allowed, such as "{parameter.short_example}"'
            f"{f'; the nearest: {near}' if near else ''}. The list: {where}"
        )
    return ParameterError(
        f"Le paramètre « {parameter.name} » a la valeur « {_shown(value)} », qui n’est pas "
        f"admise. {fr}",
        f'The parameter "{parameter.name}" has the value "{_shown(value)}", which is not '
        f"allowed. {en}",
    )


def _nearest(value: str, choices: Sequence[Choice]) -> list[str]:
    """Return the values whose own text or name is most like `value`."""
    asked = short_name(value)[:_SHOWN].lower()
    by_text = {text.lower(): each.value for each in choices for text in (each.label, each.value)}
    found = get_close_matches(asked, list(by_text), _NEAR)
    return list(dict.fromkeys(by_text[text] for text in found))


def _malformed(parameter: Parameter, value: str) -> ParameterError:
    _, fr, en = LEXICAL[parameter.datatype]
    return ParameterError(
        f"Le paramètre « {parameter.name} » a la valeur « {_shown(value)} » ; il faut {fr} "
        f"({parameter.datatype}).",
        f'The parameter "{parameter.name}" has the value "{_shown(value)}"; it takes {en} '
        f"({parameter.datatype}).",
    )


def _shown(text: str) -> str:
    """Return the beginning of what was found, without what would hide or turn the text after it."""
    kept = "".join(each if each.isprintable() else "�" for each in text)
    return f"{kept[:_SHOWN]}…" if len(kept) > _SHOWN else kept
