"""A publication written into the history: whole, or not at all."""

from __future__ import annotations

import gzip
import json
import logging
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from contrats import shelf
from contrats.contents import CANONICAL
from contrats.entry import CHANGES, ENTRY, FOLDER, THINGS, page_name, read_entries
from contrats.manifest import NAME, Manifest, read_manifest
from contrats.membership import (
    Surveyed,
    gather,
    paginate,
    survey,
    version_of,
    withdrawn_in,
    write_member,
)  # fmt: skip
from contrats.touched import Touched, compare, count_kinds, touch_all
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from contrats.entry import Entry

_NEXT: Final = ".next"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that is being written in `folder`: the release that becomes current, and when."""

    folder: Path
    number: int
    identifier: str
    since: str


def catch_up(releases: Path, identifier: str | None) -> None:
    """Write what the history lacks up to `identifier`, the release that is current, if any.

    A folder without a history has one of what is there, in the order in which it was made. One
    that ends with a release that was recorded, and never made current, lacks nothing.
    """
    entries = read_entries(releases)
    if identifier is None or identifier in {entry.identifier for entry in entries[-2:]}:
        return
    if not entries:
        manifests = [
            path for path in releases.glob(f"[!.]*/{NAME}") if not path.parent.is_symlink()
        ]
        folders = sorted((path.stat().st_mtime, path.parent.name) for path in manifests)
        for _, earlier in folders:
            if earlier != identifier and (releases / earlier / CANONICAL).is_file():
                record(releases, earlier, _made(releases / earlier))
    record(releases, identifier, _made(releases / identifier))


def record(releases: Path, identifier: str, now: datetime | None) -> None:
    """Write into the history that the release `identifier` becomes current `now`.

    Nothing is written when the history ends with that release. Without a clock the moment is the
    day that the data states; no moment comes before that of the entry before.
    """
    history = releases / FOLDER
    last = next(reversed(read_entries(releases)), None)
    if last is not None and last.identifier == identifier:
        return
    folder = history / _NEXT
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    content = (releases / identifier / NAME).read_bytes()
    (folder / NAME).write_bytes(content)
    manifest = read_manifest(content, identifier)
    number = last.number + 1 if last else 1
    draft = Draft(folder, number, identifier, _moment(manifest, last, now))
    counted = _write_difference(draft, releases, last)
    about = {"number": number, "identifier": identifier, "version": manifest.version}
    about |= {"issued": manifest.issued, "since": draft.since}
    text = json.dumps(about | counted, ensure_ascii=False, indent=2)
    (folder / ENTRY).write_text(f"{text}\n", "utf-8")
    shelf.settle(folder, history / f"{number:05}")


def _moment(manifest: Manifest, last: Entry | None, now: datetime | None) -> str:
    """Return when a release became current, to the second, as xsd:dateTime in UTC."""
    moment = now or datetime.fromisoformat(f"{manifest.issued}T00:00:00Z")
    moment = moment.astimezone(UTC).replace(microsecond=0)
    if last is not None:
        moment = max(moment, datetime.fromisoformat(last.since) + timedelta(seconds=1))
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _made(folder: Path) -> datetime:
    """Return when a release was made, as its folder tells."""
    return datetime.fromtimestamp(folder.stat().st_mtime, UTC)


def _write_difference(draft: Draft, releases: Path, last: Entry | None) -> dict[str, object]:
    """Write what changed since `last`; return what the entry says of it.

    Where the release before was removed, all is written anew, and no difference.
    """
    new = releases / draft.identifier / CANONICAL
    old = releases / last.identifier / CANONICAL if last else None
    before, after = survey(old), survey(new)
    if old is None or not old.is_file():
        if old is not None:
            _tell_gone(old)
        touched = touch_all(new, after)
    else:
        touched = compare(draft.folder / CHANGES, old, new, before, after)
    appeared, vanished = after.things - before.things, before.things - after.things
    kept = after.things & before.things
    stated = (touched.subjects | touched.owners) & kept
    changed = stated | (touched.derived & kept)
    names = {_iri(each): touched.names.get(each, "") for each in sorted(vanished)}
    within = ((each, before.contract_of.get(each, each)) for each in sorted(vanished))
    parts = {_iri(part): _iri(whole) for part, whole in within if part != whole}
    moved = {"appeared": _iris(appeared), "changed": _iris(changed), "vanished": names}
    moved["parts"] = parts
    _write_zipped(draft.folder / THINGS, json.dumps(moved, ensure_ascii=False).encode())
    pages = _write_pages(draft, gather(new, after, touched.owners), touched, before)
    _warn_of_vanished([each for each in names if parts.get(each) not in names], new)
    kinds = count_kinds(appeared, stated, vanished)
    return {"added": touched.added, "removed": touched.removed, "kinds": kinds, "pages": pages}


def _write_pages(
    draft: Draft, found: dict[bytes, list[bytes]], touched: Touched, before: Surveyed
) -> list[int]:
    """Write the versions of the things that changed; return how many each page holds."""
    members = []
    for owner in sorted(touched.owners):
        event = "Delete" if owner not in found else "Update" if owner in before.things else "Create"
        thing = _iri(owner)
        version = version_of(thing, draft.identifier, draft.number)
        members.append(write_member(thing, version, event, draft.since, found.get(owner, ())))
    counts = []
    for place, page in enumerate(paginate(members), 1):
        _write_zipped(draft.folder / page_name(place), b"".join(page))
        counts.append(len(page))
    return counts


def _warn_of_vanished(vanished: Collection[str], new: Path) -> None:
    """Say which things left the data without a reason in `data/withdrawn.ttl`.

    What left with its contract is told by that.
    """
    told = withdrawn_in(new) if vanished else frozenset()
    silent = [iri.removeprefix(f"{BASE}id/") for iri in vanished if iri not in told]
    if silent:
        shown = ", ".join(silent[:5]) + (", …" if silent[5:] else "")
        _log.warning(
            "disparu, sans raison dans data/withdrawn.ttl : %d (%s)\n"
            "vanished, with no reason in data/withdrawn.ttl: %d (%s)",
            len(silent), shown, len(silent), shown,
        )  # fmt: skip


def _tell_gone(old: Path) -> None:
    _log.warning(
        "historique : %s n’est plus là ; pas de différence avec cette publication\n"
        "history: %s is no longer there; no difference from that release",
        old, old,
    )  # fmt: skip


def _iris(terms: Collection[bytes]) -> list[str]:
    return sorted(map(_iri, terms))


def _iri(term: bytes) -> str:
    return term[1:-1].decode()


def _write_zipped(path: Path, content: bytes) -> None:
    path.write_bytes(gzip.compress(content, mtime=0))
