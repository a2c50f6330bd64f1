"""Short names that people of the field write for long ones: either finds the other."""

from __future__ import annotations

from typing import Final

LONG: Final = {
    "ARS": "agence régionale de santé",
    "CA": "communauté d’agglomération",
    "CAF": "caisse d’allocations familiales",
    "CARSAT": "caisse d’assurance retraite et de la santé au travail",
    "CC": "communauté de communes",
    "CCAS": "centre communal d’action sociale",
    "CD": "conseil départemental",
    "CH": "centre hospitalier",
    "CHR": "centre hospitalier régional",
    "CHU": "centre hospitalier universitaire",
    "CIAS": "centre intercommunal d’action sociale",
    "CLS": "contrat local de santé",
    "CLSM": "conseil local de santé mentale",
    "CPAM": "caisse primaire d’assurance maladie",
    "CPTS": "communauté professionnelle territoriale de santé",
    "CRES": "comité régional d’éducation pour la santé",
    "CU": "communauté urbaine",
    "DSDEN": "direction des services départementaux de l’éducation nationale",
    "EPCI": "intercommunalité",
    "EPSM": "établissement public de santé mentale",
    "GHT": "groupement hospitalier de territoire",
    "IREPS": "instance régionale d’éducation et de promotion de la santé",
    "MSA": "mutualité sociale agricole",
    "MSP": "maison de santé pluriprofessionnelle",
    "PETR": "pôle d’équilibre territorial et rural",
    "PRS": "projet régional de santé",
    "PTSM": "projet territorial de santé mentale",
    "QPV": "quartier prioritaire de la politique de la ville",
}
