"""`contrats harvest-check`: the status says whether anything is skipped, the text says why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from contrats.release import build
from contrats.rooms import find_rooms

if TYPE_CHECKING:
    from pathlib import Path

    from tests.server.conftest import Contrats


def test_nothing_skipped_is_status_0(contrats: Contrats, elsewhere: str) -> None:
    done = contrats("harvest-check", f"{elsewhere}plain.ttl")

    assert done.returncode == 0
    assert done.stdout.splitlines()[-2:] == ["Rien n’est passé.", "Nothing is skipped."]


def test_something_skipped_is_status_1_and_says_why(contrats: Contrats, elsewhere: str) -> None:
    done = contrats("harvest-check", f"{elsewhere}no-identifier.ttl", "--json")

    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert told["harvests"][0]["items"][0]["remarks"][0]["code"] == "identifier-missing"


@pytest.mark.parametrize("url", ["catalog.ttl", "file:///etc/passwd"])
def test_what_is_no_address_is_status_2(contrats: Contrats, url: str) -> None:
    assert contrats("harvest-check", url).returncode == 2


def test_without_address_it_is_the_current_release(
    contrats: Contrats, small: Path, tmp_path: Path
) -> None:
    build(find_rooms(small), tmp_path / "releases", [])

    done = contrats("harvest-check", "--releases", tmp_path / "releases")

    assert done.returncode == 0, done.stderr
    assert "Petit monde" in done.stdout


def test_without_a_release_it_says_so(contrats: Contrats, tmp_path: Path) -> None:
    done = contrats("harvest-check", "--releases", tmp_path)

    assert done.returncode == 1
    assert "contrats build" in done.stderr


@pytest.mark.parametrize("contact", ["nobody", "a@b", "a b@exemple.test", "<a@exemple.test>"])
def test_a_contact_that_is_no_email_is_refused(contrats: Contrats, contact: str) -> None:
    done = contrats("serve", "--contact", contact)

    assert done.returncode == 2
    assert contact in done.stderr
