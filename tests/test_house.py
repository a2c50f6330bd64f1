"""The house keeps its own rules: what is written twice agrees, what exists is described."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from contrats.cli import main
from contrats.vocabulary import PREFIXES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "server" / "contrats"
MODULES = sorted(
    path.relative_to(PACKAGE).as_posix()
    for path in PACKAGE.rglob("*.py")
    if path.read_text(encoding="utf-8").strip()
)
PREFIXED = sorted([*(ROOT / "shapes").glob("*.ttl"), *(ROOT / "queries").rglob("*.rq")])
MAP = "docs/house.md"
NAMES = main.list_commands(click.Context(main))
INTERNAL = {"col"}
"""Prefixes that only a mapping of tables uses, and that are never published."""

pytestmark = pytest.mark.skipif(not PACKAGE.is_dir(), reason="there is no checkout to look at")


def caption_of(module: str) -> str:
    """Return the first line of a module's docstring."""
    docstring = ast.get_docstring(ast.parse((PACKAGE / module).read_text(encoding="utf-8")))
    assert docstring, module
    return docstring.splitlines()[0]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_map_names_each_module_in_the_words_of_the_module(
    request: pytest.FixtureRequest,
) -> None:
    rows = [f"| `{name}` | {caption_of(name)} |" for name in MODULES]
    intro, rule, _ = text_of(MAP).partition("|---|---|\n")
    drawn = intro + rule + "\n".join(rows) + "\n"

    if request.config.getoption("--approve"):
        (ROOT / MAP).write_text(drawn, encoding="utf-8")

    assert text_of(MAP) == drawn, "make approve draws it anew"


@pytest.mark.parametrize("path", PREFIXED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_prefix_has_one_meaning_everywhere(path: Path) -> None:
    declared = re.findall(
        r"^@?prefix\s+([\w-]+):\s*<([^>]*)>", path.read_text("utf-8"), re.MULTILINE | re.IGNORECASE
    )

    assert {p: iri for p, iri in declared if p not in INTERNAL and PREFIXES.get(p) != iri} == {}


def test_every_saved_query_has_an_approved_answer_and_every_answer_its_query() -> None:
    questions = {path.stem for path in (ROOT / "queries").glob("*.rq")}
    answers = {path.stem for path in (ROOT / "tests" / "queries" / "approved").glob("*.tsv")}

    assert questions == answers


def test_every_dependency_has_its_reason_in_a_decision() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[<>=~]", each)[0] for each in wanted}
    decisions = "".join(
        path.read_text(encoding="utf-8").lower() for path in (ROOT / "docs/decisions").glob("*.md")
    )

    assert {name for name in names if name not in decisions} == set()


def test_the_readme_presents_each_command_and_no_other() -> None:
    presented = set(re.findall(r"^\| `contrats ([a-z-]+)` \|", text_of("README.md"), re.MULTILINE))

    assert presented == set(NAMES)


@pytest.mark.parametrize("command", NAMES)
def test_a_command_explains_itself(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])

    listed = CliRunner().invoke(main, ["--help"]).output
    assert result.exit_code == 0
    begins = " ".join(result.output.partition("\n\n")[2].partition("\n\n")[0].split())
    assert f"{command} {begins}" in " ".join(listed.split())


def test_the_journal_begins_with_the_version_of_the_data() -> None:
    version = re.search(r'dcat:version "([^"]+)"', text_of("data/dataset.ttl"))
    newest = re.search(r"^## (\S+)", text_of("CHANGELOG.md"), re.MULTILINE)

    assert version
    assert newest
    assert version[1] == newest[1]


def test_a_link_to_a_specification_is_https() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))

    links = re.findall(r"\bhttps?://(?:www\.w3\.org/TR|www\.rfc-editor\.org)/\S+", code)

    assert links
    assert [link for link in links if not link.startswith("https:")] == []
