"""The types of things that can be found: what each is called, and how the data tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ACTOR: Final = "org:FormalOrganization"
TERRITORY: Final = "dcterms:Location"
CONTRACT: Final = "cls:LocalHealthContract"
COMMUNE: Final = "igeo:Commune"


@dataclass(frozen=True, slots=True)
class Type:
    """A type: its identifier is a prefixed name of ours; `broader` is one too, or empty."""

    id: str
    fr: str
    en: str
    broader: str = ""


TYPES: Final = (
    Type(ACTOR, "Organisme", "Body"),
    Type(CONTRACT, "Contrat local de santé", "Local health contract"),
    Type("scheme:themes", "Thème", "Theme"),
    Type("scheme:populations", "Population", "Population"),
    Type("cls:RegionalHealthProject", "Projet régional de santé", "Regional health project"),
    Type("cls:PlanDocument", "Document de planification", "Planning document"),
    Type("cls:PlanItem", "Élément d’un projet régional", "Item of a regional project"),
    Type(TERRITORY, "Territoire", "Territory"),
    Type("igeo:Region", "Région", "Region", TERRITORY),
    Type("igeo:Departement", "Département", "Département", TERRITORY),
    Type(
        "igeo:CollectiviteDOutreMer", "Collectivité d’outre-mer", "Overseas collectivity", TERRITORY
    ),
    Type("igeo:Intercommunalite", "Intercommunalité", "Group of communes", TERRITORY),
    Type("cls:TerritoryGroup", "Groupe de territoires", "Group of territories", TERRITORY),
    Type("cls:PriorityNeighbourhood", "Quartier prioritaire", "Priority neighbourhood", TERRITORY),
    Type(COMMUNE, "Commune", "Commune", TERRITORY),
)
"""In the order in which things of one score stand; those of bodies come from the data.

The types of bodies are narrower than `ACTOR`.
"""
ZONES: Final = ("igeo:Departement", "igeo:Region", "igeo:CollectiviteDOutreMer")
"""Territories whose names people write beside a name, to say where it is."""
