"""The properties of things that a client may refine a search by, or fetch: their names and values.

The identifier of a property is a prefixed name of the data, or a plain word where its value is
worked out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from contrats.reconciliation.kinds import ACTOR, CONTRACT, TERRITORY
from contrats.vocabulary import BASE, expand
from contrats.web.refusal import RefusalError
from contrats.web.tongue import _, mark

if TYPE_CHECKING:
    from collections.abc import Sequence


Cell = dict[str, str | int | float]
"""A value as the specification has it (section 7.5)."""

_ID: Final = f"{BASE}id/"
_PLAN: Final = "plan"
_SUBJECT: Final = "subject"
ALL: Final = (ACTOR, TERRITORY, CONTRACT, _PLAN, _SUBJECT)
OF_KIND: Final = {
    "actor": ACTOR, "territory": TERRITORY, "contract": CONTRACT, "plan": _PLAN,
    "theme": _SUBJECT, "population": _SUBJECT,
}  # fmt: skip
_DAY: Final = 10
"""Characters of a date that is known to the day."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its names, the families of things that have it, the type of things it leads to.

    `steps` are the properties of the data that lead to its values, one after the other.
    """

    id: str
    fr: str
    of: tuple[str, ...]
    steps: tuple[str, ...] = ()
    type: str = ""

    @property
    def name(self) -> str:
        """Return its name in the language of the page."""
        return _(self.fr)


_PLACES: Final = (ACTOR, CONTRACT)
PROPERTIES: Final = (
    Property("dcterms:spatial", mark("Territoire"), _PLACES, type=TERRITORY),
    Property("iri", mark("Adresse permanente (IRI)"), ALL),
    Property("skos:altLabel", mark("Autres noms"), ALL),
    Property("org:classification", mark("Type d’organisme"), (ACTOR,)),
    Property("adms:identifier", mark("SIREN"), (ACTOR,), ("adms:identifier", "skos:notation")),
    Property("cls:signs", mark("Contrats signés"), (ACTOR,), type=CONTRACT),
    Property("igeo:codeINSEE", mark("Code INSEE"), (TERRITORY,)),
    Property("cls:population", mark("Population"), (TERRITORY,)),
    Property(
        "intercommunality", mark("Intercommunalité"), (TERRITORY,), type="igeo:Intercommunalite"
    ),
    Property("departement", mark("Département"), (TERRITORY, *_PLACES), type="igeo:Departement"),
    Property("region", mark("Région"), (TERRITORY, *_PLACES), type="igeo:Region"),
    Property("cls:stage", mark("Stade"), (CONTRACT,)),
    Property("cls:generation", mark("Génération"), (CONTRACT,)),
    Property("cls:signatureDate", mark("Date de signature"), (CONTRACT,)),
    Property("start", mark("Début"), (CONTRACT, _PLAN), ("dcterms:temporal", "dcat:startDate")),
    Property("end", mark("Fin"), (CONTRACT, _PLAN), ("dcterms:temporal", "dcat:endDate")),
    Property("cls:leadBody", mark("Organisme porteur"), (CONTRACT,), type=ACTOR),
    Property("cls:hasSignatory", mark("Signataires"), (CONTRACT,), type=ACTOR),
    Property("signatories", mark("Nombre de signataires connus"), (CONTRACT,)),
    Property("signatories-known", mark("Liste des signataires"), (CONTRACT,)),
    Property("priorities", mark("Nombre de priorités connues"), (CONTRACT,)),
    Property("priorities-known", mark("Liste des priorités"), (CONTRACT,)),
    Property("cls:populationCovered", mark("Population couverte"), (CONTRACT,)),
    Property("cls:succeeds", mark("Contrat précédent"), (CONTRACT,), type=CONTRACT),
    Property("cls:succeededBy", mark("Contrat suivant"), (CONTRACT,), type=CONTRACT),
    Property("skos:definition", mark("Définition"), (_SUBJECT,)),
    Property("skos:broader", mark("Notion plus large"), (_SUBJECT, _PLAN)),
    Property("cls:itemKind", mark("Sorte d’élément"), (_PLAN,)),
    Property("dcterms:isPartOf", mark("Partie de"), (_PLAN,)),
    Property("dcterms:publisher", mark("Adopté par"), (_PLAN,), type=ACTOR),
    Property("dcterms:issued", mark("Date d’adoption"), (_PLAN,)),
)
BY_ID: Final = {each.id: each for each in PROPERTIES}
_ALIKE: Final = {"igeo:subdivisionDe": "dcterms:spatial"}


def find_property(given: Any, where: str) -> Property:  # noqa: ANN401 -- any JSON
    """Return the property that `given` names: by identifier, by IRI or by its name."""
    if isinstance(given, dict):
        given = given.get("id")
    if isinstance(given, str):
        wanted = given.strip()
        for each in PROPERTIES:
            said = {each.id, each.fr.lower(), _(each.fr).lower()}
            iri = expand(each.id) if ":" in each.id else each.id
            if wanted in {each.id, iri} or wanted.lower() in said:
                return each
        if wanted in _ALIKE:
            return BY_ID[_ALIKE[wanted]]
    listed = ", ".join(BY_ID)
    raise RefusalError(
        400,
        f"{where} : la propriété « {str(given)[:100]} » est inconnue. Connues : {listed}.",
        f'{where}: the property "{str(given)[:100]}" is unknown. Known: {listed}.',
    )


def properties_of(type_id: str, families: Sequence[str]) -> list[Property]:
    """Return the properties of the things of a type; those of all where no type is given.

    `families` are the type and those broader than it.
    """
    if not type_id:
        return list(PROPERTIES)
    other = _SUBJECT if type_id.startswith("scheme:") else _PLAN
    family = next((each for each in families if each in ALL), other)
    return [each for each in PROPERTIES if family in each.of]
