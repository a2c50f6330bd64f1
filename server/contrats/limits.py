"""Every limit of the endpoint, in one place: what may be set, and what is published of it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

from contrats.errors import ContratsError

if TYPE_CHECKING:
    from collections.abc import Sequence


class LimitValueError(ContratsError):
    """A limit that does not exist was set, or to a value that makes no sense."""


def _limit(default: float, unit: str, fr: str, en: str) -> Any:  # noqa: ANN401 -- as dataclasses.field
    return field(default=default, metadata={"unit": unit, "fr": fr, "en": en})


MIB: Final = 1024 * 1024
_MOST: Final = 1 << 40


@dataclass(frozen=True, slots=True)
class Limits:
    """What a visitor may ask for. Each has its unit and a sentence in both languages."""

    query_bytes: int = _limit(
        16 * 1024, "octets", "Texte d’une requête, en UTF-8", "Text of a query, in UTF-8"
    )
    nesting: int = _limit(
        40, "niveaux", "Accolades, parenthèses et crochets imbriqués", "Nested brackets"
    )
    path_signs: int = _limit(
        100, "signes", "Signes de chemin (/ | ^) d’une requête", "Path signs (/ | ^) of a query"
    )
    tokens: int = _limit(
        4_000, "mots", "Mots et signes d’une requête", "Words and signs of a query"
    )  # fmt: skip
    deadline: float = _limit(
        10.0, "s", "Durée d’une requête, attente comprise", "Time of a query, waiting included"
    )
    fast: float = _limit(
        0.4, "s", "Au-delà, la requête passe dans la voie lente", "Past this, the slow lane"
    )
    query_memory: int = _limit(
        224 * MIB, "octets", "Mémoire d’une requête", "Memory of a query"
    )  # fmt: skip
    all_memory: int = _limit(
        512 * MIB, "octets", "Mémoire de toutes les requêtes en cours", "Memory of all queries"
    )
    result_bytes: int = _limit(
        64 * MIB, "octets", "Taille d’une réponse", "Size of an answer"
    )  # fmt: skip
    memory_bytes: int = _limit(
        MIB, "octets", "Réponse gardée en mémoire ; au-delà, sur disque",
        "Answer kept in memory; past this, on disk",
    )  # fmt: skip
    processes: int = _limit(
        8,
        "processus",
        "Requêtes en même temps, voies confondues",
        "Queries at once, in both lanes",
    )
    slow: int = _limit(
        2, "processus", "Requêtes qui avancent en même temps dans la voie lente",
        "Queries that go on at once in the slow lane",
    )  # fmt: skip
    paused: int = _limit(
        3, "processus", "Requêtes qui attendent dans la voie lente, suspendues",
        "Queries that wait in the slow lane, paused",
    )  # fmt: skip
    waiting: int = _limit(
        40, "requêtes", "Requêtes qui attendent un processus", "Queries that wait for a process"
    )
    client_requests: int = _limit(
        10_000, "par minute", "Requêtes par adresse", "Queries of one address"
    )
    client_seconds: int = _limit(
        60, "s par minute", "Temps de moteur par adresse", "Engine time of one address"
    )
    client_queries: int = _limit(
        6, "requêtes", "Requêtes en cours par adresse", "Queries of one address at once"
    )
    cache_bytes: int = _limit(
        16 * MIB, "octets", "Réponses gardées pour qui repose la même question",
        "Answers kept for whoever asks the same",
    )  # fmt: skip
    pages_bytes: int = _limit(
        32 * MIB, "octets", "Pages et documents gardés prêts", "Pages and documents kept ready"
    )  # fmt: skip
    pages_disk_bytes: int = _limit(
        1024 * MIB, "octets", "Pages et documents gardés prêts sur disque",
        "Pages and documents kept ready on disk",
    )  # fmt: skip
    pages_ahead: int = _limit(
        300, "pages", "Pages préparées avant qu’on les demande", "Pages made before anybody asks"
    )  # fmt: skip
    documents: int = _limit(
        2, "processus", "Documents sur les choses faits en même temps, chacun dans un processus",
        "Documents about things made at once, each in a process",
    )  # fmt: skip
    in_memory: int = _limit(
        1024 * MIB, "octets", "Publication tenue en mémoire ; au-delà, lue sur disque",
        "Release held in memory; past this, read from disk",
    )  # fmt: skip
    headers_seconds: float = _limit(
        10.0, "s", "Temps pour envoyer les en-têtes HTTP", "Time to send the headers of HTTP"
    )  # fmt: skip
    connections: int = _limit(
        2_000, "connexions", "Connexions ouvertes en même temps", "Connections open at once"
    )  # fmt: skip
    releases: int = _limit(
        3, "publications", "Publications passées qui restent interrogeables",
        "Past releases that stay queryable",
    )  # fmt: skip
    body_seconds: float = _limit(
        10.0,
        "s",
        "Temps pour envoyer le corps d’une requête HTTP",
        "Time to send the body of a request",
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A limit as it is published: its name, its value, its unit, what it bounds."""

    name: str
    value: float
    unit: str
    fr: str
    en: str


def told_limits(limits: Limits) -> list[Told]:
    """Return each limit, to be published."""
    return [Told(each.name, getattr(limits, each.name), **each.metadata) for each in fields(limits)]


def set_limits(said: Sequence[str]) -> Limits:
    """Return the limits with those in `said` (`name=value`) set, or raise `LimitValueError`."""
    known = {each.name: each for each in fields(Limits)}
    values: dict[str, Any] = {}
    for each in said:
        name, _, value = each.partition("=")
        if name not in known:
            listed = ", ".join(known)
            raise LimitValueError(
                f"--limit {each} : limite inconnue. Limites : {listed}.",
                f"--limit {each}: unknown limit. Limits: {listed}.",
            )
        values[name] = _value(each, value, type(known[name].default))
    return Limits(**values)


def _value(said: str, value: str, kind: type) -> float:
    """Return `value` as a positive number of `kind`."""
    try:
        number: float = kind(value)
    except ValueError:
        number = 0
    if not 0 < number < _MOST:
        raise LimitValueError(
            f"--limit {said} : il faut un nombre {'entier ' if kind is int else ''}positif.",
            f"--limit {said}: it takes a positive {'whole ' if kind is int else ''}number.",
        )
    return number
