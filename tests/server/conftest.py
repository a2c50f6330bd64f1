"""A small world of four rooms that each test may break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SMALL = Path(__file__).parent / "small"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a copy of the small world: the folder that holds the four rooms."""
    return shutil.copytree(SMALL, tmp_path / "rooms")
