"""Which contracts an address asks to compare: a few by name, or all that facets let through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from contrats.comparison.questions import FEW
from contrats.vocabulary import BASE
from contrats.web.compare_kept import all_acts
from contrats.web.refusal import RefusalError
from contrats.web.selection import chosen_contracts, chosen_of, read_selection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contrats.facets import Chosen

_CONTRACT: Final = f"{BASE}id/contract/"
ALL: Final = "all"
"""The field that asks for every contract."""
_VIEW: Final = "vue"
_GAPS: Final = "ecarts"


class ChoiceError(RefusalError):
    """A choice that cannot be compared; `names` are what was chosen, to be mended in the form."""

    def __init__(self, names: Sequence[str], fr: str, en: str) -> None:
        """Keep what was chosen."""
        super().__init__(400, fr, en)
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class Choice:
    """The contracts of an address; `named` ones were chosen one by one, others by facets.

    `facets` are the values that chose; None of them and not `named` means every contract.
    """

    contracts: tuple[str, ...]
    named: bool
    facets: Chosen
    fields: tuple[tuple[str, str], ...]
    """The fields of an address of the same choice."""
    gaps: bool
    """Whether only differences are to be shown."""

    @property
    def few(self) -> bool:
        """Tell whether they stand side by side; more are counted."""
        return 1 < len(self.contracts) <= FEW

    def query(self, *, gaps: bool | None = None) -> str:
        """Return the query string of the same choice, with another view when `gaps` says so."""
        shown = self.gaps if gaps is None else gaps
        return urlencode([*self.fields, *([(_VIEW, _GAPS)] if shown else [])])


def read_choice(fields: Mapping[str, Sequence[str]]) -> Choice | None:
    """Return what `fields` choose, None when they choose nothing; raise `ChoiceError`."""
    names = [each.strip() for each in fields.get("c", ()) if each.strip()]
    gaps = _GAPS in fields.get(_VIEW, ())
    if names:
        _check(names)
        iris = tuple(f"{_CONTRACT}{name}" for name in names)
        return Choice(iris, True, {}, tuple(("c", name) for name in names), gaps)  # noqa: FBT003
    others = fields.keys() - {"c", ALL, _VIEW}
    if not others and ALL in fields:
        every = tuple(act.iri for act in all_acts())
        return Choice(every, False, {}, ((ALL, ""),), gaps)  # noqa: FBT003
    given = read_selection(fields).fields if others else ()
    if not given and ALL not in fields:
        return None
    written = tuple(given) or ((ALL, ""),)
    return Choice(chosen_contracts(fields), False, chosen_of(fields), written, gaps)  # noqa: FBT003


def known_contracts() -> frozenset[str]:
    """Return the short names of all contracts and preparatory acts."""
    return frozenset(act.name for act in all_acts())


def _check(names: Sequence[str]) -> None:
    """Raise when one of `names` is unknown or stands twice, or there are too many."""
    known = known_contracts()
    for name in names:
        if name not in known:
            raise ChoiceError(
                [each for each in names if each in known],
                f"Aucun contrat « {name[:60]} » ici. Choisissez-le dans la liste, par territoire.",
                f'No contract "{name[:60]}" here. Choose it from the list, by territory.',
            )
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ChoiceError(
            list(dict.fromkeys(names)),
            f"Le contrat « {twice} » est choisi deux fois. Gardez-le une fois, ou prenez-en un "
            "autre.",
            f'The contract "{twice}" is chosen twice. Keep it once, or take another one.',
        )
    if len(names) > FEW:
        raise ChoiceError(
            names[:FEW],
            f"{len(names)} contrats choisis : on en compare {FEW} au plus côte à côte. Ôtez-en, ou "
            "comparez un ensemble choisi par filtres (une région, un thème).",
            f"{len(names)} contracts chosen: at most {FEW} can stand side by side. Take some out, "
            "or compare a set chosen by filters (a region, a theme).",
        )
