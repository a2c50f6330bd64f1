"""The four rooms are found where they are, and missed by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contrats.errors import RoomMissingError
from contrats.rooms import find_rooms

if TYPE_CHECKING:
    from pathlib import Path


def test_the_rooms_of_a_named_folder_are_found(small: Path) -> None:
    rooms = find_rooms(small)

    assert (rooms.ontology, rooms.queries) == (small / "ontology", small / "queries")


def test_the_rooms_of_the_project_are_found_without_a_name() -> None:
    rooms = find_rooms()

    assert (rooms.data / "dataset.ttl").is_file()


def test_a_missing_room_is_named_in_both_languages(small: Path) -> None:
    (small / "shapes").rename(small / "elsewhere")

    with pytest.raises(RoomMissingError) as caught:
        find_rooms(small)

    assert "il manque shapes/" in caught.value.fr
    assert "shapes/ missing" in caught.value.en


def test_a_folder_that_does_not_exist_lacks_all_four(tmp_path: Path) -> None:
    with pytest.raises(RoomMissingError, match="ontology/, data/, shapes/, queries/"):
        find_rooms(tmp_path / "nowhere")
