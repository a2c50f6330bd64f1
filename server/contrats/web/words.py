"""Small words of the language of the page: numbers, plurals, lists, relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contrats.web.tongue import _, is_english, mark

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS: Final = (
    "aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    "onze", "douze", "treize", "quatorze", "quinze", "seize",
)  # fmt: skip
_ENGLISH_NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip
_RANKS: Final = ("", "première", "deuxième", "troisième", "quatrième", "cinquième", "sixième")
_ENGLISH_RANKS: Final = ("", "first", "second", "third", "fourth", "fifth", "sixth")
_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}

_LARGE: Final = 10_000
"""From here on a number takes spaces, in English a comma."""

RELATIONS: Final = {
    "exactMatch": mark("identique"),
    "closeMatch": mark("proche"),
    "broadMatch": mark("plus large"),
    "narrowMatch": mark("plus étroit"),
    "relatedMatch": mark("lié"),
}
"""What an alignment says of its target; seen from the target, larger and narrower change place."""
_REVERSED: Final = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}


def number(count: int, *, feminine: bool = False) -> str:
    """Return `count` in words up to sixteen (to ten in English), in figures beyond."""
    if is_english():
        return _ENGLISH_NUMBERS[count] if 0 <= count < len(_ENGLISH_NUMBERS) else figure(count)
    if feminine and count in {0, 1}:
        return ("aucune", "une")[count]
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return `one` or `many` (by default with an s) for `count`, in words of one language.

    Zero takes the singular in French. A sentence of both languages is for `tongue.ngettext`.
    """
    singular = count == 1 if is_english() else count in {0, 1}
    return one if singular else many or f"{one}s"


def capital(text: str) -> str:
    """Return `text` with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """Return "a, b et c"."""
    if len(names) < 2:  # noqa: PLR2004 -- nothing to join
        return "".join(names)
    return _("%(first)s et %(last)s", first=", ".join(names[:-1]), last=names[-1])


def generation(rank: int | None) -> str | None:
    """Return "deuxième génération"."""
    if rank is None:
        return None
    if is_english():
        return f"{_english_rank(rank)} generation"
    return f"{_RANKS[rank] if 0 < rank < len(_RANKS) else f'{rank}e'} génération"


def rank(number: int) -> str:
    """Return "premier", "deuxième", "7e"."""
    if is_english():
        return _english_rank(number)
    if number == 1:
        return "premier"
    return _RANKS[number] if 0 < number < len(_RANKS) else f"{number}e"


def ordinal(rank: int | None) -> str:
    """Return "1er contrat", "2e contrat", or "contrat" when the rank is not known."""
    if rank is None:
        return _("contrat")
    if is_english():
        return f"{_short_rank(rank)} contract"
    return "1er contrat" if rank == 1 else f"{rank}e contrat"


def relation(predicate: str, *, reverse: bool = False) -> str:
    """Return the word for a SKOS mapping property, read from its target when `reverse`."""
    name = predicate.rpartition("#")[2]
    return _(RELATIONS.get(_REVERSED.get(name, name) if reverse else name, name))


def figure(count: int) -> str:
    """Return `count` in figures, thousands apart from ten thousand on, where years cannot be."""
    if count < _LARGE:
        return str(count)
    return f"{count:,}" if is_english() else f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def decimal(value: str) -> str:
    """Return a decimal with a comma, which English keeps as a point."""
    return value if is_english() else value.replace(".", ",")


def duration(seconds: float) -> str:
    """Return "1,5 ms" or "2,3 s"."""
    return decimal(f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.1f} s")


def _english_rank(rank: int) -> str:
    return _ENGLISH_RANKS[rank] if 0 < rank < len(_ENGLISH_RANKS) else _short_rank(rank)


def _short_rank(rank: int) -> str:
    """Return "1st", "2nd", "11th"."""
    teens = rank % 100 in {11, 12, 13}
    return f"{rank}{'th' if teens else _ENDINGS.get(rank % 10, 'th')}"
