"""A rehearsal told: as lines for a terminal, as plain data for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from contrats.rehearsal.remarks import Harvest, Item, Rehearsal, Remark, Verdict, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VERDICTS: Final = {
    Verdict.TAKEN: ("pris", "taken"),
    Verdict.GUESSED: ("pris en partie", "taken in part"),
    Verdict.SKIPPED: ("passé", "skipped"),
}
WEIGHTS: Final = {
    Weight.STOP: ("arrêt", "stop"),
    Weight.SKIP: ("passé", "skipped"),
    Weight.LOSE: ("perdu", "lost"),
    Weight.GUESS: ("deviné", "guessed"),
    Weight.NOTE: ("note", "note"),
}


def tell(rehearsal: Rehearsal) -> str:
    """Return the rehearsal for a terminal, French then English, the verdict last."""
    lines: list[str] = []
    for harvest in rehearsal.harvests:
        lines += ["", *_tell_harvest(harvest)]
    lines += ["", f"{rehearsal.asked} adresses de fichiers / addresses of files"]
    lines += _tell_remarks(rehearsal.files, "  ")
    return "\n".join([*lines, "", *_tell_end(rehearsal)])


def _tell_harvest(harvest: Harvest) -> Iterator[str]:
    counts = ", ".join(
        f"{harvest.count(verdict)} {fr} / {en}" for verdict, (fr, en) in VERDICTS.items()
    )
    yield f"{harvest.harvester} : {len(harvest.pages)} page(s), {counts}"
    yield from _tell_remarks(harvest.remarks, "  ")
    for item in harvest.items:
        french, english = VERDICTS[item.verdict]
        yield f"  {french} / {english} : {item.title}"
        yield from _tell_remarks(item.remarks, "    ")


def _tell_remarks(remarks: Iterable[Remark], margin: str) -> Iterator[str]:
    for each in remarks:
        french, english = WEIGHTS[each.weight]
        yield f"{margin}{french} : {each.fr}"
        yield f"{margin}{english}: {each.en}"


def _tell_end(rehearsal: Rehearsal) -> tuple[str, str]:
    if rehearsal.whole:
        return "Rien n’est passé.", "Nothing is skipped."
    skipped = sum(each.count(Verdict.SKIPPED) for each in rehearsal.harvests)
    stopped = ", ".join(each.harvester for each in rehearsal.harvests if each.stopped) or "–"
    return (
        f"Passés : {skipped} ; moissons arrêtées : {stopped}.",
        f"Skipped: {skipped}; harvests that stop: {stopped}.",
    )


def as_data(rehearsal: Rehearsal) -> dict[str, Any]:
    """Return the rehearsal as what JSON can hold."""
    return {
        "url": rehearsal.url,
        "nothingSkipped": rehearsal.whole,
        "harvests": [_harvest_data(each) for each in rehearsal.harvests],
        "files": {"asked": rehearsal.asked, "remarks": _remark_data(rehearsal.files)},
    }


def _harvest_data(harvest: Harvest) -> dict[str, Any]:
    counts = {verdict.value: harvest.count(verdict) for verdict in Verdict}
    return {
        "harvester": harvest.harvester,
        "stopped": harvest.stopped,
        "pages": harvest.pages,
        "counts": counts,
        "remarks": _remark_data(harvest.remarks),
        "items": [_item_data(each) for each in harvest.items],
    }


def _item_data(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "iri": item.iri,
        "title": item.title,
        "verdict": item.verdict.value,
        "remarks": _remark_data(item.remarks),
    }


def _remark_data(remarks: Iterable[Remark]) -> list[dict[str, str]]:
    return [
        {"weight": each.weight.value, "code": each.code, "fr": each.fr, "en": each.en}
        for each in remarks
    ]
