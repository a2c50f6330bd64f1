"""The history beside the releases: what was published, in order, and what each time changed."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest
from tests.server.changing import remove_first, rename, say_why

from contrats.canonical import canonical_lines
from contrats.entry import ENTRY, FOLDER, read_entries
from contrats.errors import ReleaseError
from contrats.history import open_history
from contrats.patch import write_update
from contrats.release import build
from contrats.rooms import find_rooms
from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contrats.entry import Entry
    from contrats.history import History

NOON: Final = datetime(2026, 12, 1, 12, tzinfo=UTC)
LATER: Final = f"{BASE}id/contract/here-2019"
FIRST: Final = f"{BASE}id/contract/here-2012"
THEME: Final = f"{BASE}id/theme/vaccination"


def at(hours: int) -> Callable[[], datetime]:
    return lambda: NOON + timedelta(hours=hours)


def publish(small: Path, releases: Path, hours: int) -> str:
    return build(find_rooms(small), releases, clock=at(hours)).name


def history_of(releases: Path, identifier: str) -> History:
    return open_history(releases, identifier, "", "2026-01-02")


def files_in(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


def test_each_publication_is_an_entry_with_its_manifest_and_its_moment(
    small: Path, releases: Path
) -> None:
    first = publish(small, releases, 0)
    rename(small)
    second = publish(small, releases, 5)

    found = read_entries(releases)

    assert [(e.number, e.identifier) for e in found] == [(1, first), (2, second)]
    assert [e.since for e in found] == ["2026-12-01T12:00:00Z", "2026-12-01T17:00:00Z"]
    for entry in found:
        manifest = (releases / entry.identifier / "manifest.json").read_bytes()
        assert entry.manifest() == manifest
    assert (found[0].differs, found[1].differs) == (False, True)
    assert found[1].kinds == {"contract": (0, 1, 0)}


def test_a_release_is_the_same_whatever_the_clock_and_the_release_before(
    small: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(small, tmp_path / "other")
    rename(other)
    publish(other, tmp_path / "two", 9)

    one = build(find_rooms(small), tmp_path / "one", clock=at(0))
    two = build(find_rooms(small), tmp_path / "two", clock=at(10))

    assert one.name == two.name
    same = [files_in(folder) for folder in (one, two)]
    names = [name for name in same[0] if not name.startswith("store/")]
    assert [same[0][name] for name in names] == [same[1][name] for name in names]


def test_a_build_of_nothing_new_adds_nothing(small: Path, releases: Path) -> None:
    publish(small, releases, 0)
    before = files_in(releases / FOLDER)

    publish(small, releases, 1)

    assert files_in(releases / FOLDER) == before


def test_going_back_to_an_earlier_release_is_another_publication(
    small: Path, tmp_path: Path, releases: Path
) -> None:
    original = shutil.copytree(small, tmp_path / "original")
    first = publish(small, releases, 0)
    rename(small)
    second = publish(small, releases, 1)

    publish(original, releases, 2)

    found = read_entries(releases)
    assert [entry.identifier for entry in found] == [first, second, first]
    assert [(e.added, e.removed) for e in found[1:]] == [(1, 1), (1, 1)]
    assert history_of(releases, first).current.number == 3


def test_no_moment_comes_before_the_one_before(small: Path, releases: Path) -> None:
    publish(small, releases, 5)
    rename(small)
    publish(small, releases, 0)  # a clock that was set back

    moments = [entry.since for entry in read_entries(releases)]

    assert moments == ["2026-12-01T17:00:00Z", "2026-12-01T17:00:01Z"]


def test_without_a_clock_a_publication_is_of_the_day_of_its_data(
    small: Path, releases: Path
) -> None:
    build(find_rooms(small), releases)

    assert [entry.since for entry in read_entries(releases)] == ["2026-01-02T00:00:00Z"]


def test_a_difference_turns_the_release_before_into_this_one(small: Path, releases: Path) -> None:
    first = publish(small, releases, 0)
    rename(small)
    remove_first(small)
    second = publish(small, releases, 1)
    entry = read_entries(releases)[1]

    store = ox.Store()
    store.bulk_load(path=str(releases / first / "contrats.nq"), format=ox.RdfFormat.N_QUADS)
    store.update(b"".join(write_update(list(entry.changes()))).decode())

    said = "".join(canonical_lines(list(store))).encode()
    assert said == (releases / second / "contrats.nq").read_bytes()
    assert entry.removed > entry.added > 0


def test_a_folder_from_before_there_was_a_history_starts_one_with_what_is_there(
    small: Path, releases: Path
) -> None:
    first = publish(small, releases, 0)
    rename(small)
    second = publish(small, releases, 1)
    shutil.rmtree(releases / FOLDER)

    publish(small, releases, 2)  # which builds nothing

    found = read_entries(releases)
    assert [entry.identifier for entry in found] == [first, second]
    assert found[1].differs


@pytest.mark.parametrize("left", [0, 1])
def test_a_build_that_was_killed_leaves_no_half_entry_and_the_next_catches_up(
    small: Path, releases: Path, left: int
) -> None:
    publish(small, releases, 0)
    rename(small)
    second = publish(small, releases, 1)
    whole = files_in(releases / FOLDER / "00002")
    (releases / FOLDER / "00002").rename(releases / FOLDER / ".next")  # as it stood before its name
    if not left:
        (releases / FOLDER / ".next" / ENTRY).unlink()
    assert [entry.number for entry in read_entries(releases)] == [1]

    publish(small, releases, 9)

    entry = read_entries(releases)[1]
    assert entry.identifier == second
    again = files_in(releases / FOLDER / "00002")
    assert again["changes.nq.gz"] == whole["changes.nq.gz"]
    assert sorted(again) == sorted(whole)
    assert not (releases / FOLDER / ".next").exists()


def test_a_release_that_was_recorded_and_not_switched_to_is_recorded_once(
    small: Path, releases: Path
) -> None:
    first = publish(small, releases, 0)
    rename(small)
    second = publish(small, releases, 1)
    (releases / "current").unlink()
    (releases / "current").symlink_to(first)  # killed after the entry, before the switch
    (releases / ".inputs").unlink()

    publish(small, releases, 2)

    assert [entry.identifier for entry in read_entries(releases)] == [first, second]
    assert (releases / "current").resolve().name == second


def test_a_release_that_was_removed_keeps_its_manifest(small: Path, releases: Path) -> None:
    first = publish(small, releases, 0)
    manifest = (releases / first / "manifest.json").read_bytes()
    rename(small)
    second = publish(small, releases, 1)
    shutil.rmtree(releases / first)

    history = history_of(releases, second)
    entry = history.find(first)

    assert entry is not None
    assert entry.manifest() == manifest
    assert not history.is_there(entry)


def test_when_the_release_before_was_removed_no_difference_is_made_up(
    small: Path, releases: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = publish(small, releases, 0)
    shutil.rmtree(releases / first)
    rename(small)
    publish(small, releases, 1)

    assert [entry.differs for entry in read_entries(releases)] == [False, False]
    assert f"{first}/contrats.nq is no longer there" in caplog.text


def test_what_vanishes_without_a_reason_is_told(
    small: Path, releases: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish(small, releases, 0)
    remove_first(small)
    second = publish(small, releases, 1)

    assert "disparu, sans raison dans data/withdrawn.ttl : 1 (contract/here-2012)" in caplog.text
    assert "vanished, with no reason in data/withdrawn.ttl: 1 (contract/here-2012)" in caplog.text
    left = history_of(releases, second).departure(FIRST)
    assert left is not None
    assert left.number == 2


def test_what_vanishes_with_a_reason_is_not(
    small: Path, releases: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish(small, releases, 0)
    remove_first(small)
    say_why(small)
    second = publish(small, releases, 1)

    assert "vanished" not in caplog.text
    left = history_of(releases, second).departure(FIRST)
    assert left is not None
    assert history_of(releases, second).moved(left).vanished == {
        FIRST: "Contrat local de santé d’ici 2012-2017"
    }


def test_a_thing_is_held_from_when_it_appears_until_it_vanishes(
    small: Path, tmp_path: Path, releases: Path
) -> None:
    original = shutil.copytree(small, tmp_path / "original")
    publish(small, releases, 0)
    remove_first(small)
    publish(small, releases, 1)
    last = publish(original, releases, 2)
    history = history_of(releases, last)

    def numbers(iri: str) -> list[int]:
        return [entry.number for entry in history.holding(iri)]

    assert numbers(FIRST) == [1, 3]
    assert numbers(LATER) == [1, 2, 3]
    assert numbers(f"{BASE}id/contract/nowhere") == []
    assert history.departure(FIRST) is None
    assert history.departure(LATER) is None


def test_the_last_change_of_a_thing_is_that_of_what_is_said_of_it(
    small: Path, releases: Path
) -> None:
    publish(small, releases, 0)
    rename(small)
    second = publish(small, releases, 1)
    remove_first(small)
    third = publish(small, releases, 2)

    before, after = (history_of(releases, each).last_changed() for each in (second, third))

    assert before[LATER] == "2026-12-01T13:00:00Z"
    assert before[FIRST] == before[THEME] == "2026-12-01T12:00:00Z"
    assert FIRST not in after
    assert after[LATER] == "2026-12-01T14:00:00Z"


def test_the_history_ends_with_the_release_that_is_served(small: Path, releases: Path) -> None:
    first = publish(small, releases, 0)
    rename(small)
    publish(small, releases, 1)

    assert [e.identifier for e in history_of(releases, first).entries] == [first]


def test_a_release_without_a_history_is_there_all_the_same(small: Path, releases: Path) -> None:
    first = publish(small, releases, 0)
    shutil.rmtree(releases / FOLDER)

    history = history_of(releases, first)

    assert history.current.manifest() == (releases / first / "manifest.json").read_bytes()
    assert history.recorded == ()
    assert history.last_changed() == {}


def test_a_damaged_history_is_told(small: Path, releases: Path) -> None:
    publish(small, releases, 0)
    (releases / FOLDER / "00001" / ENTRY).write_text(json.dumps({"number": 1}))

    with pytest.raises(ReleaseError, match="historique est abîmé"):
        read_entries(releases)


def members(entry: Entry) -> dict[str, str]:
    """Return the event that each member of an entry tells, by the name of the thing."""
    found = {}
    for number in range(1, len(entry.pages) + 1):
        quads = list(ox.parse(entry.page(number), format=ox.RdfFormat.N_QUADS))
        own = [quad for quad in quads if quad.graph_name == ox.DefaultGraph()]
        things = {q.subject: q.object for q in own if q.predicate.value.endswith("isVersionOf")}
        assert len(things) == entry.pages[number - 1]
        for quad in own:
            if quad.predicate.value.endswith("#type"):
                name = things[quad.subject].value.removeprefix(f"{BASE}id/")
                found[name] = quad.object.value.rpartition("#")[2]
    return found


def test_the_stream_tells_what_appeared_changed_and_vanished(small: Path, releases: Path) -> None:
    publish(small, releases, 0)
    remove_first(small)
    publish(small, releases, 1)
    first, second = read_entries(releases)

    assert set(members(first).values()) == {"Create"}
    assert {"contract/here-2012", "theme/vaccination", "agent/small"} < set(members(first))
    assert members(second) == {"contract/here-2012": "Delete", "contract/here-2019": "Update"}
