"""The notebook of the help, executed: what its page shows is what a real server gives today."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbclient import NotebookClient

from contrats.rooms import find_rooms
from contrats.web.notebook import FILE, TABLE, read_notebook

if TYPE_CHECKING:
    from flask.testing import FlaskClient

SECONDS = 60
"""How long one cell may take."""


def read() -> nbformat.NotebookNode:
    """Return the notebook as it is kept."""
    notebook: nbformat.NotebookNode = nbformat.read(FILE, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def outputs(notebook: nbformat.NotebookNode) -> list[Any]:
    """Return what the cells of code gave, in their order."""
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def kept() -> nbformat.NotebookNode:
    return read()


@pytest.fixture(scope="module")
def executed(address: str, tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    """Return the notebook with what it gives today."""
    notebook = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTRATS_SITE", address)
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        NotebookClient(notebook, timeout=SECONDS, record_timing=False).execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                output.execution_count = None
    return notebook


def test_the_outputs_that_are_kept_are_those_of_today(
    request: pytest.FixtureRequest, kept: nbformat.NotebookNode, executed: nbformat.NotebookNode
) -> None:
    if request.config.getoption("--approve"):
        nbformat.write(executed, FILE)  # type: ignore[no-untyped-call]
        return

    assert outputs(kept) == outputs(executed), "make approve writes them anew"


def test_the_notebook_says_nothing_of_the_machine_that_executed_it(
    kept: nbformat.NotebookNode, address: str
) -> None:
    said = json.dumps(kept, ensure_ascii=False)

    assert not re.search(r"127\.0\.0\.1|localhost|/(?:home|root|tmp|work|usr)/|0x[0-9a-f]{6}", said)
    assert address not in said


def test_each_question_gives_a_table_and_says_what_it_does_not_say(
    kept: nbformat.NotebookNode,
) -> None:
    for language, limit in (("fr", "Ce que cela ne dit pas."), ("en", "What this does not say.")):
        asking = [section for section in read_notebook(language) if section.questions]

        assert len(asking) == 3
        assert all(any(cell.tables for cell in section.cells) for section in asking)
        assert all(limit in section.cells[-1].html for section in asking)
    assert sum(TABLE in o.get("data", {}) for given in outputs(kept) for o in given) == 4


def test_the_questions_that_it_asks_exist() -> None:
    library = {path.stem for path in find_rooms().queries.glob("*.rq")}

    assert {name for section in read_notebook("fr") for name in section.questions} <= library


@pytest.mark.parametrize("path", ["/help/notebook", "/en/help/notebook"])
def test_the_page_shows_the_rows_that_the_notebook_gave(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    rows = [row for s in read_notebook("fr") for c in s.cells for t in c.tables for row in t.rows]

    assert page.count("<tbody") == 4
    assert page.count('<th role="rowheader"') == len(rows)
    assert "style=" not in page
    assert "<script" not in page.replace('<script type="application/ld+json"', "")


def test_the_notebook_can_be_taken(client: FlaskClient) -> None:
    answer = client.get("/help/notebook.ipynb")

    assert answer.data == FILE.read_bytes()
    assert answer.content_type == "application/x-ipynb+json"
