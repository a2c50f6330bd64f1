"""What errors are called, by status: a title and a sentence in both languages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

_TITLES: Final = {
    400: ("Requête mal formée", "Bad request"),
    403: ("Refusé", "Refused"),
    404: ("Introuvable", "Not found"),
    405: ("Méthode refusée", "Method not allowed"),
    406: ("Aucune forme acceptable", "Not acceptable"),
    412: ("Condition non remplie", "Precondition failed"),
    413: ("Requête trop grande", "Content too large"),
    414: ("Adresse trop longue", "URI too long"),
    415: ("Type de contenu non accepté", "Unsupported media type"),
    410: ("Retiré", "Gone"),
    416: ("Plage impossible", "Range not satisfiable"),
    422: ("Réponse trop grande", "Answer too large"),
    429: ("Trop de requêtes", "Too many requests"),
    500: ("Erreur du serveur", "Server error"),
    503: ("Limite atteinte", "Limit reached"),
    502: ("Le magasin distant ne répond pas", "The remote store does not answer"),
}
_SENTENCES: Final = {
    404: (
        "Cette adresse ne mène à rien ici. Partez de l’accueil ou cherchez par le nom.",
        "This address leads nowhere here. Start from the home page or search by name.",
    ),
    412: (
        "Ce qui est ici n’est plus ce que nomme If-Match. Demandez-le sans cette condition.",
        "What is here is no longer what If-Match names. Ask for it without that condition.",
    ),
    413: (
        "Le corps de la requête dépasse la limite. Raccourcissez la requête.",
        "The body of the request is over the limit. Make the query shorter.",
    ),
    416: (
        "La plage demandée est hors du fichier.",
        "The range asked for lies outside the file.",
    ),
}


def title_of(status: int) -> tuple[str, str]:
    """Return the French and the English title of an error."""
    if status in _TITLES:
        return _TITLES[status]
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Error"
    return (f"Erreur {status}", phrase)


def sentence_of(status: int) -> tuple[str, str]:
    """Return what an error says when nothing more is known, in French and in English."""
    fr, en = title_of(status)
    return _SENTENCES.get(status, (f"{fr}.", f"{en}."))
