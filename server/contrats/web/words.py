"""Small French words: numbers, plurals, lists, relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS: Final = (
    "aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    "onze", "douze", "treize", "quatorze", "quinze", "seize",
)  # fmt: skip
_RANKS: Final = ("", "première", "deuxième", "troisième", "quatrième", "cinquième", "sixième")

_LARGE: Final = 10_000
"""From here on a number takes spaces."""

RELATIONS: Final = {
    "exactMatch": "identique",
    "closeMatch": "proche",
    "broadMatch": "plus large",
    "narrowMatch": "plus étroit",
    "relatedMatch": "lié",
}
"""What an alignment says of its target; seen from the target, larger and narrower change place."""
_REVERSED: Final = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}


def number(count: int, *, feminine: bool = False) -> str:
    """Return `count` in words up to sixteen, in figures beyond."""
    if feminine and count in {0, 1}:
        return ("aucune", "une")[count]
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return `one` or `many` (by default with an s) for `count`; zero takes the singular."""
    return one if count in {0, 1} else many or f"{one}s"


def capital(text: str) -> str:
    """Return `text` with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """Return "a, b et c"."""
    if len(names) < 2:  # noqa: PLR2004 -- nothing to join
        return "".join(names)
    return f"{', '.join(names[:-1])} et {names[-1]}"


def generation(rank: int | None) -> str | None:
    """Return "deuxième génération"."""
    if rank is None:
        return None
    return f"{_RANKS[rank] if 0 < rank < len(_RANKS) else f'{rank}e'} génération"


def rank(number: int) -> str:
    """Return "premier", "deuxième", "7e"."""
    if number == 1:
        return "premier"
    return _RANKS[number] if 0 < number < len(_RANKS) else f"{number}e"


def ordinal(rank: int | None) -> str:
    """Return "1er contrat", "2e contrat", or "contrat" when the rank is not known."""
    if rank is None:
        return "contrat"
    return "1er contrat" if rank == 1 else f"{rank}e contrat"


def relation(predicate: str, *, reverse: bool = False) -> str:
    """Return the French word for a SKOS mapping property, read from its target when `reverse`."""
    name = predicate.rpartition("#")[2]
    return RELATIONS.get(_REVERSED.get(name, name) if reverse else name, name)


def figure(count: int) -> str:
    """Return `count` in figures, thousands apart from ten thousand on, where years cannot be."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}") if count >= _LARGE else str(count)


def decimal(value: str) -> str:
    """Return a decimal with a comma."""
    return value.replace(".", ",")


def duration(seconds: float) -> str:
    """Return "1,5 ms" or "2,3 s"."""
    return decimal(f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.1f} s")
