"""Actors, territories, themes and populations in the words of schema.org."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from contrats.web import address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.web.description import Description

Node = dict[str, Any]

_TYPES: Final = {
    "ars": "GovernmentOrganization", "prefecture": "GovernmentOrganization",
    "etat": "GovernmentOrganization", "region": "GovernmentOrganization",
    "departement": "GovernmentOrganization", "commune": "GovernmentOrganization",
    "epci": "GovernmentOrganization", "collectivite-statut-particulier": "GovernmentOrganization",
    "hospital-public": "Hospital", "hospital-private": "Hospital",
    "universite": "CollegeOrUniversity",
}  # fmt: skip
"""What a stated type of bodies is in schema.org; others are organizations and no more."""
_SIREN: Final = 9
"""Digits of the number of a body; that of one of its places has 14."""
_AREAS: Final = ("igeo:Commune", "igeo:Intercommunalite", "igeo:Departement", "igeo:Region")


def about_actor(d: Description) -> Node:
    """Return the organization that `d` describes."""
    kinds = [iri.rpartition("/")[2] for iri in d.iris(d.iri, "org:classification")]
    kind = next((_TYPES[each] for each in kinds if each in _TYPES), "Organization")
    return full(
        named(d, d.iri, kind),
        alternateName=list(d.texts(d.iri, "skos:altLabel")),
        identifier=[
            {"@type": "PropertyValue", "propertyID": "SIREN", "value": number}
            for node in d.iris(d.iri, "adms:identifier")
            if len(number := d.text(node, "skos:notation") or "") == _SIREN
        ],
        areaServed=[place(d, iri) for iri in d.iris(d.iri, "dcterms:spatial")],
        sameAs=_same(d),
    )


def about_territory(d: Description) -> Node:
    """Return the place that `d` describes, with those that contain it."""
    above = [each for each in d.iris(d.iri, "igeo:subdivisionDe") if address.is_ours(each)]
    return full(
        place(d, d.iri), containedInPlace=[place(d, each) for each in above], sameAs=_same(d)
    )


def about_concept(d: Description) -> Node:
    """Return the theme or the population that `d` describes, a term of its list."""
    return full(
        named(d, d.iri, "DefinedTerm"),
        description=d.text(d.iri, "skos:definition"),
        alternateName=list(d.texts(d.iri, "skos:altLabel")),
        termCode=d.iri.rpartition("/")[2],
        inDefinedTermSet=[
            named(d, scheme, "DefinedTermSet") for scheme in d.iris(d.iri, "skos:inScheme")
        ],
        sameAs=_same(d),
    )


def place(d: Description, iri: str) -> Node:
    """Return the place `iri`: an area that is administered as one, or any other."""
    kind = "AdministrativeArea" if any(d.is_a(iri, each) for each in _AREAS) else "Place"
    code = d.text(iri, "igeo:codeINSEE")
    coded = {"@type": "PropertyValue", "propertyID": "INSEE", "value": code}
    return full(named(d, iri, kind), identifier=coded if code else None)


def named(d: Description, iri: str, kind: str) -> Node:
    """Return a node of the type `kind` for `iri`: its name, and its page for the world."""
    return full({"@type": kind, "@id": iri}, name=d.label(iri), url=page_of(iri))


def page_of(iri: str) -> str | None:
    """Return the address of the page about `iri`, None where it is not ours."""
    path = address.path_of(iri) if address.is_ours(iri) else None
    return address.absolute(path) if path else None


def full(node: Node, **more: object) -> Node:
    """Return `node` with what of `more` says something; of one value the value itself."""
    kept = {name: _one(value) for name, value in more.items() if value}
    return node | kept


def _one(value: object) -> object:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _same(d: Description) -> list[str]:
    """Return the addresses of the same thing elsewhere, as far as they are stated to be that."""
    found: Iterable[str] = (*d.iris(d.iri, "skos:exactMatch"), *d.iris(d.iri, "owl:sameAs"))
    return [iri for iri in found if address.is_web(iri) and not address.is_ours(iri)]
