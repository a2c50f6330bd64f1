"""What the catalogue is made of: addresses, lists of the EU, and short ways to say both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.triples import about, term
from contrats.vocabulary import BASE, CATALOGUED, PREFIXES

if TYPE_CHECKING:
    from contrats.border import OxTerm

EU: Final = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
"""With https: udata knows a media type by it."""

CATALOGUE: Final = ox.NamedNode(f"{BASE}catalog")
CONTACT: Final = ox.NamedNode(f"{BASE}catalog#contact")
PROVENANCE: Final = ox.NamedNode(f"{BASE}catalog#provenance")
HOME: Final = ox.NamedNode(BASE)
HELP: Final = ox.NamedNode(f"{BASE}help/contribute")
DATASETS: Final = PREFIXES["dataset"]
SERIES: Final = ox.NamedNode(f"{PREFIXES['series']}contrats-locaux-de-sante")

HEALTH: Final = ox.NamedNode(f"{EU}data-theme/HEAL")
THEMES: Final = ox.NamedNode(f"{EU}data-theme")
FRANCE: Final = ox.NamedNode(f"{EU}country/FRA")
PUBLIC: Final = ox.NamedNode(f"{EU}access-right/PUBLIC")
IRREGULAR: Final = ox.NamedNode(f"{EU}frequency/IRREG")
AVAILABLE: Final = ox.NamedNode(f"{EU}planned-availability/AVAILABLE")
LANGUAGES: Final = {
    "fr": ox.NamedNode(f"{EU}language/FRA"),
    "en": ox.NamedNode(f"{EU}language/ENG"),
}


def both(french: str, english: str) -> tuple[ox.Literal, ox.Literal]:
    """Return the same words in both languages."""
    return ox.Literal(french, language="fr"), ox.Literal(english, language="en")


def said(prefix: str, name: str, *values: OxTerm) -> list[tuple[str, str, OxTerm]]:
    """Return the pairs that `about` takes, of one property and several values."""
    return [(prefix, name, value) for value in values]


def typed(node: OxTerm, prefix: str, name: str) -> list[ox.Triple]:
    """Return the statement that `node` is of a class."""
    return about(node, ("rdf", "type", foreign(prefix, name)))


def foreign(prefix: str, name: str) -> ox.NamedNode:
    """Return a term of a vocabulary that we reuse, or of one that the catalogue alone speaks."""
    if prefix in CATALOGUED:
        return ox.NamedNode(CATALOGUED[prefix] + name)
    return term(prefix, name)
