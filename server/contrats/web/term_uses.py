"""How a term of the ontology is used in the data: how often, by what first, under which rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.vocabulary import SHAPE, compact
from contrats.web import address
from contrats.web.description import Description, read_description
from contrats.web.page_query import asked
from contrats.web.parts import Link, Value, link_to, value_of
from contrats.web.site import this_site
from contrats.web.tongue import is_english

if TYPE_CHECKING:
    from collections.abc import Callable

    from contrats.web.behind import Behind


@dataclass(frozen=True, slots=True)
class Use:
    """How many statements use a term, and the first of them; `value` is None of a class."""

    number: int
    behind: Behind
    thing: Link | None
    value: Value | None


def use_of(iri: str) -> Use:
    """Return how the term `iri` is used."""
    site, term = this_site(), ox.NamedNode(iri)
    rows = site.queries.rows(site.store, "term-uses", {"term": term})
    row = next(iter(rows), None)
    behind = asked("term-uses", term=term)
    if row is None:
        return Use(0, behind, None, None)
    d = Description(row["first"].value, site.statements)
    values = d.own(d.iri).get(iri, ())
    value = _value(d, values[0]) if values else None
    return Use(int(row["uses"].value), behind, _link(d, d.iri), value)


def _link(d: Description, iri: str) -> Link:
    """Return the link to `iri`; a name made of French words gives way to the short IRI."""
    link = link_to(d, iri)
    made = is_english() and not link.english and not link.language
    return replace(link, text=compact(iri)) if made else link


def _value(d: Description, term: ox.NamedNode | ox.Literal) -> Value:
    if isinstance(term, ox.Literal):
        return value_of(d, term)
    link = _link(d, term.value)
    return Value(link.text, link.path, link.external, link.language)


def read_rules() -> Callable[[str], tuple[Link, ...]]:
    """Return what gives the shapes of a class, or those whose path is a property."""
    d = read_description(SHAPE, this_site().shapes)

    def rules(iri: str) -> tuple[Link, ...]:
        found = {*d.leading_to(iri, "sh:targetClass"), *d.leading_to(iri, "sh:path")}
        return tuple(_rule(shape) for shape in sorted(found) if shape.startswith(SHAPE))

    return rules


def _rule(shape: str) -> Link:
    name = shape.removeprefix(SHAPE)
    return Link(name, f"{address.local('/shape')}#{name}", iri=shape)
