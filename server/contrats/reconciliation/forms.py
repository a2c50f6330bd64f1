"""Words that stand for the same in names of bodies and places: each form read as one word."""

from __future__ import annotations

from typing import Final

from contrats.abbreviations import LONG

SAME: Final = {
    "CC": ("CdC", "com com"),
    "CD": ("conseil général", "département"),
    "CGSS": ("caisse générale de sécurité sociale",),
    "CHI": ("centre hospitalier intercommunal",),
    "CHS": ("centre hospitalier spécialisé",),
    "CHRU": ("centre hospitalier régional universitaire",),
    "DAC": ("dispositif d’appui à la coordination",),
    "DDETS": ("direction départementale de l’emploi, du travail et des solidarités",),
    "ORS": ("observatoire régional de la santé",),
    "SRS": ("schéma régional de santé",),
    "URPS": ("union régionale des professionnels de santé",),
    "agglo": ("agglomération",),
    "préfecture": ("préfet", "préfète"),
    "région": ("conseil régional",),
    "saint": ("st", "ste"),
    "ville": ("commune", "mairie", "maire", "municipalité"),
    "Auvergne-Rhône-Alpes": ("AURA",),
    "Bourgogne-Franche-Comté": ("BFC",),
    "Hauts-de-France": ("HDF",),
    "Île-de-France": ("IDF",),
    "Provence-Alpes-Côte d’Azur": ("PACA",),
}
"""By the form that is kept, the others: names in use, former names, abbreviations of regions."""

FORMS: Final = (
    *((long, short) for short, long in LONG.items()),
    *((other, kept) for kept, others in SAME.items() for other in others),
)
"""Each form and the one that is kept for it."""
_REGIONS: Final = ("AURA", "BFC", "HDF", "IDF", "PACA")
GENERIC: Final = (
    *LONG,
    *(kept for kept, others in SAME.items() if kept != "saint" and others[0] not in _REGIONS),
    "métropole",
    "pays",
    "syndicat",
    "mixte",
    "hôpital",
    "clinique",
)
"""Words that say what kind of body a name is of, and not which one."""
