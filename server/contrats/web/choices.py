"""What the parameters of a saved query may be, as the release that is served has it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.given import Choice, literal_choices, read_fields
from contrats.parameter import short_name
from contrats.search import stem
from contrats.web import address
from contrats.web.description import Description
from contrats.web.kept import keep
from contrats.web.site import this_site
from contrats.web.tongue import ENGLISH, is_english

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contrats.library import SavedQuery
    from contrats.parameter import Parameter


def choices_of(parameter: Parameter) -> Sequence[Choice]:
    """Return the values that `parameter` may have, by name; none where any literal will do.

    A thing is one when the release gives it the class of an example, and its IRI is of the family.
    """
    if not parameter.families:
        return literal_choices(parameter)
    return keep(parameter, lambda: tuple(sorted(_things(parameter).values(), key=_by_name)))


def read_given(
    query: SavedQuery, fields: Sequence[tuple[str, str]]
) -> Mapping[str, ox.NamedNode | ox.Literal]:
    """Return the terms that the fields of the request give to the parameters of `query`."""
    where = address.public(f"/queries/{query.name}")
    return read_fields(query.parameters, fields, choices_of, where)


def chosen(parameter: Parameter, term: ox.NamedNode | ox.Literal) -> Choice:
    """Return the choice that `term` is, for a value that was read."""
    found = (each for each in choices_of(parameter) if each.term == term)
    return next(found, Choice(short_name(term.value), term, term.value))


def _things(parameter: Parameter) -> dict[str, Choice]:
    """Return the things that `parameter` may be, by IRI, each under its first name."""
    site = this_site()
    found: dict[str, Choice] = {}
    for example in _examples(parameter):
        bind = {"example": ox.NamedNode(example)}
        for row in site.queries.rows(site.store, "alike", bind):
            iri = row["thing"].value
            if iri.startswith(parameter.families) and iri not in found:
                name, place = (each.value if each else "" for each in (row["name"], row["place"]))
                found[iri] = Choice(short_name(iri), row["thing"], name or short_name(iri), place)
    if not is_english():
        return found
    d = Description("", site.statements)
    spoken = {iri: d.label_in(iri, ENGLISH) for iri in found}
    return {
        iri: replace(choice, label=spoken[iri] or choice.label) for iri, choice in found.items()
    }


def _examples(parameter: Parameter) -> list[str]:
    """Return its example, and those of other parameters that are of one of its families."""
    others = (each for query in this_site().library for each in query.parameters)
    fitting = [each.example for each in others if each.example.startswith(parameter.families)]
    return list(dict.fromkeys([parameter.example, *fitting]))


def _by_name(choice: Choice) -> tuple[list[str], list[str], str]:
    """Return what lists are ordered by, accents not counting."""
    return stem(choice.place or choice.label), stem(choice.label), choice.value
