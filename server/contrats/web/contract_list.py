"""The list of contracts: signed ones and preparatory acts, by region, what is known of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from contrats.search import stem
from contrats.web import address
from contrats.web.contract_row import ContractRow, contract_rows
from contrats.web.parts import Link
from contrats.web.refusal import RefusalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SIGNED: Final = "signed"
PREPARATORY: Final = "preparatory"
STAGES: Final = {SIGNED: "Contrats signés", PREPARATORY: "Actes préparatoires"}
_NOWHERE: Final = ("", "Région non précisée")


@dataclass(frozen=True, slots=True)
class Group:
    """The contracts of one region that pass the filters."""

    name: str
    rows: tuple[ContractRow, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One box of a filter: how many contracts of the whole list it holds, and whether it is on."""

    value: str
    name: str
    count: int
    on: bool
    without: str
    """The address of the same list without this filter."""


@dataclass(frozen=True, slots=True)
class ContractList:
    """What the template shows."""

    groups: tuple[Group, ...]
    count: int
    total: int
    stages: tuple[Option, ...]
    regions: tuple[Option, ...]

    @property
    def active(self) -> tuple[Option, ...]:
        """Return the filters that are on."""
        return tuple(each for each in (*self.stages, *self.regions) if each.on)


def contract_list(asked: Mapping[str, Sequence[str]]) -> ContractList:
    """Return the contracts that pass the filters `region` and `stage`, in the groups of regions.

    Several values of one filter widen it. A value that no contract has is a `RefusalError`.
    """
    rows = contract_rows()
    regions = dict(place for row in rows for place in row.regions)
    chosen = {name: [v for v in asked.get(name, ()) if v] for name in ("stage", "region")}
    _refuse_unknown("stage", chosen["stage"], STAGES)
    _refuse_unknown("region", chosen["region"], regions)
    shown = [row for row in rows if _passes(row, chosen)]
    by_stage = Counter(_kind(row) for row in rows)
    by_region = Counter(code for row in rows for code, _ in row.regions)
    return ContractList(
        tuple(_groups(shown, chosen["region"])),
        len(shown),
        len(rows),
        _options("stage", STAGES, by_stage, chosen),
        _options("region", _by_name(regions), by_region, chosen),
    )


def region_counts(rows: Iterable[ContractRow]) -> list[tuple[Link, int, int]]:
    """Return each region with a link to its contracts, how many are signed, and how many not."""
    counts = Counter((place, _kind(row)) for row in rows for place in row.regions)
    places = _by_name(dict(place for place, _ in counts))
    return [
        (
            Link(name, f"{address.local('/contracts')}?{urlencode({'region': code})}"),
            counts[(code, name), SIGNED],
            counts[(code, name), PREPARATORY],
        )
        for code, name in places.items()
    ]


def _kind(row: ContractRow) -> str:
    """Return whether a row is a signed contract or a preparatory act."""
    return SIGNED if row.stage == SIGNED else PREPARATORY


def _passes(row: ContractRow, chosen: Mapping[str, Sequence[str]]) -> bool:
    stages, regions = chosen["stage"], chosen["region"]
    lies_in = any(code in regions for code, _ in row.regions)
    return (not stages or _kind(row) in stages) and (not regions or lies_in)


def _groups(rows: Iterable[ContractRow], regions: Sequence[str]) -> Iterable[Group]:
    """Yield `rows` by region; one of two regions stands once, under the first that was asked."""
    found: dict[str, list[ContractRow]] = {}
    for row in rows:
        places = [p for p in row.regions if not regions or p[0] in regions] or [_NOWHERE]
        found.setdefault(places[0][1], []).append(row)
    for name in sorted(found, key=stem):
        yield Group(name, tuple(found[name]))


def _options(
    field: str,
    names: Mapping[str, str],
    counts: Mapping[str, int],
    chosen: Mapping[str, Sequence[str]],
) -> tuple[Option, ...]:
    """Return the boxes of the filter `field`."""
    return tuple(
        Option(value, name, counts.get(value, 0), value in chosen[field], _without(chosen, value))
        for value, name in names.items()
    )


def _without(chosen: Mapping[str, Sequence[str]], value: str) -> str:
    kept = [(name, each) for name, values in chosen.items() for each in values if each != value]
    return f"{address.local('/contracts')}{'?' if kept else ''}{urlencode(kept)}"


def _by_name(regions: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(regions.items(), key=lambda pair: stem(pair[1])))


def _refuse_unknown(field: str, values: Sequence[str], known: Iterable[str]) -> None:
    """Raise when a value of a filter is none that the list has."""
    for value in values:
        if value not in known:
            listed = ", ".join(known)
            raise RefusalError(
                400,
                f"Filtre « {field}={value[:40]} » inconnu. Valeurs possibles : {listed}.",
                f'Unknown filter "{field}={value[:40]}". Possible values: {listed}.',
            )
