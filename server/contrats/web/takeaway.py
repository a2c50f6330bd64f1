"""What a reader takes away from a contract's page: files, tables, a citation, a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from contrats.citation import Citation, write_bibtex
from contrats.parameter import short_name
from contrats.web import address
from contrats.web.dump import entries
from contrats.web.parts import Link
from contrats.web.site import this_site
from contrats.web.tongue import _, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from contrats.web.behind import Behind
    from contrats.web.card import Card
    from contrats.web.contract_queries import Queries
    from contrats.web.description import Description

_EMBED: Final = Markup('<a href="{}"><img src="{}" width="480" height="{}" alt="{}"></a>')
_GRAPH: Final = "graphe"
_TABLES: Final = {
    "brief": mark("En bref"),
    "signatories": mark("Signataires"),
    "participants": mark("Participants, tous rôles"),
    "turnover": mark("Signataires qui restent, entrent, sortent"),
    "priorities": mark("Priorités"),
    "plan_items": mark("Liens avec le projet régional"),
    "elements": mark("Objectifs, principes, éléments clés"),
    "frame": mark("Cadre"),
    "known": mark("Complétude"),
    "disagreements": mark("Désaccords"),
    "read": mark("Où chaque valeur a été lue"),
}
_FILES: Final = {
    "xlsx": mark("Classeur"),
    "csv": mark("Énoncés, un par ligne (CSV)"),
    "nq": mark("Graphe nommé (N-Quads)"),
}


@dataclass(frozen=True, slots=True)
class Takeaway:
    """What the last block of the page offers."""

    tables: tuple[tuple[str, Behind], ...]
    files: tuple[Link, ...]
    """Files of the release about this contract alone."""
    citation: Citation
    bibtex: str
    bibtex_path: str
    ris_path: str
    card: Card
    card_path: str
    embed: str
    """HTML that shows the card on another site."""


def takeaway_of(d: Description, contract: str, queries: Queries, card: Card) -> Takeaway:
    """Return what to take away from the page of `contract`."""
    name, cited = short_name(contract), cite_contract(d, contract)
    here = address.public(address.shown(f"/doc/contract/{name}"))
    there = address.public(address.shown(card_path(name)))
    return Takeaway(
        tuple(_tables(queries)),
        tuple(_files(name)),
        cited,
        write_bibtex(cited),
        address.data(f"/cite/contract/{name}.bib"),
        address.data(f"/cite/contract/{name}.ris"),
        card,
        address.local(card_path(name)),
        str(_EMBED.format(here, there, card.height, card.alt)),
    )


def card_path(name: str) -> str:
    """Return the path of the card of the contract `name`."""
    return f"/card/contract/{name}.svg"


def cite_contract(d: Description, contract: str) -> Citation:
    """Return the citation of `contract` itself, with the hash of its graph in the release."""
    release = this_site().release
    dataset = release.manifest.dataset
    publisher = d.iri_of(dataset, "dcterms:publisher")
    graph = contract.replace("/id/contract/", "/graph/contract/", 1)
    digests = (each.sha256 for each in release.manifest.graphs if each.graph == graph)
    return Citation(
        name=f"contrats-sante-{short_name(contract)}",
        question=_in_french(d, contract),
        dataset=_in_french(d, dataset),
        publisher=_in_french(d, publisher) if publisher else "",
        release=release.identifier,
        issued=release.issued,
        address=contract,
        digest=next(digests, ""),
        digested=_GRAPH,
    )


def _files(name: str) -> Iterator[Link]:
    """Yield the files of the release about the contract `name`, those that it has."""
    for suffix, title in _FILES.items():
        file = f"contract/{name}.{suffix}"
        if file in entries():
            yield Link(_(title), address.data(f"/dump/{file}"))


def _tables(queries: Queries) -> Iterable[tuple[str, Behind]]:
    """Yield each table of the page under its name."""
    return ((_(_TABLES[name]), behind) for name, behind in queries.named())


def _in_french(d: Description, iri: str) -> str:
    """Return the French name of `iri`: a reference stays the same in each language of the page."""
    return d.label_in(iri, "fr") or d.label(iri)
