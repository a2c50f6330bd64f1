"""One row a contract: what the lists of contracts show of each."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from contrats.search import stem
from contrats.web import address
from contrats.web.dates import in_words, span
from contrats.web.parts import Link
from contrats.web.site import this_site


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract of the list; what is None is not stated."""

    link: Link
    place: str | None
    generation: int | None
    period: str | None
    signature: str | None
    stage: str
    stage_name: str | None
    signatories: int
    signatories_complete: bool
    priorities: int
    priorities_complete: bool
    regions: tuple[tuple[str, str], ...]
    """Code and name of each region where it lies, in whole or part."""


def contract_rows() -> list[ContractRow]:
    """Return every contract once, by the name of its territory, accents not counting."""
    site = this_site()
    regions: dict[str, list[tuple[str, str]]] = {}
    for row in site.queries.rows(site.store, "contract-regions"):
        place = (row["code"].value, row["name"].value)
        regions.setdefault(row["contract"].value, []).append(place)
    found: dict[str, ContractRow] = {}
    for row in site.queries.rows(site.store, "contracts"):
        iri = row["contract"].value
        found.setdefault(iri, _contract(row, tuple(regions.get(iri, ()))))
    return sorted(found.values(), key=lambda each: stem(each.place or each.link.text))


def _contract(row: ox.QuerySolution, regions: tuple[tuple[str, str], ...]) -> ContractRow:
    def text(name: str) -> str | None:
        term = row[name]
        return term.value if isinstance(term, ox.Literal | ox.NamedNode) else None

    signature, generation, iri = text("signature"), text("generation"), text("contract") or ""
    return ContractRow(
        Link(text("title") or iri, address.path_of(iri), iri=iri),
        text("place"),
        int(generation) if generation else None,
        span(text("start"), text("end")),
        in_words(signature) if signature else None,
        (text("act") or "").rpartition("/")[2],
        text("stage"),
        int(text("signatories") or 0),
        text("signatoriesComplete") == "true",
        int(text("priorities") or 0),
        text("prioritiesComplete") == "true",
        regions,
    )
