"""The contracts that the fields of an address choose by facets, and the query that finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app

from contrats.facets import Chosen, Facets, open_facets, read_facets
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KEPT: Final = "contrats.facets"
"""Where an application keeps the pairs that it read: its release never changes."""
_BASE: Final = "chosen"


def chosen_contracts(fields: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the IRIs of the contracts that `fields` choose, sorted; all when they choose nothing.

    Fields that are no facets are passed over; a value that is none is a `RefusalError`.
    """
    return tuple(sorted(facets().chosen(chosen_of(fields))))


def chosen_text(fields: Mapping[str, Sequence[str]]) -> str:
    """Return the query whose ?contract are the contracts that `fields` choose."""
    return facets().text(chosen_of(fields))


def facet_fields(fields: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return the fields that choose, as an address of the same choice writes them."""
    known = facets()
    return [(n, known.short(n, term)) for n, terms in chosen_of(fields).items() for term in terms]


def facets() -> Facets:
    """Return the facets of the release that is served, read when first asked for."""
    kept: Facets | None = current_app.extensions.get(_KEPT)
    if kept is None:
        site = this_site()
        files = read_facets(site.settings.rooms.queries / "facets")
        kept = open_facets(site.store, files, site.queries.texts[_BASE])
        current_app.extensions[_KEPT] = kept
    return kept


def chosen_of(fields: Mapping[str, Sequence[str]]) -> Chosen:
    """Return the values of facets that `fields` name, each once; an empty one says nothing."""
    known, found = facets(), Chosen()
    for name in known.pairs:
        for short in dict.fromkeys(value for value in fields.get(name, ()) if value):
            term = known.term(name, short)
            if term is None:
                raise _unknown(known, name, short)
            if term not in found.setdefault(name, []):
                found[name].append(term)
    return found


def _unknown(known: Facets, name: str, short: str) -> RefusalError:
    """Return the refusal of a value that is none of the facet `name`."""
    listed = ", ".join(sorted({known.short(name, term) for term in known.pairs[name]}))
    return RefusalError(
        400,
        f"Filtre « {name}={short[:40]} » inconnu. Valeurs possibles : {listed}.",
        f'Unknown filter "{name}={short[:40]}". Possible values: {listed}.',
    )
