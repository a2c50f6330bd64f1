"""At what stage an act stands: a signed contract, or an act that prepares one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from contrats.web.description import Description

_SIGNED: Final = "signed"
_BEARING: Final = frozenset({_SIGNED, "charter", "engagement", "prefiguration"})
"""Stages whose act bears signatures: a charter is signed, and is no contract yet."""


def is_contract(d: Description, act: str) -> bool:
    """Tell whether `act` is a signed contract; any other stage is preparatory or in doubt."""
    return _stage(d, act) == _SIGNED


def is_signed(d: Description, act: str) -> bool:
    """Tell whether `act` bears signatures; elsewhere they are only expected."""
    return _stage(d, act) in _BEARING


def stage_name(d: Description, act: str) -> str | None:
    """Return the name of the stage of `act`, None when it is a signed contract."""
    stage = d.iri_of(act, "cls:stage")
    return d.label(stage) if stage and not is_contract(d, act) else None


def _stage(d: Description, act: str) -> str:
    """Return the name of the stage; an act of which none is stated, an evaluation, needs none."""
    return (d.iri_of(act, "cls:stage") or _SIGNED).rpartition("/")[2]
