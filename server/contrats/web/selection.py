"""The contracts that the fields of an address choose by facets, and the query that finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from contrats.facets import Chosen, Facets, open_facets, read_facets
from contrats.web import address
from contrats.web.behind import Behind
from contrats.web.day import with_day
from contrats.web.kept import keep_for_all
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LIST: Final = "/contracts"
_BASE: Final = "chosen"


@dataclass(frozen=True, slots=True)
class Selection:
    """The fields of an address that choose contracts, and how the list of them is shown."""

    fields: tuple[tuple[str, str], ...]
    shown: tuple[tuple[str, str], ...] = ()

    def path(self, page: str = LIST) -> str:
        """Return the address of `page` about this selection."""
        return address.local(_asked(page, (*self.fields, *self.shown)))

    def showing(self, name: str, value: str) -> str:
        """Return the address of the same list, `name` of how it is shown being `value`."""
        kept = tuple(each for each in self.shown if each[0] != name)
        return Selection(self.fields, (*kept, (name, value)) if value else kept).path()

    def without(self, name: str, value: str) -> Selection:
        """Return the selection that this value does not narrow."""
        kept = tuple(each for each in self.fields if each != (name, value))
        return Selection(kept, self.shown)

    def having(self, name: str, value: str) -> Selection:
        """Return the selection whose facet `name` is `value` alone."""
        kept = tuple(each for each in self.fields if each[0] != name)
        return Selection((*kept, (name, value)), self.shown)

    @property
    def behind(self) -> Behind:
        """Return what stands behind the number of its contracts: the list, and its rows."""
        csv = address.data(_asked(f"{LIST}.csv", self.fields))
        return Behind(address.local(_asked(LIST, self.fields)), csv)


def selection(*fields: tuple[str, str]) -> Selection:
    """Return the selection that `fields`, of values known to be there, make."""
    return Selection(fields)


def read_selection(
    fields: Mapping[str, Sequence[str]], shown: Mapping[str, str] | None = None
) -> Selection:
    """Return the selection that `fields` ask for, each value as an address writes it."""
    return Selection(tuple(facet_fields(fields)), tuple((shown or {}).items()))


def facet_fields(fields: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return those of `fields` that choose, as an address of the same choice writes them."""
    known, chosen = facets(), chosen_of(fields)
    return [(name, known.short(name, term)) for name, terms in chosen.items() for term in terms]


def chosen_contracts(fields: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the IRIs of the contracts that `fields` choose, sorted; all when they choose nothing.

    Fields that are no facets are passed over; a value that is none is a `RefusalError`.
    """
    return tuple(sorted(facets().chosen(chosen_of(fields))))


def facets() -> Facets:
    """Return the facets of the release that is served, read when first asked for."""
    return keep_for_all("facets", _read_facets)


def _read_facets() -> Facets:
    site = this_site()
    files = read_facets(site.settings.rooms.queries / "facets")
    return open_facets(site.store, files, site.queries.texts[_BASE])


def chosen_of(fields: Mapping[str, Sequence[str]]) -> Chosen:
    """Return the values of facets that `fields` name, each once; an empty one says nothing."""
    known, found, fields = facets(), Chosen(), with_day(fields)
    for name in known.pairs:
        for short in dict.fromkeys(value for value in fields.get(name, ()) if value):
            term = known.term(name, short)
            if term is None:
                raise _unknown(known, name, short)
            if term not in found.setdefault(name, []):
                found[name].append(term)
    return found


def _asked(page: str, fields: Sequence[tuple[str, str]]) -> str:
    return f"{page}{'?' if fields else ''}{urlencode(fields)}"


def _unknown(known: Facets, name: str, short: str) -> RefusalError:
    """Return the refusal of a value that is none of the facet `name`."""
    listed = ", ".join(sorted({known.short(name, term) for term in known.pairs[name]}))
    return RefusalError(
        400,
        f"Filtre « {name}={short[:40]} » inconnu. Valeurs possibles : {listed}.",
        f'Unknown filter "{name}={short[:40]}". Possible values: {listed}.',
    )
