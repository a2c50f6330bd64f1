"""The two pictures of the README, taken anew: `make pictures`, after `contrats build`."""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from tests.server.conftest import serving
from tests.server.web.browser.driving import Window, driven, show

from contrats.limits import Limits

if TYPE_CHECKING:
    from selenium import webdriver

IMAGES: Final = Path(__file__).parents[4] / "docs" / "images"
PAGES: Final = {
    "contract.png": "doc/contract/valence-2019.html",
    "compare.png": "compare?c=valence-2012&c=valence-2019",
}
WIDTH: Final = 1280
HEIGHT: Final = 1400


def take(browser: webdriver.Chrome, url: str) -> bytes:
    """Return the top of the page at `url` as a PNG, on a desk and in light."""
    show(browser, url, Window(WIDTH))
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "scale": 1}
    asked = {"captureBeyondViewport": True, "clip": clip}
    return base64.b64decode(browser.execute_cdp_cmd("Page.captureScreenshot", asked)["data"])


def main(releases: Path) -> None:
    """Take both from a server over `releases`."""
    with (
        TemporaryDirectory() as folder,
        serving(releases, Limits(pages_ahead=1), Path(folder)) as listener,
        driven(Path(folder) / "profile") as browser,
    ):
        for name, path in PAGES.items():
            (IMAGES / name).write_bytes(take(browser, f"{listener.address}{path}"))


if __name__ == "__main__":
    main(Path(sys.argv[1] if sys.argv[1:] else "releases"))
