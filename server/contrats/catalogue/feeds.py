"""The record as each portal wants it: one language, and nothing that a harvester takes amiss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.catalogue.words import CATALOGUE, CONTACT, LANGUAGES, foreign
from contrats.triples import term

if TYPE_CHECKING:
    from collections.abc import Iterable

_KIND: Final = term("rdf", "type")
_LANGUAGE: Final = term("dcterms", "language")
_APART: Final = frozenset({term("dcat", "DatasetSeries")})
_LINKS: Final = frozenset(
    term("dcat", name)
    for name in ("inSeries", "hasVersion", "isVersionOf", "previousVersion", "hasCurrentVersion")
) | {term("dcterms", "isPartOf")}


def cut_feed(record: Iterable[ox.Triple], language: str) -> list[ox.Triple]:
    """Return `record` for portals that speak `language`.

    Texts in another language are left out, since a portal takes one value at random. So are series
    and versions: udata would make an empty data set of each. They stand in the whole record.
    """
    triples = list(record)
    apart = {each.subject for each in triples if each.predicate == _KIND and each.object in _APART}
    others = {node for name, node in LANGUAGES.items() if name != language}
    return [
        each
        for each in triples
        if getattr(each.object, "language", None) in {None, language}
        and each.subject not in apart
        and each.predicate not in _LINKS
        and not (
            each.subject == CATALOGUE and each.predicate == _LANGUAGE and each.object in others
        )
    ]


def add_contact(triples: Iterable[ox.Triple], email: str | None) -> list[ox.Triple]:
    """Return `triples` with the e-mail that whoever serves has given, when there is one."""
    known = list(triples)
    if email:
        known.append(
            ox.Triple(CONTACT, foreign("vcard", "hasEmail"), ox.NamedNode(f"mailto:{email}"))
        )
    return known
