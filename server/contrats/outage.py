"""Why a remote endpoint did not answer, in the words of both languages."""

from __future__ import annotations

import ast
import re
import socket
import ssl
from http.client import HTTPException, IncompleteRead
from typing import TYPE_CHECKING, Final
from urllib.error import URLError

if TYPE_CHECKING:
    from urllib.error import HTTPError

TIMEOUT: Final = 60
"""Seconds: an endpoint that is silent for longer is said not to answer."""
_REFUSALS: Final = {
    "QueryBadFormed": ("400, requête mal formée", "400, malformed query"),
    "Unauthorized": ("401, accès réservé", "401, access restricted"),
    "EndPointNotFound": ("404, adresse inconnue de ce serveur", "404, not found on this server"),
    "URITooLong": ("414, requête trop longue", "414, query too long"),
    "EndPointInternalError": ("500, panne du serveur", "500, internal server error"),
}
"""What SPARQLWrapper's exceptions mean."""
_SILENCES: Final = (
    (ConnectionRefusedError, "connexion refusée", "connection refused"),
    (socket.gaierror, "machine inconnue", "unknown host"),
    (TimeoutError, f"silence de plus de {TIMEOUT} s", f"silent for more than {TIMEOUT} s"),
    (ssl.SSLError, "connexion chiffrée impossible", "no secure connection"),
    (ConnectionError, "connexion coupée", "connection cut"),
    (IncompleteRead, "réponse incomplète", "truncated answer"),
    (HTTPException, "réponse qui n’est pas du HTTP", "answer that is not HTTP"),
    (ValueError, "adresse ou réponse illisible", "unreadable address or answer"),
)
"""Why nothing came, the first that fits."""


def explain_refusal(fault: Exception) -> tuple[str, str, str]:
    """Return what SPARQLWrapper's exception means in both languages, and what the server said."""
    name = type(fault).__name__
    return (*_REFUSALS.get(name, (name, name)), _unquoted(str(fault)))


def explain_silence(fault: HTTPException | OSError | ValueError) -> tuple[str, str]:
    """Return in both languages why nothing came."""
    reason = fault.reason if isinstance(fault, URLError) else fault
    for kind, fr, en in _SILENCES:
        if isinstance(reason, kind):
            return fr, en
    detail = on_one_line(getattr(reason, "strerror", None) or str(reason))
    return f"aucune réponse ({detail})", f"no answer ({detail})"


def read_excerpt(fault: HTTPError) -> str:
    """Return the beginning of what the endpoint said with its refusal, if it said it whole."""
    try:
        with fault:
            return on_one_line(fault.read(2000).decode("utf-8", "replace"))
    except (HTTPException, OSError):
        return ""


def _unquoted(text: str) -> str:
    """Return on one line what SPARQLWrapper says; it quotes the server's bytes as Python does."""
    quoted = re.search(r"b(['\"])(?:[^\\]|\\.)*\1", text, re.DOTALL)
    try:
        said = ast.literal_eval(quoted[0]).decode("utf-8", "replace") if quoted else text
    except (SyntaxError, ValueError):  # it only looked like quoted bytes
        said = text
    return on_one_line(said)


def on_one_line(text: str) -> str:
    """Return `text` on one line, at most 300 characters."""
    return " ".join(text.split())[:300]
